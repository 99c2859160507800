import { type Article, isPublicAt } from '../domain/article.ts'
import type { Feed, Offer } from '../domain/feed.ts'
import { newestHistory, type Part, pageLength } from '../domain/paging.ts'
import type { Clock, Memory } from '../domain/ports.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { type Addressed, narrow, titleTogether } from '../domain/selection.ts'
import { feedAddress, type Site } from '../domain/site.ts'
import type { From, Head, Page, Store, Tombstone } from '../domain/store.ts'
import type { Link } from '../http/link.ts'
import type { Representation } from '../http/respond.ts'
import { validatorsOf } from '../http/validators.ts'
import { type FeedFormat, formats } from '../render/formats.ts'
import { deltaOf } from './delta.ts'
import { keepTeasers, recallTeasers, teasersKey } from './teasers.ts'

export interface ReadPorts {
  site: Site
  store: Store
  clock: Clock
  /** Of renderers and settings: it tells apart what they make of one revision. */
  digest: string
  feedLength: number
  /** What a feed offers to share an article with, where the house wants that. */
  offer?: (article: Article) => Promise<Offer>
  /** The hub that every feed advertises, where there is one. */
  hub?: string
  /** Where an article that was read may be kept for the next request. */
  memory?: Memory
}

/** A selection's head, and its articles for whoever is going to render them. */
export interface Listing {
  head: Head
  /** The selections whose change changes it. */
  paths: readonly string[]
  articles: () => Promise<Article[]>
  /** The newest of them, or a page to one side of a place in their order; a single article has no pages. */
  page?: (from?: From) => Promise<Page>
  /** What lists show of the same; it needs the store only where no feed or list of this revision did. */
  teasers: (from?: From) => Promise<readonly Article[]>
  withdrawn: () => Promise<Tombstone[]>
}

/** The newest articles of a selection that somebody may know of. */
export async function readListing(ports: ReadPorts, path: string): Promise<Result<Listing>> {
  const [head] = (await ports.store.heads([path], ports.digest)) ?? []
  if (!head) return elsewhere(ports, path, `"${path}"`)
  return success(listingOf(ports, [head]))
}

/** The newest articles that are in each of several selections. */
export async function readIntersection(ports: ReadPorts, paths: readonly string[]): Promise<Result<Listing>> {
  const heads = await ports.store.heads(paths, ports.digest)
  return heads ? success(listingOf(ports, heads)) : intersectionElsewhere(ports, paths)
}

/** The intersection of what is now at the paths, where one of them is a former one; else nobody may know of it. */
async function intersectionElsewhere(ports: ReadPorts, paths: readonly string[]): Promise<Result<never>> {
  const moves = await Promise.all(paths.map((path) => movedFrom(ports, path)))
  if (moves.every((path) => path === undefined))
    return failure({ kind: 'not-found', what: `all of "${paths.join('", "')}"` })
  return failure({ kind: 'moved', path: '', facets: paths.map((path, at) => moves[at] ?? path) })
}

const bySize = (one: Head, other: Head): number => one.size - other.size

/** Where what had this path is now; undefined where something has it, again perhaps, or nothing ever had. */
export const movedFrom = async ({ store }: ReadPorts, path: string): Promise<string | undefined> =>
  (await store.isKnown(path)) ? undefined : store.moved(path)

function listingOf(ports: ReadPorts, heads: readonly Head[]): Listing {
  const { store, feedLength, memory } = ports
  const paths = heads.map(({ path }) => path)
  const rarestFirst = heads.toSorted(bySize).map(({ path }) => path)
  const head = heads[0] && heads.length === 1 ? heads[0] : intersectionOf(heads)
  const keyOf = (from?: From) => teasersKey(head, from)
  const page = async (from?: From) => {
    const read = await (from
      ? store.page(rarestFirst, from, pageLength(feedLength))
      : store.newest(rarestFirst, feedLength))
    // What a save changed meanwhile is not what this revision's `due` speaks for.
    if (read.articles.every(({ revision }) => revision <= head.revision)) {
      keepTeasers(memory, keyOf(from), { title: head.title, articles: articlesIn(read) })
    }
    return read
  }
  const articles = async (from?: From) => articlesIn(await page(from))
  const teased = async (from?: From) => ({ title: head.title, articles: await articles(from) })
  return {
    head,
    paths,
    page,
    articles,
    teasers: async (from) => (await recallTeasers(memory, keyOf(from), () => teased(from))).articles,
    withdrawn: () => store.withdrawn(paths),
  }
}

const articlesIn = ({ articles }: Page): Article[] => articles.map(({ article }) => article)

/**
 * One head for several. A save of an article that is or was in all of them gives each its revision, which is
 * above every earlier one: so the greatest changes whenever the intersection does.
 */
function intersectionOf(heads: readonly Head[]): Head {
  const [rarest, ...others] = heads.toSorted(bySize) as [Head, ...Head[]]
  return {
    ...narrow(
      rarest.path,
      others.map(({ path }) => path),
    ),
    ...labelOf(heads),
    title: titleTogether(heads),
    size: rarest.size,
    departed: Math.max(...heads.map(({ departed }) => departed)),
    ...(rarest.latest !== undefined && { latest: rarest.latest }),
  }
}

