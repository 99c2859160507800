import { parseAtomFeed, parseJsonFeed, parseRssFeed } from 'feedsmith'
import { type Format, isFormat } from '../../src/domain/format.ts'

/** The content of a feed document, read by feed parsers that share no code with this project. */
export interface Read {
  ids: string[]
  /** The addresses to which the links of the feed document lead, each under the relation of its link. */
  links: Record<string, string>
  marks: string[]
}

const marksIn = (text: string): string[] =>
  [...text.matchAll(/<fh:(complete|archive)\b/g)].map(([, mark]) => mark as string)

const byRelation = (links: readonly { rel?: string; href?: string }[] = []): Record<string, string> =>
  Object.fromEntries(links.flatMap(({ rel, href }) => (rel && href ? [[rel, href]] : [])))

/**
 * The links in a Link header. Only this header has the links of a JSON feed, because JSON Feed has no member
 * for most link relations.
 */
const linksIn = (header: string | null): Record<string, string> =>
  Object.fromEntries(
    [...(header ?? '').matchAll(/<([^>]*)>; rel="([^"]*)"/g)].map(([, href, rel]) => [
      rel as string,
      href as string,
    ]),
  )

/** The parser of each feed format. */
const readers: Record<Format, (text: string, headers: Headers) => Read> = {
  rss: (text) => {
    const { items = [], atom } = parseRssFeed(text)
    const ids = items.flatMap(({ guid }) => guid?.value ?? [])
    return { ids, links: byRelation(atom?.links), marks: marksIn(text) }
  },
  atom: (text) => {
    const { entries = [], links } = parseAtomFeed(text)
    return { ids: entries.flatMap(({ id }) => id ?? []), links: byRelation(links), marks: marksIn(text) }
  },
  json: (text, headers) => {
    const { items = [], next_url: next, feed_url: self } = parseJsonFeed(text)
    const links = { ...linksIn(headers.get('Link')), ...(next && { next }), ...(self && { self }) }
    return { ids: items.flatMap(({ id }) => id ?? []), links, marks: [] }
  },
}

/** Reads a feed document in the format that its address names. */
export async function readDocument(response: Response, address: string): Promise<Read> {
  const name = /feed\.(\w+)/.exec(address)?.[1] ?? ''
  if (!isFormat(name)) throw new Error(`${address} names no format`)
  return readers[name](await response.text(), response.headers)
}

const origin = 'https://kiosque.example'

/**
 * Walks from a feed to older articles by one link relation, until a document has no such link. The function
 * collects the articles' ids, follows redirects, and calls `between` before each further step. Throws if an
 * address occurs twice or if the walk does not end.
 */
export async function walk(
  get: (path: string) => Promise<Response>,
  address: string,
  relation: 'next' | 'prev-archive',
  between: () => Promise<void>,
): Promise<{ ids: Set<string>; documents: number; repeats: number; redirects: number }> {
  const ids = new Set<string>()
  const visited = new Set<string>()
  let repeats = 0
  let redirects = 0
  for (let next: string | undefined = address; next; ) {
    if (visited.has(next) || visited.size > 500) throw new Error(`The walk does not end: ${next}`)
    visited.add(next)
    const response = await get(next)
    if (response.status === 301) {
      next = response.headers.get('Location')?.replace(origin, '')
      redirects++
      continue
    }
    if (response.status !== 200) throw new Error(`${next} answers ${response.status}`)
    const read: Read = await readDocument(response, next)
    if (read.links.self !== `${origin}${next}`) throw new Error(`${next} calls itself ${read.links.self}`)
    for (const id of read.ids) {
      if (ids.has(id)) repeats++
      ids.add(id)
    }
    next = read.links[relation]?.replace(origin, '')
    if (next) await between()
  }
  return { ids, documents: visited.size - redirects, repeats, redirects }
}
