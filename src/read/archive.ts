// I/O: reads the store; writes nothing.
import { archivePath } from '../domain/archive.ts'
import { type From, sideOf } from '../domain/cursor.ts'
import type { Feed } from '../domain/feed.ts'
import { archiveLinks, type History, type HistoryLink, pageLinks } from '../domain/paging.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { type Addressed, folderOf, narrow, titleTogether } from '../domain/selection.ts'
import { feedAddress } from '../domain/site.ts'
import type { Link } from '../http/link.ts'
import type { Representation } from '../http/representation.ts'
import type { FeedFormat } from '../render/formats.ts'
import { feedRepresentation } from './feed.ts'
import {
  changedAt,
  currencyOf,
  describeFreshness,
  type Freshness,
  freshnessOf,
  memoryFor,
} from './freshness.ts'
import type { Listing, ReadPorts } from './ports.ts'
import { keepTeasers, maxTeasers, recallTeasers, type Teasers } from './teasers.ts'

/**
 * Seconds for which the edge keeps an archive. The time can be long, because every change of an archive
 * invalidates its copies at the edge.
 */
export const archiveEdgeSeconds = 86_400

/**
 * The page of a selection's feed with the next older or next newer articles, counted from a given article,
 * which is not on the page (RFC 5005 §3). Undefined for the feed of a single article, which has no pages.
 */
export function pageOf(
  ports: ReadPorts,
  { head, paths, page, isCurrent }: Listing,
  format: FeedFormat,
  from: From,
): Representation | undefined {
  if (!page) return undefined
  const { site } = ports
  const feed = async (): Promise<Feed> => {
    const read = await page(from)
    const articles = read.articles.map(({ article }) => article)
    const history: History = { part: from, links: pageLinks(read) }
    return { site, selection: head, revised: changedAt(head), articles, history }
  }
  return {
    ...describeFreshness(ports, head, `${format.format}-${sideOf(from).join('')}`),
    isCurrent,
    ...feedRepresentation(ports, head, paths, format, feed, from),
  }
}

/**
 * An archive of a selection. If the request names further selections, the archive has only those articles
 * that are also in each of the further selections.
 */
interface Archive {
  freshness: Freshness
  /**
   * The paths of the archive and of the selections whose names it shows. A change of any of them changes the
   * archive.
   */
  paths: readonly string[]
  selection: Addressed
  history: History
  feed: () => Promise<Feed>
  /** Whether the articles that `feed` read are of the revision of `freshness`. */
  isCurrent: () => boolean
  /**
   * The archive's articles without bodies, for an HTML page. The function reads the store if memory has no
   * teasers of the archive at its present revision.
   */
  teasers: () => Promise<Teasers>
}

/**
 * Reads an archive of a selection (RFC 5005 §4). The archive gets a new revision when one of its articles
 * changes, when the selection is renamed, and when a neighbouring archive is added. If `facets` names
 * selections, the result has only those articles of the archive that are also in each of these selections.
 */
export async function readArchive(
  ports: ReadPorts,
  path: string,
  archive: number,
  facets: readonly string[],
): Promise<Result<Archive>> {
  const { site, store } = ports
  const others = facets.filter((facet) => facet !== path)
  // An intersection has at most one section, one tag and one author. Therefore no archive exists if two of the
  // selections are in the same folder, for example two tags.
  const isOne = others.every((other) => folderOf(other) !== folderOf(path))
  const heads = isOne ? await store.archive(path, archive, others, ports.digest) : undefined
  if (!heads) return archiveElsewhere(ports, path, archive, others)
  const [head, ...names] = heads
  const selection = narrow(path, others)
  const history: History = { part: { archive }, mark: 'archive', links: archiveLinks(head) }
  const paths = heads.map((one) => one.path)
  const freshness = freshnessOf(heads)
  const { read, isCurrent } = currencyOf(ports, heads)
  const memory = memoryFor(ports, freshness)
  const key = [...paths, freshness.revision].join(' ')
  const feed = async (): Promise<Feed> => {
    const { content: found, isOfHeads } = await read((at) => store.archived(path, archive, others, at))
    const { title: own, articles } = found
    const named = others.map((other, at) => ({ path: other, title: names[at]?.title ?? '' }))
    const title = titleTogether([{ path, title: own }, ...named])
    if (isOfHeads) keepTeasers(memory, key, { title, articles: articles.slice(0, maxTeasers) })
    return { site, selection: { ...selection, title }, revised: changedAt(freshness), articles, history }
  }
  const teased = async (): Promise<Teasers> => {
    const { selection: named, articles } = await feed()
    return { title: named.title, articles }
  }
  const teasers = () => recallTeasers(memory, key, teased)
  return success({ freshness, paths, selection, history, feed, isCurrent, teasers })
}

/** The representation of an archive in one format. */
export function archiveOf(
  ports: ReadPorts,
  { freshness, paths, selection, history, feed, isCurrent }: Archive,
  format: FeedFormat,
): Representation {
  const representation = feedRepresentation(ports, selection, paths, format, feed, history.part)
  return {
    ...describeFreshness(ports, { path: selection.path, ...freshness }, format.format),
    ...representation,
    isCurrent,
    edgeSeconds: archiveEdgeSeconds,
    links: [...representation.links, ...linksTo(ports, selection, format, history.links)],
  }
}

/**
 * The failure for an archive that cannot be found: `moved`, with the new paths, if a selection that the request
 * named was renamed, else `not-found`.
 */
async function archiveElsewhere(
  ports: ReadPorts,
  path: string,
  archive: number,
  others: readonly string[],
): Promise<Result<never>> {
  const within = others.length > 0 ? ` in "${others.join('", "')}"` : ''
  const what = `the archive "${archivePath(path, archive)}"${within}`
  const isHere = (await ports.store.archive(path, archive, [], ports.digest)) !== undefined
  const move = isHere || path === '' ? undefined : await ports.store.moved(path)
  const moves = others.length > 0 ? await ports.store.movedAmong(others) : new Map<string, string>()
  if (move === undefined && moves.size === 0) return failure({ kind: 'not-found', what })
  const base = move ?? path
  const facets = others.map((other) => moves.get(other) ?? other)
  return failure({ kind: 'moved', path: base, facets: facets.filter((facet) => facet !== base) })
}

/** The neighbouring archives of an archive, as entries of a Link header. */
const linksTo = (
  { site }: ReadPorts,
  selection: Addressed,
  { format, type }: FeedFormat,
  links: readonly HistoryLink[],
): Link[] => links.map(({ rel, part }) => ({ rel, href: feedAddress(site, selection, format, part), type }))
