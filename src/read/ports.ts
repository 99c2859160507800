// No input or output: types only.
import type { Article } from '../domain/article.ts'
import type { ShareOffer } from '../domain/feed.ts'
import type { Clock, Memory } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { From, Head, Page, Store, Tombstone } from '../domain/store.ts'

export interface ReadPorts {
  site: Site
  store: Store
  clock: Clock
  /** The digest of renderers and settings; it makes the ETags of one revision differ when either changes. */
  digest: string
  feedLength: number
  /** The share links that a feed offers for an article; undefined if the site offers none. */
  offer?: (article: Article) => Promise<ShareOffer>
  /** The address of the hub that every feed advertises; undefined if the site has none. */
  hub?: string
  /** The isolate's memory, which keeps articles for later requests. */
  memory?: Memory
}

/** A selection's head, and functions that read its articles for rendering. */
export interface Listing {
  head: Head
  /** The paths of the selections on which the listing depends. */
  paths: readonly string[]
  articles: () => Promise<Article[]>
  /** Reads the newest articles, or a page before or after a place in their order; undefined for a single article. */
  page?: (from?: From) => Promise<Page>
  /** Reads the teasers of the same articles; the store is asked only if memory has none of this revision. */
  teasers: (from?: From) => Promise<readonly Article[]>
  withdrawn: () => Promise<Tombstone[]>
}
