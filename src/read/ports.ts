// No input or output: types.
import type { Article } from '../domain/article.ts'
import type { ShareOffer } from '../domain/feed.ts'
import type { Clock, Memory } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { From, Head, Page, Store, Tombstone } from '../domain/store.ts'

export interface ReadPorts {
  site: Site
  store: Store
  clock: Clock
  /** Of renderers and settings: it tells apart what they make of one revision. */
  digest: string
  feedLength: number
  /** What a feed offers to share an article with, where the site wants that. */
  offer?: (article: Article) => Promise<ShareOffer>
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
