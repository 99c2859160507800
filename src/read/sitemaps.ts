// I/O: reads the store; writes nothing.
import { failure, type Result, success } from '../domain/problem.ts'
import type { AtRevision } from '../domain/revisions.ts'
import {
  type NewsEntry,
  numbersAt,
  parseSitemapName,
  type SitemapEntry,
  type SitemapPart,
  selectionSitemaps,
} from '../domain/sitemap.ts'
import type { Head } from '../domain/store.ts'
import { type Currency, currencyOf, firstRead, memoryFor } from './freshness.ts'
import { readListing } from './listing.ts'
import type { ReadPorts } from './ports.ts'

/** The largest number of sitemaps in one sitemap index (sitemaps.org). */
export const maxSitemaps = 50_000

/** The head of a sitemap, and a function that reads its entries. */
interface Sitemap<T> extends Pick<Currency, 'isCurrent'> {
  head: Head
  entries: () => Promise<T[]>
}

/** A sitemap of which `read` reads the entries; with `at`, those that are public at this instant. */
function sitemapOf<T>(
  ports: ReadPorts,
  head: Head,
  read: (at: number | undefined) => Promise<AtRevision<T[]>>,
): Sitemap<T> {
  const currency = currencyOf(ports, [head])
  const entries = async () => {
    const { content } = await currency.read(async (at) => {
      const { found, revision } = await read(at)
      return { found, revisions: [revision] }
    })
    return content.found
  }
  return { head, entries, isCurrent: currency.isCurrent }
}

/** Reads the sitemap index, which lists every sitemap. */
export async function readSitemapIndex(ports: ReadPorts): Promise<Result<Sitemap<SitemapPart>>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  const read = async () => {
    const names = selectionSitemaps(await readLastNumber(ports, head))
    const { found: parts, revision } = await ports.store.sitemapParts()
    const found = [...names.map((name) => ({ name })), ...parts.slice(-(maxSitemaps - names.length))]
    return { found, revision }
  }
  return success(sitemapOf(ports, head, read))
}

/** Reads one sitemap by its name. A sitemap of articles changes only if one of its articles does. */
export async function readSitemap(ports: ReadPorts, name: string): Promise<Result<Sitemap<SitemapEntry>>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  if (name.startsWith('selections')) return readSelections(ports, head, name)
  const number = parseSitemapName(name)
  const part = number === undefined ? undefined : await ports.store.sitemapHead(number)
  if (number === undefined || !part) return failure({ kind: 'not-found', what: `sitemap "${name}"` })
  const whole = { ...head, ...part, ...firstRead([head, part]) }
  return success(sitemapOf(ports, whole, (at) => ports.store.sitemapEntries(number, at)))
}

/**
 * Reads a sitemap of sections, tags and authors. The first sitemap of this kind begins with the home page and
 * the directory.
 */
async function readSelections(
  ports: ReadPorts,
  head: Head,
  name: string,
): Promise<Result<Sitemap<SitemapEntry>>> {
  const place = selectionSitemaps(await readLastNumber(ports, head)).indexOf(name)
  if (place < 0) return failure({ kind: 'not-found', what: `sitemap "${name}"` })
  const pages = place === 0 ? [{ path: '' }, { path: 'feeds' }] : []
  const read = async () => {
    const { found: paths, revision } = await ports.store.pathsNumbered(...numbersAt(place))
    return { found: [...pages, ...paths.map((path) => ({ path }))], revision }
  }
  return success(sitemapOf(ports, head, read))
}

/**
 * Returns the highest of the permanent numbers of sections, tags and authors. Memory keeps the result
 * together with the revision of the selection of all articles, because a save that assigns a number always
 * raises this revision too.
 */
async function readLastNumber(ports: ReadPorts, head: Head): Promise<number> {
  const memory = memoryFor(ports, head)
  const key = `last number ${head.revision}`
  const kept = memory?.get<number>(key)
  if (kept !== undefined) return kept
  const { found: last, revision } = await ports.store.lastNumber()
  if (revision === head.revision) memory?.set(key, last, 8)
  return last
}

const hourMilliseconds = 3_600_000

/** Limits of Google News, which reads only articles of the last 48 hours, and at most 1000 of them in one sitemap. */
const newsHours = 48
const maxNews = 1000

/**
 * The news sitemap: the articles of the last two days. Articles become too old for this sitemap only at a
 * full hour. Between two full hours, the validators therefore change only if an article changes. The next
 * full hour is the `due` of the sitemap, so no copy is used after it.
 */
export async function readNews(ports: ReadPorts): Promise<Result<Sitemap<NewsEntry> & { hour: number }>> {
  const all = await readListing(ports, '')
  if (!all.ok) return all
  const { head } = all.value
  const began = Math.floor(ports.clock() / hourMilliseconds) * hourMilliseconds
  const ends = began + hourMilliseconds
  const own = { ...head, revised: Math.max(head.revised, began), due: Math.min(head.due ?? ends, ends) }
  const since = ends - newsHours * hourMilliseconds
  const sitemap = sitemapOf(ports, own, (at) => ports.store.newsEntries(since, maxNews, at))
  return success({ ...sitemap, hour: began / hourMilliseconds })
}
