// I/O: none; this file contains only types.
import type { Article } from '../domain/article.ts'
import type { From } from '../domain/cursor.ts'
import type { ShareOffer } from '../domain/feed.ts'
import type { Clock, Memory } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { Head, Page, Store, Tombstone } from '../domain/store.ts'

export interface ReadPorts {
  site: Site
  store: Store
  clock: Clock
  /**
   * The digest of renderers and settings. It is part of each ETag, so that a change of renderers or settings
   * changes the ETag even if the revision stays the same.
   */
  digest: string
  feedLength: number
  /** Makes the share links that a feed shows for an article; undefined if the feeds of the site show none. */
  offer?: (article: Article) => Promise<ShareOffer>
  /** The address of the hub that every feed advertises; undefined if the site has none. */
  hub?: string
  /** The isolate's memory, which keeps articles for later requests. */
  memory?: Memory
}

/** The head of a selection, and functions that read the articles of the selection. */
export interface Listing {
  head: Head
  /** The paths of the selections whose articles are listed: one path, or several for an intersection. */
  paths: readonly string[]
  articles: () => Promise<Article[]>
  /**
   * Reads the newest articles of the selection, or the page before or after a given article; undefined if the
   * listing is a single article.
   */
  page?: (from?: From) => Promise<Page>
  /**
   * Returns the canonical form of a cursor (`Store.canonical`): a client can invent any number of cursors, but only as many
   * are canonical as the selection has articles. Fails if memory does not know the cursor and the store fails: with the
   * cursor as it is, one date would stand for two contents, whose own addresses differ.
   */
  canonical?: (from: From) => Promise<From>
  /**
   * Reads the teasers of the articles that `articles` or `page` would read. The method reads the store if
   * memory has no teasers of this revision.
   */
  teasers: (from?: From) => Promise<readonly Article[]>
  /** Reads the tombstones. A caller that needs articles too reads them afterwards, because `isCurrent` checks them. */
  withdrawn: () => Promise<Tombstone[]>
  /**
   * Whether the articles that were read, and everything that was read before them, are of the revision of the head.
   * Otherwise a save came in between.
   */
  isCurrent: () => boolean
}
