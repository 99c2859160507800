import { type Article, isPublicAt } from './domain/article.ts'
import type { Feed } from './domain/feed.ts'
import type { Clock, Head, Memory, Store, Tombstone } from './domain/ports.ts'
import { failure, type Result, success } from './domain/problem.ts'
import { queryOf, type Selection } from './domain/selection.ts'
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
  /** The hub that every feed advertises, where there is one. */
  hub?: string
  /** Where an article that was read may be kept for the next request. */
  memory?: Memory
}

/** No reader keeps more of a feed than this, so it need not be told of more. */
const mostTombstones = 100

/** A selection's head, and its articles for whoever is going to render them. */
export interface Listing {
  head: Head
  /** The selections whose change changes it. */
  paths: readonly string[]
  articles: () => Promise<Article[]>
  withdrawn: () => Promise<Tombstone[]>
}

/** The newest articles of a selection that somebody may know of. */
export async function readListing(ports: ReadPorts, path: string): Promise<Result<Listing>> {
  const [head] = (await ports.store.heads([path], ports.digest)) ?? []
  if (!head) return elsewhere(ports, path, `"${path}"`)
  return success(listingOf(ports, head, [path]))
}

/** The newest articles that are in each of several selections. */
export async function readIntersection(ports: ReadPorts, paths: readonly string[]): Promise<Result<Listing>> {
  const heads = await ports.store.heads(paths, ports.digest)
  if (!heads) return failure({ kind: 'not-found', what: `all of "${paths.join('", "')}"` })
  return success(listingOf(ports, intersectionOf(heads), paths))
}

const listingOf = (ports: ReadPorts, head: Head, paths: readonly string[]): Listing => ({
  head,
  paths,
  articles: () => ports.store.newest(paths, ports.feedLength),
  withdrawn: () => ports.store.withdrawn(paths, mostTombstones),
})

/**
 * One head for several. A save of an article that is or was in all of them gives each its revision, which is
 * above every earlier one: so the greatest changes whenever the intersection does.
 */
function intersectionOf(heads: readonly Head[]): Head {
  const dues = heads.flatMap(({ due }) => due ?? [])
  const stale = heads.flatMap((head) => head.stale ?? [])
  return {
    path: '',
    query: queryOf(heads.map(({ path }) => path)),
    title: heads.map(({ title }) => title).join(' · '),
    revision: Math.max(...heads.map(({ revision }) => revision)),
    revised: Math.max(...heads.map(({ revised }) => revised)),
    since: Math.max(...heads.map(({ since }) => since)),
    ...(dues.length > 0 && { due: Math.min(...dues) }),
    ...(stale.length > 0 && { stale: Math.max(...stale) }),
  }
}

/** An article that anybody may see now; one that was public once is gone, every other cannot be found. */
export async function readArticle(
  ports: ReadPorts,
  slug: string,
): Promise<Result<{ head: Head; article: Article }>> {
  const [head] = (await ports.store.heads([`articles/${slug}`], ports.digest)) ?? []
  const article = head && (await findAt(ports, head, slug))
  if (!article) return elsewhere(ports, `articles/${slug}`, `article "${slug}"`)
  const now = ports.clock()
  if (isPublicAt(article, now)) return success({ head, article })
  const wasPublic = article.status === 'withdrawn' || Date.parse(article.expires ?? '') <= now
  const what = `article "${slug}"`
  return failure(wasPublic ? { kind: 'gone', what: `Article "${slug}"` } : { kind: 'not-found', what })
}

/**
 * The article at a revision of its own selection. Whatever changes a public article raises that revision, so
 * one that is public need not be read twice; every other is read again.
 */
async function findAt(ports: ReadPorts, head: Head, slug: string): Promise<Article | undefined> {
  const key = `article ${head.path} ${head.revision}`
  const kept = ports.memory?.get<Article>(key)
  if (kept) return kept
  const article = (await ports.store.find(slug))?.article
  if (article && isPublicAt(article, ports.clock())) {
    ports.memory?.set(key, article, 2 * JSON.stringify(article).length)
  }
  return article
}

/** Where what had this path is now, or that it cannot be found. */
async function elsewhere(ports: ReadPorts, path: string, what: string): Promise<Result<never>> {
  const moved = await ports.store.moved(path)
  return failure(moved === undefined ? { kind: 'not-found', what } : { kind: 'moved', path: moved })
}

/** A listing's feed in one format. */
export function feedOf(ports: ReadPorts, listing: Listing, format: FeedFormat): Representation {
  const { head, paths, articles, withdrawn } = listing
  const { site } = ports
  const feed = async (): Promise<Feed> => ({
    site,
    selection: head,
    articles: await articles(),
    withdrawn: await withdrawn(),
    ...hubOf(ports),
  })
  return feedRepresentation(ports, head, paths, format, feed)
}

/** A single article as a listing of its own; its rights may forbid that there is one. */
export async function readArticleListing(ports: ReadPorts, slug: string): Promise<Result<Listing>> {
  const read = await readArticle(ports, slug)
  if (!read.ok) return read
  const { head, article } = read.value
  if (article.rights.syndicate === 'none') {
    return failure({ kind: 'not-found', what: `a feed of article "${slug}"` })
  }
  return success({
    head: { ...head, title: article.title },
    paths: [head.path],
    articles: async () => [article],
    withdrawn: async () => [],
  })
}

function feedRepresentation(
  ports: ReadPorts,
  head: Head,
  paths: readonly string[],
  { format, type, render }: FeedFormat,
  feed: () => Promise<Feed>,
): Representation {
  const { site } = ports
  return {
    ...labelled(ports, head, format),
    selections: paths,
    type: `${type}; charset=utf-8`,
    links: [
      { rel: 'self', href: feedAddress(site, head, format), type },
      ...(ports.hub === undefined ? [] : [{ rel: 'hub', href: ports.hub }]),
      ...alternates(site, head).filter((link) => link.type !== type),
    ],
    vary: 'Sec-Fetch-Dest',
    body: async () => render(await feed()),
  }
}

const hubOf = ({ hub }: ReadPorts): Pick<Feed, 'hub'> => (hub === undefined ? {} : { hub })

/** The feeds of a selection in every format, as `rel=alternate` links. */
export const alternates = (site: Site, selection: Pick<Selection, 'path' | 'query'>): Link[] =>
  formats.map(({ format, type }) => ({ rel: 'alternate', href: feedAddress(site, selection, format), type }))

/** What a head says of any representation of its selection; `format` tells them apart. */
export function labelled(ports: ReadPorts, head: Head, format: string) {
  const now = ports.clock()
  return {
    validators: validatorsOf(head, format, ports.digest, now),
    now,
    ...(head.due !== undefined && { due: head.due }),
    ...(head.stale !== undefined && { stale: head.stale }),
    selections: [head.path],
  }
}