/** What of a head makes validators and lifetimes. */
export type Label = Pick<Head, 'revision' | 'revised' | 'since' | 'due' | 'stale'>

/** The label of what changes with each of these. */
export function labelOf(heads: readonly Label[]): Label {
  const dues = heads.flatMap(({ due }) => due ?? [])
  const stale = heads.flatMap((head) => head.stale ?? [])
  return {
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

/** Where what had this path is now, or that it cannot be found: of what nobody may see, the new path is no answer. */
export async function elsewhere(ports: ReadPorts, path: string, what: string): Promise<Result<never>> {
  const moved = await ports.store.moved(path)
  if (moved === undefined || (await isUnheardOf(ports, moved))) return failure({ kind: 'not-found', what })
  return failure({ kind: 'moved', path: moved })
}

/** Whether the path is that of an article which is to be nowhere: a draft, or one under embargo, that was seen once. */
async function isUnheardOf(ports: ReadPorts, path: string): Promise<boolean> {
  if (!path.startsWith('articles/')) return false
  const read = await readArticle(ports, path.slice('articles/'.length))
  return !read.ok && read.problem.kind === 'not-found'
}

/** A listing's feed in one format. */
export function feedOf(ports: ReadPorts, listing: Listing, format: FeedFormat): Representation {
  const { head } = listing
  const { site } = ports
  const plain = { site, selection: head, ...hubOf(ports) }
  const { page } = listing
  const single = async (): Promise<Feed> => ({ ...plain, articles: await listing.articles() })
  if (!page) return representationOf(ports, listing, format, single)
  const feed = async (): Promise<Feed> => {
    const newest = await page()
    return {
      ...plain,
      articles: articlesIn(newest),
      ...(format.format === 'atom' && { withdrawn: await listing.withdrawn() }),
      history: newestHistory(head, newest),
    }
  }
  const newest = representationOf(ports, listing, format, feed)
  const whole = { ...newest, links: [...newest.links, ...archiveLink(ports, head, format)] }
  // An intersection looks no further than a bound, so what it shows may change without a save of its own.
  if (head.query !== undefined) return whole
  return {
    ...whole,
    vary: `${whole.vary}, A-IM`,
    delta: async (since) => {
      const delta = await deltaOf(listing, format.format, since, await feed())
      return delta && rendered(ports, format, delta)
    },
  }
}

const representationOf = (
  ports: ReadPorts,
  { head, paths }: Listing,
  format: FeedFormat,
  feed: () => Promise<Feed>,
): Representation => ({
  ...labelled(ports, head, format.format),
  ...feedRepresentation(ports, head, paths, format, feed),
})

/** The last archive, as a Link header names it, where the feed is not all that there is. */
function archiveLink({ site, feedLength }: ReadPorts, head: Head, { format, type }: FeedFormat): Link[] {
  const { latest, size } = head
  if (latest === undefined || size <= feedLength) return []
  return [{ rel: 'prev-archive', href: feedAddress(site, head, format, { archive: latest }), type }]
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
    teasers: async () => [article],
    withdrawn: async () => [],
  })
}

/** A feed in one format without its label; `part` tells which of the selection's documents it is. */
export function feedRepresentation(
  ports: ReadPorts,
  selection: Addressed,
  paths: readonly string[],
  feedFormat: FeedFormat,
  feed: () => Promise<Feed>,
  part: Part = 'newest',
): Omit<Representation, 'validators' | 'now' | 'due'> {
  const { site, hub } = ports
  const { format, type } = feedFormat
  return {
    selections: paths,
    type: `${type}; charset=utf-8`,
    links: [
      { rel: 'self', href: feedAddress(site, selection, format, part), type },
      ...(hub === undefined || part !== 'newest' ? [] : [{ rel: 'hub', href: hub }]),
      ...alternates(site, selection, part).filter((link) => link.type !== type),
    ],
    vary: 'Sec-Fetch-Dest',
    body: async () => rendered(ports, feedFormat, await feed()),
  }
}

/** A feed's bytes, with what is offered to share its articles with. */
async function rendered({ offer }: ReadPorts, { render }: FeedFormat, feed: Feed): Promise<string> {
  if (!offer) return render(feed)
  const offers = feed.articles.map(async (article) => [article.id, await offer(article)] as const)
  return render({ ...feed, offers: new Map(await Promise.all(offers)) })
}

const hubOf = ({ hub }: ReadPorts): Pick<Feed, 'hub'> => (hub === undefined ? {} : { hub })

/** The feeds of a selection in every format, as `rel=alternate` links. */
export const alternates = (site: Site, selection: Addressed, part: Part = 'newest'): Link[] =>
  formats.map(({ format, type }) => ({
    rel: 'alternate',
    href: feedAddress(site, selection, format, part),
    type,
  }))

/** What a head says of any representation of its selection; `format` tells them apart. */
export function labelled(ports: ReadPorts, head: Label & Pick<Head, 'path'>, format: string) {
  const now = ports.clock()
  return {
    validators: validatorsOf(head, format, ports.digest, now),
    now,
    ...(head.due !== undefined && { due: head.due }),
    ...(head.stale !== undefined && { stale: head.stale }),
    selections: [head.path],
  }
}
