import type { Author } from '../../domain/article.ts'
import { uriOf } from '../../domain/id.ts'
import { canonicalTag } from '../../domain/language.ts'
import { foldName, isVisible } from '../../domain/name.ts'
import { lineOf, shortened } from '../../domain/text.ts'
import { cleanHtml } from '../../ingest/html.ts'
import { textOfHtml } from '../../ingest/text.ts'

const maxSummaryCharacters = 1000
const maxNames = 50
const maxNameCharacters = 200

/**
 * Returns the permanent id (a URI) for the id that an article has in its source. Kiosque's RSS feeds and JSON
 * Feeds contain the source's id instead (decision 007).
 */
export const permanentId = (id: string | undefined): string | undefined =>
  id === undefined || id === '' ? undefined : uriOf(id)

/** The text of HTML as people read it, on one line; empty if the HTML cannot be cleaned. */
export function plainOf(html: string): string {
  const clean = cleanHtml(html, 'https://host.invalid/')
  return clean.ok ? lineOf(textOfHtml(clean.value)) : ''
}

const looksLikeHtml =
  /&(?:#\d+|#x[\da-f]+|[a-z]\w*);|<\/?(?:a|abbr|b|br|cite|code|em|i|p|q|s|small|span|strong|sub|sup|u)(?:\s[^<>]*)?\/?>/i

/**
 * Returns a title or name whose format is unknown as plain text. The title or name is read as HTML if it
 * contains a character reference or a formatting tag.
 */
export const titleOf = (title: string): string => (looksLikeHtml.test(title) ? plainOf(title) : lineOf(title))

/** Makes a title from the first words of a text, for an article that has no title. */
export const titleFrom = (plain: string): string | undefined => shortened(plain, 80) || undefined

/** Makes a summary from text that may be HTML. A text as long as a whole body is shortened. */
export function summaryOf(text: string | undefined): string | undefined {
  if (text === undefined) return undefined
  return shortened(titleOf(text), maxSummaryCharacters) || undefined
}

/** The names that are valid as tags, each once. */
export function tagsOf(names: readonly (string | undefined)[]): string[] | undefined {
  const tags = new Map<string, string>()
  for (const name of names) {
    const tag = titleOf(name ?? '')
    if (!isVisible(tag) || tag.length > maxNameCharacters) continue
    const folded = foldName(tag)
    if (!tags.has(folded)) tags.set(folded, tag)
  }
  return tags.size === 0 ? undefined : [...tags.values()].slice(0, maxNames)
}

/** Returns warnings about the names that `tagsOf` or `authorsOf` leaves out, because they are too long or too many. */
export function warningsAboutNames(
  field: 'tags' | 'authors',
  names: readonly (string | undefined)[],
): string[] {
  const lines = names.map((name) => titleOf(name ?? '')).filter(isVisible)
  const visible = [...new Map(lines.map((name) => [foldName(name), name])).values()]
  const long = visible.filter(({ length }) => length > maxNameCharacters)
  const others = visible.length - long.length - maxNames
  const first = `"${shortened(long[0] ?? '', 40)}"`
  return [
    ...(long.length > 0
      ? [`${field}: ${long.length} of more than ${maxNameCharacters} characters left out, first ${first}`]
      : []),
    ...(others > 0 ? [`${field}: the first ${maxNames} are taken, and ${others} more left out`] : []),
  ]
}

/** Returns warnings about names that may be those of several authors, and about authors without a name. */
export function warningsAboutPeople(people: readonly Person[]): string[] {
  const names = people.map(({ name }) => titleOf(name ?? ''))
  const several = names.filter((name) => isVisible(name) && /[,;&|]|\s(?:and|et|und|y)\s/.test(name))
  const nameless = people.find(({ url, email }, at) => !isVisible(names[at] ?? '') && (email || url))
  return [
    ...several.map((name) => `authors: "${shortened(name, 80)}" is taken for one name, and may be several`),
    ...(nameless
      ? [`authors: "${shortened(nameless.email ?? nameless.url ?? '', 80)}" has no name, and is left out`]
      : []),
    ...warningsAboutNames('authors', names),
  ]
}

/** A person's name, address and e-mail as a source gives them. */
export interface Person {
  name?: string | undefined
  url?: string | undefined
  email?: string | undefined
}

/** The people who have a valid name; an invalid address or e-mail is left out. */
export function authorsOf(people: readonly Person[]): Author[] | undefined {
  const authors = people.flatMap(({ name, url, email }) => {
    const line = titleOf(name ?? '')
    if (!isVisible(line) || line.length > maxNameCharacters) return []
    const page = webAddress(url)
    return [{ name: line, ...(page && { url: page }), ...(isEmail(email) && { email }) }]
  })
  return authors.length === 0 ? undefined : authors.slice(0, maxNames)
}

const isEmail = (text: string | undefined): text is string =>
  text !== undefined && text.length <= 254 && /^[\w.+-]+@[a-z\d-]+(?:\.[a-z\d-]+)*\.[a-z]{2,}$/i.test(text)

/** The absolute http or https address; undefined if it is invalid. */
export function webAddress(address: string | undefined, base?: string): string | undefined {
  const trimmed = address?.trim() ?? ''
  if (trimmed === '' || !URL.canParse(trimmed, base)) return undefined
  const url = new URL(trimmed, base)
  const isWeb = /^https?:$/.test(url.protocol) && url.username === '' && url.password === ''
  return isWeb && url.href.length <= 2000 ? url.href : undefined
}

/** The language tag in canonical form; an underscore is read as a hyphen. Undefined if it is invalid. */
export const languageTagOf = (tag: string | undefined): string | undefined =>
  tag === undefined ? undefined : canonicalTag(tag.trim())

/** A whole number of at least 1, from text or a number; undefined otherwise. */
export function wholeOf(value: string | number | undefined): number | undefined {
  const number = Number(value)
  return Number.isSafeInteger(number) && number > 0 ? number : undefined
}

export const isMediaType = (type: string | undefined): type is string =>
  type !== undefined && type.length <= 255 && /^[\w.+-]+\/[\w.+-]+$/.test(type)
