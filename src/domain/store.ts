import type { Article, State } from './article.ts'
import type { Selection } from './selection.ts'
import type { NewsEntry, SitemapEntry, SitemapPart } from './sitemap.ts'

/**
 * What is known of a selection without reading its articles.
 * All instants are epoch milliseconds; `revised` and `since` are whole seconds.
 */
export interface Head extends Selection {
  revision: number
  /** The time of the save that made this revision, rounded up to the next second. */
  revised: number
  /** The next instant at which time alone changes the selection. */
  due?: number
  /** Since when the renderer and the settings have been the present ones. */
  since: number
  /** How many articles are in it. */
  size: number
  /** Its last archive, where it has one. */
  latest?: number
  /** The revision at which something last left it that no tombstone tells of. */
  departed: number
  /** Present when the store could not be asked: how many seconds ago this was last known to hold. */
  stale?: number
}

/** What is known of an archive without reading its articles; `earlier` and `later` are those beside it. */
export interface ArchiveHead extends Pick<Head, 'path' | 'revision' | 'revised' | 'due' | 'since' | 'stale'> {
  archive: number
  earlier?: number
  later?: number
}

/** A selection's name with the save that gave it, for what shows that and not what is in it; `path` is the name's. */
export type NameHead = Pick<Head, 'path' | 'title' | 'revision' | 'revised' | 'since' | 'stale'>

export type ArchiveHeads = readonly [ArchiveHead, ...NameHead[]]

/** Some of a selection's articles, the newest first, and where those before and after them begin. */
export interface Page {
  articles: Stored[]
  older?: Cursor
  newer?: Cursor
}

/** A place in the order of a feed from which a page is read, to either side. */
export type From = { before: Cursor } | { after: Cursor }

/** An article with the revision of its last save. */
export interface Stored {
  article: Article
  revision: number
}

/** One article of a save; `replaces` is the revision that was read, null where none was there. */
export interface Change {
  article: Article
  replaces: number | null
}

/**
 * What came of a save. `touched` are the paths of the selections that anybody can see changed, or that time changes
 * before a copy made earlier has ended.
 */
export type Outcome =
  | { kind: 'saved'; revision: number; touched: string[] }
  | { kind: 'conflict' }
  | { kind: 'slug-taken' }

/** An article that readers of a selection are told is withdrawn; `withdrawn` in epoch milliseconds. */
export interface Tombstone {
  id: string
  withdrawn: number
  /** Of the save that withdrew it. */
  revision: number
}

/**
 * Which articles an editor asks for. The newest published come first; with `since`, which is a revision, those
 * that were saved last, and a cursor's `published` is then a revision too.
 */
export interface Query {
  /** Where they are in their life now. */
  state?: State
  /** The paths of selections: only what is in each of them. */
  within?: readonly string[]
  since?: number | undefined
  before?: Cursor
  limit: number
}

/** How many articles, or known paths, one page of the API's lists holds. */
export const maxListed = 100

/** A place in the order of a listing. */
export interface Cursor {
  published: number
  number: number
}

export interface Store {
  /**
   * The heads of selections, in the order of their paths, or undefined when nobody may know of one of them.
   * Records `digest` (of renderer and settings) as the present one. A head whose `due` has come is never
   * returned: `release` runs first.
   */
  heads(paths: readonly string[], digest: string): Promise<Head[] | undefined>
  /** The newest articles that are in every one of these selections, of which the rarest comes first. */
  newest(paths: readonly string[], limit: number): Promise<Page>
  /** A page of the same, from a place in their order. */
  page(paths: readonly string[], from: From, limit: number): Promise<Page>
  /**
   * The head of an archive of a selection, as `heads` reads those of selections, and behind it the heads of the names
   * of other selections; undefined when nobody may know of one of them.
   */
  archive(
    path: string,
    archive: number,
    others: readonly string[],
    digest: string,
  ): Promise<ArchiveHeads | undefined>
  /**
   * The title of the selection, and what of an archive's articles anybody can see that is in the others too, the
   * newest first.
   */
  archived(
    path: string,
    archive: number,
    others: readonly string[],
  ): Promise<{ title: string; articles: Article[] }>
  /** The last hundred articles that readers are told are withdrawn from all of these selections, the last one first. */
  withdrawn(paths: readonly string[]): Promise<Tombstone[]>
  find(slug: string): Promise<Stored | undefined>
  /** The stored articles among these ids and slugs, by either; in no order. */
  findMany(ids: readonly string[], slugs: readonly string[]): Promise<Stored[]>
  /** Those of the slugs that no article has and none had, in their order. */
  freeSlugs(slugs: readonly string[]): Promise<string[]>
  /** The path to which a former path has moved. */
  moved(path: string): Promise<string | undefined>
  list(query: Query): Promise<{ articles: Stored[]; next?: Cursor }>
  /** A folder's selections that have public articles, by key, from that key on. */
  selections(folder: string, from: string, limit: number): Promise<Selection[]>
  /** The first characters of their keys, each once, in the same order. */
  initials(folder: string, limit: number): Promise<string[]>
  /** The highest number of a section, tag or author: each has one, for good, from when readers know of it. */
  lastNumber(): Promise<number>
  /** The paths of those with these numbers that have public articles, by number. */
  pathsNumbered(first: number, last: number): Promise<string[]>
  /** The sitemaps of the articles that search engines may be told of, oldest first. */
  sitemapParts(): Promise<SitemapPart[]>
  /** What is known of a sitemap without reading its articles; undefined where there is none. */
  sitemapHead(number: number): Promise<Pick<Head, 'revision' | 'revised' | 'due' | 'stale'> | undefined>
  sitemapEntries(number: number): Promise<SitemapEntry[]>
  /** The newest of those articles since an instant, newest first. */
  newsEntries(since: number, limit: number): Promise<NewsEntry[]>
  /** Saves all of them in one batch and as one revision, or none. Their ids and slugs differ. */
  save(changes: readonly Change[]): Promise<Outcome>
  /** Deletes an article that nobody could ever see; false when somebody could, or another save came before. */
  remove(id: string, replaces: number): Promise<boolean>
  /** Whether anybody may know of the selection. */
  isKnown(path: string): Promise<boolean>
  /** Moves a selection, in whose articles nothing is seen any more, to another path and name. */
  rename(from: string, to: string, title: string): Promise<Outcome>
  /** Runs every change that time alone made due; idempotent. Returns the paths of the touched selections. */
  release(): Promise<string[]>
  isEmpty(): Promise<boolean>
}
