import { readDirectory } from './directory.ts'
import type { Head } from './domain/ports.ts'
import { failure, type Result, success } from './domain/problem.ts'
import { type NewsEntry, parseSitemapName, type SitemapEntry, type SitemapPart } from './domain/sitemap.ts'
import { type ReadPorts, readListing } from './read.ts'

/** The sitemap of the pages that are no articles. */
const selections = 'selections'

/** How many selections of each folder search engines are told of. */
const mostSelections = 5000

/** Entries, and what is known of them without reading them. */
export interface Sitemap<T> {
  head: Head
  entries: () => Promise<T[]>
}

/** Every sitemap that there is. */
export async function readSitemapIndex(ports: ReadPorts): Promise<Result<Sitemap<SitemapPart>>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const entries = async () => [{ name: selections }, ...(await ports.store.sitemapParts())]
  return success({ head: all.value.head, entries })
}

/** One sitemap by its name. The articles' ones stay as they are while none of their articles changes. */
export async function readSitemap(ports: ReadPorts, name: string): Promise<Result<Sitemap<SitemapEntry>>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  if (name === selections) return success({ head, entries: () => readSelections(ports) })
  const number = parseSitemapName(name)
  const part = number === undefined ? undefined : await ports.store.sitemapHead(number)
  if (number === undefined || !part) return failure({ kind: 'not-found', what: `sitemap "${name}"` })
  const { due: _, ...known } = head
  return success({ head: { ...known, ...part }, entries: () => ports.store.sitemapEntries(number) })
}

async function readSelections({ store }: ReadPorts): Promise<SitemapEntry[]> {
  const shelves = await readDirectory(store, mostSelections)
  return [
    { path: '' },
    { path: 'feeds' },
    ...shelves.flatMap((shelf) => shelf.selections.map(({ path }) => ({ path }))),
  ]
}

const hour = 3_600_000

/** News search looks at two days, and at a thousand articles. */
const newsHours = 48
const mostNews = 1000

/**
 * The articles of the last two days. Time alone drops them, so it does so on the hour: until then the same
 * articles give the same validators, and no copy is kept beyond it.
 */
export async function readNews(ports: ReadPorts): Promise<Result<Sitemap<NewsEntry> & { hour: number }>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  const began = Math.floor(ports.clock() / hour) * hour
  const ends = began + hour
  return success({
    head: { ...head, revised: Math.max(head.revised, began), due: Math.min(head.due ?? ends, ends) },
    entries: () => ports.store.newsEntries(ends - newsHours * hour, mostNews),
    hour: began / hour,
  })
}
