import { type Article, isPublicAt } from './domain/article.ts'
import type { Feed } from './domain/feed.ts'
import type { Clock, Head, Store } from './domain/ports.ts'
import { failure, type Result, success } from './domain/problem.ts'
import { feedAddress, type Site } from './domain/site.ts'
import type { Link } from './http/link.ts'
import type { Representation } from './http/respond.ts'
import { validatorsOf } from './http/validators.ts'
import { type FeedFormat, formats } from './render/formats.ts'

export interface ReadPorts {
  site: Site
  store: Store
  clock: Clock
  /** Of renderers and settings: it tells apart what they make of one revision. */
  digest: string
  feedLength: number
}

/** No reader keeps more of a feed than this, so it need not be told of more. */
const mostTombstones = 100

/** A selection's head, and its articles for whoever is going to render them. */
export interface Listing {
  head: Head
  articles: () => Promise<Article[]>
}

/** The newest articles of a selection that somebody may know of. */
export async function readListing(ports: ReadPorts, path: string): Promise<Result<Listing>> {
  const head = await ports.store.head(path, ports.digest)
  if (!head) return elsewhere(ports, path, `"${path}"`)
  return success({ head, articles: () => ports.store.newest(path, ports.feedLength) })
}

/** An article that anybody may see now; one that was public once is gone, every other cannot be found. */
export async function readArticle(
  ports: ReadPorts,
  slug: string,
): Promise<Result<{ head: Head; article: Article }>> {
  const head = await ports.store.head(`articles/${slug}`, ports.digest)
  const article = head && (await ports.store.find(slug))?.article
  if (!article) return elsewhere(ports, `articles/${slug}`, `article "${slug}"`)
  const now = ports.clock()
  if (isPublicAt(article, now)) return success({ head, article })
  const wasPublic = article.status === 'withdrawn' || Date.parse(article.expires ?? '') <= now
  const what = `article "${slug}"`
  return failure(wasPublic ? { kind: 'gone', what: `Article "${slug}"` } : { kind: 'not-found', what })
}

/** Where what had this path is now, or that it cannot be found. */
async function elsewhere(ports: ReadPorts, path: string, what: string): Promise<Result<never>> {
  const moved = await ports.store.moved(path)
  return failure(moved === undefined ? { kind: 'not-found', what } : { kind: 'moved', path: moved })
}

/** A selection's feed in one format. */
export async function readFeed(
  ports: ReadPorts,
  path: string,
  format: FeedFormat,
): Promise<Result<Representation>> {
  const listing = await readListing(ports, path)
  if (!listing.ok) return listing
  const { head, articles } = listing.value
  return success(feedRepresentation(ports, head, format, articles))
}

/** The feed of a single article; its rights may forbid that there is one. */
export async function readArticleFeed(
  ports: ReadPorts,
  slug: string,
  format: FeedFormat,
): Promise<Result<Representation>> {
  const read = await readArticle(ports, slug)
  if (!read.ok) return read
  const { head, article } = read.value
  if (article.rights.syndicate === 'none') {
    return failure({ kind: 'not-found', what: `a feed of article "${slug}"` })
  }
  return success(feedRepresentation(ports, { ...head, title: article.title }, format, async () => [article]))
}

function feedRepresentation(
  ports: ReadPorts,
  head: Head,
  { format, type, render }: FeedFormat,
  articles: () => Promise<readonly Article[]>,
): Representation {
  const { site } = ports
  return {
    ...labelled(ports, head, format),
    type: `${type}; charset=utf-8`,
    links: [
      { rel: 'self', href: feedAddress(site, head.path, format), type },
      ...alternates(site, head.path).filter((link) => link.type !== type),
    ],
    vary: 'Sec-Fetch-Dest',
    body: async () => {
      const withdrawn = await ports.store.withdrawn(head.path, mostTombstones)
      const feed: Feed = { site, selection: head, articles: await articles(), withdrawn }
      return render(feed)
    },
  }
}

/** The feeds of a selection in every format, as `rel=alternate` links. */
export const alternates = (site: Site, path: string): Link[] =>
  formats.map(({ format, type }) => ({ rel: 'alternate', href: feedAddress(site, path, format), type }))

/** What a head says of any representation of its selection; `format` tells them apart. */
export function labelled(ports: ReadPorts, head: Head, format: string) {
  const now = ports.clock()
  return {
    validators: validatorsOf(head, format, ports.digest, now),
    now,
    ...(head.due !== undefined && { due: head.due }),
    selections: [head.path],
  }
}
