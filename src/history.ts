import type { Feed } from './domain/feed.ts'
import {
  archiveLinks,
  archivePath,
  type History,
  type HistoryLink,
  type Part,
  pageLength,
  pageLinks,
  renderCursor,
} from './domain/history.ts'
import type { From } from './domain/ports.ts'
import { failure, type Result, success } from './domain/problem.ts'
import { feedAddress } from './domain/site.ts'
import type { Link } from './http/link.ts'
import type { Representation } from './http/respond.ts'
import { elsewhere, feedRepresentation, type Listing, labelled, type ReadPorts } from './read.ts'
import type { FeedFormat } from './render/formats.ts'

/** How long the edge keeps an archive, in seconds: a change of its own invalidates it. */
const edgeSeconds = 86_400

/** A page of a selection's feed, to one side of a place in it (RFC 5005 §3); a single article has none. */
export function pageOf(
  ports: ReadPorts,
  { head, paths, page }: Listing,
  format: FeedFormat,
  from: From,
): Representation | undefined {
  if (!page) return undefined
  const { site } = ports
  const side = 'before' in from ? `b${renderCursor(from.before)}` : `a${renderCursor(from.after)}`
  const feed = async (): Promise<Feed> => {
    const read = await page(from, pageLength(ports.feedLength))
    const articles = read.articles.map(({ article }) => article)
    return { site, selection: head, articles, history: { part: from, links: pageLinks(read) } }
  }
  return {
    ...labelled(ports, head, `${format.format}-${side}`),
    ...feedRepresentation(ports, head, paths, format, feed, from),
  }
}

/** An archive of a selection (RFC 5005 §4), which changes only when an article in it or an archive beside it does. */
export async function readArchive(
  ports: ReadPorts,
  path: string,
  archive: number,
  format: FeedFormat,
): Promise<Result<Representation>> {
  const { site, store } = ports
  const head = await store.archive(path, archive, ports.digest)
  if (!head) {
    const what = `the archive "${archivePath(path, archive)}"`
    return path === '' ? failure({ kind: 'not-found', what }) : elsewhere(ports, path, what)
  }
  const part: Part = { archive }
  const history: History = { part, mark: 'archive', links: archiveLinks(head) }
  const feed = async (): Promise<Feed> => {
    const { title, articles } = await store.archived(path, archive)
    return { site, selection: { path, title }, articles, history }
  }
  const representation = feedRepresentation(ports, { path }, [head.path], format, feed, part)
  return success({
    ...labelled(ports, head, format.format),
    ...representation,
    edgeSeconds,
    links: [...representation.links, ...linksTo(ports, path, format, history.links)],
  })
}

/** The links of a document as a Link header holds them. */
const linksTo = (
  { site }: ReadPorts,
  path: string,
  { format, type }: FeedFormat,
  links: readonly HistoryLink[],
): Link[] => links.map(({ rel, part }) => ({ rel, href: feedAddress(site, { path }, format, part), type }))
