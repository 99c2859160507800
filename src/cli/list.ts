import type { Article } from '../domain/article.ts'
import type { BadRow } from '../domain/backup.ts'
import { foldName } from '../domain/name.ts'
import { type KnownNames, keyOf, nearestName, readNames } from './known-names.ts'
import type { Options } from './options.ts'
import type { Filter, Target } from './target.ts'

/** The options that name a section, tag or author, and the folder of its selection. */
const facets = [
  ['section', 'sections'],
  ['tag', 'tags'],
  ['author', 'authors'],
] as const

/** What `list` writes: an article, or a line for people about the list. */
interface Listing {
  article: (article: Article) => void
  note: (line: string) => void
}

/**
 * Lists the articles that meet the options. A section, tag or author is given by its name or its key; one that only unpublished
 * articles have, by its name. A note says which articles have bad rows, and why a list is empty.
 */
export async function listArticles(
  target: Pick<Target, 'list' | 'paths'>,
  options: Pick<Options, 'status' | 'section' | 'tag' | 'author'>,
  { article, note }: Listing,
): Promise<void> {
  const { status, section } = options
  const given = { section, tag: onlyOf('tag', options), author: onlyOf('author', options) }
  const named = facets.filter(([facet]) => given[facet] !== undefined)
  const known: KnownNames = named.length > 0 ? await readNames(target) : new Map()
  const keys: Pick<Filter, (typeof facets)[number][0]> = {}
  // A name that only unpublished articles have has no key, so all articles are compared with it.
  const unknown: (typeof named)[number][] = []
  for (const one of named) {
    const [facet, folder] = one
    const name = given[facet] ?? ''
    const key = keyOf(name, folder, known)
    if (key === undefined) unknown.push(one)
    else keys[facet] = key
  }
  let count = 0
  const leftOut = ({ slug, field, reason }: BadRow) =>
    note(`left out article "${slug}", which is a bad row: ${field}: ${reason}`)
  for await (const one of target.list({ ...keys, ...(status !== undefined && { status }) }, leftOut)) {
    if (!unknown.every(([facet]) => namesIn(one, facet).includes(foldName(given[facet] ?? '')))) continue
    count += 1
    article(one)
  }
  if (count > 0) return
  const [first] = unknown
  if (first) {
    const [facet, folder] = first
    const name = given[facet] ?? ''
    const meant = nearestName(name, namesOf(known, folder))
    note(`no article: there is no ${facet} "${name}"${meant === undefined ? '' : `; did you mean ${meant}?`}`)
    return
  }
  const conditions = Object.entries({ ...given, status }).flatMap(([name, value]) =>
    value ? `${name} ${value}` : [],
  )
  note(conditions.length > 0 ? `no article with ${conditions.join(', ')}` : 'no article')
}

/** The names of the section, the tags or the authors of an article, as names are compared. */
function namesIn({ section, tags, authors }: Article, facet: (typeof facets)[number][0]): string[] {
  const names = {
    section: section === undefined ? [] : [section],
    tag: tags,
    author: authors.map(({ name }) => name),
  }
  return names[facet].map(foldName)
}

const namesOf = (known: KnownNames, folder: string): string[] =>
  (known.get(folder) ?? []).map(({ name }) => name)

/** The only value of an option that may be repeated elsewhere. */
function onlyOf(name: 'tag' | 'author', options: Pick<Options, 'tag' | 'author'>): string | undefined {
  const [first, second] = options[name] ?? []
  if (second !== undefined)
    throw new Error(`Cannot list with --${name} twice: an article is listed by one ${name}`)
  return first
}
