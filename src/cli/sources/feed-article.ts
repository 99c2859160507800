import type { Attachment, Image } from '../../domain/article.ts'
import { shortened } from '../../domain/text.ts'
import type { Warned } from '../../ingest/warned.ts'
import { datesOf } from './dates.ts'
import { compact, textMissing, titleGuessed } from './entries.ts'
import {
  authorsOf,
  isMediaType,
  languageTagOf,
  type Person,
  permanentId,
  plainOf,
  summaryOf,
  tagsOf,
  titleFrom,
  titleOf,
  warningsAboutNames,
  warningsAboutPeople,
  webAddress,
  wholeOf,
} from './values.ts'

const maxAttachments = 50

/** A file that a feed attaches to an article. */
interface File {
  url?: string | undefined
  type?: string | undefined
  bytes?: number | undefined
  seconds?: number | undefined
  title?: string | undefined
}

/**
 * The fields of one article as a feed of any format gives them. They have Kiosque's names, and their values are
 * not yet validated.
 */
export interface Told {
  id: string | undefined
  url: string | undefined
  /** The title as plain text. */
  title: string | undefined
  html?: string | undefined
  text?: string | undefined
  summary: string | undefined
  /** The publication date as the feed writes it. */
  published: string | undefined
  /** The date of the last change as the feed writes it. */
  updated: string | undefined
  language: string | undefined
  tags: readonly (string | undefined)[]
  authors: readonly Person[]
  /** The names of people who contributed, whom an article does not name. */
  contributors?: readonly (string | undefined)[] | undefined
  image: Image | undefined
  /** The addresses of further pictures, which an article has only if its body shows them. */
  pictures?: readonly string[]
  files: readonly File[]
  source?: { name: string | undefined; url: string | undefined } | undefined
}

/**
 * Makes the input for an article from a feed's fields. Invalid fields are left out if an article does not need
 * them. The warnings say what was guessed or assumed.
 */
export function articleIn(told: Told): Warned<Record<string, unknown>> {
  const files = told.files.filter(({ url }) => webAddress(url) !== undefined)
  const picture = told.image ?? imageAmong(files)
  const source = told.source?.name && {
    name: told.source.name,
    ...compact({ url: webAddress(told.source.url) }),
  }
  const dates = datesOf(told.published, told.updated)
  const language = languageTagOf(told.language)
  const value = compact({
    id: permanentId(told.id || told.url),
    url: webAddress(told.url),
    title: told.title || titleFrom(told.text ?? plainOf(told.html ?? told.summary ?? '')),
    ...bodyOf(told),
    language,
    ...dates.value,
    tags: tagsOf(told.tags),
    authors: authorsOf(told.authors),
    image: picture,
    attachments: attachmentsOf(files.filter(({ url }) => webAddress(url) !== picture?.url)),
    source: source || undefined,
  })
  const warnings = [
    ...(told.title ? [] : [titleGuessed]),
    ...([told.html, told.text, told.summary].some((text) => text?.trim()) ? [] : [textMissing]),
    ...(told.language && language === undefined ? [wrongLanguage(told.language)] : []),
    ...dates.warnings,
    ...warningsAboutNames('tags', told.tags),
    ...warningsAboutPeople(told.authors),
    ...warningsAboutContributors(told.contributors),
    ...warningsAboutFiles(told.files),
    ...warningsAboutPictures(told, picture),
  ]
  return { value, warnings }
}

/** Returns a warning that names the contributors, because an article has authors only. */
function warningsAboutContributors(contributors: Told['contributors'] = []): string[] {
  const names = contributors.map((name) => titleOf(name ?? '')).filter(Boolean)
  return names.length === 0
    ? []
    : [`authors: contributors are left out: ${shortened(names.join(', '), maxQuotedCharacters)}`]
}

const maxQuotedCharacters = 80

const wrongLanguage = (tag: string): string => `language: "${tag.slice(0, 40)}" is no language tag`

/** The body and summary of an article. If a feed gives only one text, that text is the body. */
function bodyOf({ html, text, summary }: Told) {
  if (html !== undefined) return { html, summary: summaryOf(summary) }
  if (text !== undefined) return { text, summary: summaryOf(summary) }
  return { html: summary }
}

/** Returns a warning about the files that cannot be attachments; `attachmentsOf` leaves them out. */
function warningsAboutFiles(files: readonly File[]): string[] {
  const wrong = files.filter(({ url, type }) => webAddress(url) === undefined || !isMediaType(type))
  const first = shortened(wrong[0]?.url ?? 'a file without an address', 80)
  const others = new Set(files.map(({ url }) => webAddress(url))).size - maxAttachments
  return [
    ...(wrong.length > 0
      ? [`attachments: ${wrong.length} without a web address or a media type left out, first "${first}"`]
      : []),
    ...(others > 0
      ? [`attachments: the first ${maxAttachments} are taken, and ${others} more left out`]
      : []),
  ]
}

/** Returns a warning about the pictures beside the body that neither the body shows nor are the lead picture. */
function warningsAboutPictures(
  { pictures = [], html = '', text = '', summary = '' }: Told,
  lead: Image | undefined,
): string[] {
  const body = `${html}${text}${summary}`.replaceAll('&amp;', '&')
  const lost = [...new Set(pictures)].filter((url) => url !== lead?.url && !body.includes(url))
  const [first] = lost
  if (first === undefined) return []
  return [
    `pictures: ${lost.length} beside the lead picture left out, with their captions, first ${shortened(first, 80)}`,
  ]
}

function imageAmong(files: readonly File[]): Image | undefined {
  const file = files.find(({ type }) => type?.startsWith('image/') && isMediaType(type))
  const url = webAddress(file?.url)
  return url === undefined
    ? undefined
    : { url, ...compact({ type: file?.type, bytes: wholeOf(file?.bytes) }) }
}

/** The attachments, each address once. A file without a media type is left out, because feeds require the type. */
function attachmentsOf(files: readonly File[]): Attachment[] | undefined {
  const attachments = new Map<string, Attachment>()
  for (const { url, type, bytes, seconds, title } of files) {
    const address = webAddress(url)
    if (address === undefined || !isMediaType(type) || attachments.has(address)) continue
    const more = compact({ bytes: wholeOf(bytes), seconds: wholeOf(Math.round(seconds ?? 0)), title })
    attachments.set(address, { url: address, type, ...more })
  }
  return attachments.size === 0 ? undefined : [...attachments.values()].slice(0, maxAttachments)
}

/** The lead picture; undefined if its address is invalid. */
export function imageAt(
  address: string | undefined,
  sizes: { width?: number | undefined; height?: number | undefined } = {},
): Image | undefined {
  const url = webAddress(address)
  if (url === undefined) return undefined
  return { url, ...compact({ width: wholeOf(sizes.width), height: wholeOf(sizes.height) }) }
}
