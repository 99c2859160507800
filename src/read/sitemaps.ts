// Input: the store.
import { failure, type Result, success } from '../domain/problem.ts'
import {
  type NewsEntry,
  numbersAt,
  parseSitemapName,
  type SitemapEntry,
  type SitemapPart,
  selectionSitemaps,
} from '../domain/sitemap.ts'
import type { Head } from '../domain/store.ts'
import { readListing } from './listing.ts'
import type { ReadPorts } from './ports.ts'

/** The protocol allows an index so many sitemaps. */
export const maxSitemaps = 50_000

/** Entries, and what is known of them without reading them. */
interface Sitemap<T> {
  head: Head
  entries: () => Promise<T[]>
}

/** Every sitemap that there is. */
export async function readSitemapIndex(ports: ReadPorts): Promise<Result<Sitemap<SitemapPart>>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  const entries = async () => {
    const names = selectionSitemaps(await readLastNumber(ports, head))
    const parts = await ports.store.sitemapParts()
    return [...names.map((name) => ({ name })), ...parts.slice(-(maxSitemaps - names.length))]
  }
  return success({ head, entries })
}

/** One sitemap by its name. The articles' ones stay as they are while none of their articles changes. */
export async function readSitemap(ports: ReadPorts, name: string): Promise<Result<Sitemap<SitemapEntry>>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  if (name.startsWith('selections')) return readSelections(ports, head, name)
  const number = parseSitemapName(name)
  const part = number === undefined ? undefined : await ports.store.sitemapHead(number)
  if (number === undefined || !part) return failure({ kind: 'not-found', what: `sitemap "${name}"` })
  return success({ head: { ...head, ...part }, entries: () => ports.store.sitemapEntries(number) })
}

/** A sitemap of sections, tags and authors; the first one begins with the pages that are neither those nor articles. */
async function readSelections(
  ports: ReadPorts,
  head: Head,
  name: string,
): Promise<Result<Sitemap<SitemapEntry>>> {
  const place = selectionSitemaps(await readLastNumber(ports, head)).indexOf(name)
  if (place < 0) return failure({ kind: 'not-found', what: `sitemap "${name}"` })
  const pages = place === 0 ? [{ path: '' }, { path: 'feeds' }] : []
  const entries = async () => {
    const paths = await ports.store.pathsNumbered(...numbersAt(place))
    return [...pages, ...paths.map((path) => ({ path }))]
  }
  return success({ head, entries })
}

/** A selection gets its number with a public change, and that is one of all articles, for which this is kept. */
async function readLastNumber({ store, memory }: ReadPorts, { revision }: Head): Promise<number> {
  const key = `last number ${revision}`
  const kept = memory?.get<number>(key)
  if (kept !== undefined) return kept
  const last = await store.lastNumber()
  memory?.set(key, last, 8)
  return last
}

const hourMilliseconds = 3_600_000

/** News search looks at two days, and at a thousand articles. */
const newsHours = 48
const maxNews = 1000

/**
 * The articles of the last two days. Time alone drops them, so it does so on the hour: until then the same
 * articles give the same validators, and no copy is kept beyond it.
 */
export async function readNews(ports: ReadPorts): Promise<Result<Sitemap<NewsEntry> & { hour: number }>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  const began = Math.floor(ports.clock() / hourMilliseconds) * hourMilliseconds
  const ends = began + hourMilliseconds
  return success({
    head: { ...head, revised: Math.max(head.revised, began), due: Math.min(head.due ?? ends, ends) },
    entries: () => ports.store.newsEntries(ends - newsHours * hourMilliseconds, maxNews),
    hour: began / hourMilliseconds,
  })
}
