import type { Article, State } from './article.ts'
import type { Cursor, From } from './cursor.ts'
import type { FromImport, ImportStore } from './imports.ts'
import type { Issue } from './issue.ts'
import type { Claim, NameStore } from './name.ts'
import type { Archived, AtRevision, Revisions } from './revisions.ts'
import type { Selection } from './selection.ts'
import type { NewsEntry, SitemapEntry, SitemapPart } from './sitemap.ts'

/**
 * The metadata of a selection, without its articles. All instants are epoch milliseconds; `revised` and `since`
 * are whole seconds.
 */
export interface Head extends Selection {
  revision: number
  /** The time of the save that made this revision, rounded up to the next second. */
  revised: number
  /** The next instant at which the selection changes without a save by an editor. */
  due?: number
  /**
   * The next instant at which time alone changes anything of the site. All cache lifetimes end at it, because lifetimes
   * that followed the selection's `due` would tell which selection has an article under embargo.
   */
  siteDue?: number
  /**
   * The instant from which this version of the Worker (its renderers and settings) has been in charge; absent
   * if another version is in charge. Only the version in charge sends Last-Modified dates.
   */
  since?: number
  /**
   * The instant at which the read of this metadata began; absent if it began just now. A date after this instant is not
   * sent, even when it has come: a second save may have followed before it, and would have the same date.
   */
  readAt?: number
  /** The number of articles in the selection. */
  size: number
  /** The number of the selection's last archive; absent if the selection has no archive. */
  latest?: number
  /**
   * The revision of the last save that removed an article from the selection without a tombstone, or that
   * deleted a tombstone.
   */
  departed: number
  /**
   * The number of seconds since this metadata was last read from the store; present only if the store could not
   * be reached.
   */
  stale?: number
  /**
   * The instant at which this metadata was read, in epoch milliseconds; present only if scheduled changes whose
   * time has come could not be saved. The content that is public at this instant then differs from the content
   * of `revision`, so the answer has no validators, and no memory keeps anything under `revision`.
   */
  overdue?: number
  /**
   * Present if the content was already read, and a save came between the read of this metadata and the read of the
   * content. The content is then newer than `revision`.
   */
  outdated?: true
}

/**
 * The metadata of an archive, without its articles; `earlier` and `later` are the numbers of the neighbouring
 * archives.
 */
export interface ArchiveHead extends Omit<NameHead, 'title'>, Pick<Head, 'due' | 'siteDue'> {
  archive: number
  earlier?: number
  later?: number
}

/**
 * The title of a selection, with the revision and date of the save that set the title. A document that shows
 * the title but not the selection's articles changes only with this record. `path` identifies the record: it
 * is what `namePath` returns for the selection's path.
 */
export type NameHead = Pick<
  Head,
  'path' | 'title' | 'revision' | 'revised' | 'since' | 'readAt' | 'stale' | 'overdue'
>

export type ArchiveHeads = readonly [ArchiveHead, ...NameHead[]]

/**
 * A part of a selection's articles, the newest first. `older` and `newer` are the cursors from which the
 * neighbouring pages are read; absent if there are none.
 */
export interface Page {
  articles: Stored[]
  /** The revision of each of the selections when the articles were read, in the order of the selections. */
  revisions: Revisions
  older?: Cursor
  newer?: Cursor
}

/** An article with the revision of its last save. */
export interface Stored {
  article: Article
  revision: number
}

/**
 * A stored article whose row is bad: it was edited by hand or restored wrongly, and cannot be rendered. `issue` says
 * why. No list contains such an article, but a save can replace it.
 */
export interface BadArticle {
  article?: undefined
  /** The article's good fields, and values that mean nothing in place of the necessary fields that are bad. */
  salvaged: Article
  revision: number
  /** Whether the article is public. */
  shown: boolean
  issue: Issue
}

export type Found = Stored | BadArticle

/** Returns a stored article, or what can be salvaged of it. */
export const articleIn = (found: Found): Article => found.article ?? found.salvaged

/** Tells whether the row of a stored article is bad, so that the article cannot be rendered. */
export const isBad = (found: Found): found is BadArticle => found.article === undefined

/**
 * One article to save, the names that get a path with it, and what an import says about it. `replaces` is the revision of the
 * stored article that the caller has read, or null if the caller found no stored article. `undoes`: it takes an import back.
 * `isQuiet`: subscribers are told neither of the article nor of a correction, also not when an embargo of the article ends; if it is
 * absent, this stays as it is. `correction`: the correction that is new with this save, of which they are told if the article was public.
 */
export interface Change {
  article: Article
  replaces: number | null
  claims?: readonly Claim[]
  from?: FromImport
  undoes?: boolean
  isQuiet?: boolean
  correction?: string
}

/**
 * The result of a save. `touched` lists the paths of the purge that the save's batch has stored: the selections and
 * archives whose public content the save changed, and those that a scheduled change will change so soon that the edge
 * cache may then still use a copy made before the save.
 */
export type Outcome =
  | { kind: 'saved'; revision: number; touched: string[] }
  | { kind: 'conflict' }
  | { kind: 'slug-taken' }
  /** Nothing was saved, because the request would pass a limit of the platform. */
  | { kind: 'unfinished' }

/** A record that an article was withdrawn from a selection, for feed readers; `withdrawn` is in epoch milliseconds. */
export interface Tombstone {
  id: string
  withdrawn: number
  /** The revision of the save that withdrew the article. */
  revision: number
}

/**
 * An editor's query for articles. The result is sorted by publication date, the newest first. With `since` (a
 * revision), the result is sorted by the revision of each article's last save instead, and the field
 * `published` of a cursor contains a revision instead of a date.
 */
export interface Query {
  /** A filter for a list of articles: only articles in this state at present. */
  state?: State
  /** A filter for a list of articles: the result contains only articles that are in all selections with these paths. */
  within?: readonly string[]
  since?: number | undefined
  before?: Cursor
  limit: number
}

/** The maximum number of articles, or of known paths, on one page of the API's lists. */
export const maxListed = 100

export interface Store extends NameStore, ImportStore<Found> {
  /**
   * Returns the heads of selections, in the order of `paths`; returns undefined if one of the selections has
   * never contained a public article. `digest` (a hash of renderers and settings) names the version that asks;
   * if no version is in charge yet, the method puts this one in charge. If the `due` of a head is in the past,
   * the method first runs `release`, so it never returns an outdated head. If `release` fails, the head has
   * `overdue`, and the caller passes the present instant as `at` to the methods that read articles.
   */
  heads(paths: readonly string[], digest: string): Promise<Head[] | undefined>
  /**
   * Returns the newest articles that are in all of these selections; the selection with the fewest articles
   * must come first in `paths`. With `at`, the result contains the articles that are public at this instant, as
   * if the scheduled changes up to this instant were saved.
   */
  newest(paths: readonly string[], limit: number, at?: number): Promise<Page>
  /**
   * Returns a page of the articles that are in all of these selections, from a cursor on. With `at`, the page
   * lacks the articles that have expired at this instant.
   */
  page(paths: readonly string[], from: From, limit: number, at?: number): Promise<Page>
  /**
   * Returns the canonical form of a cursor in a selection: the cursor of the public article next to it, in the direction away
   * from the page. The page has the same articles from both.
   */
  canonical(path: string, from: From): Promise<From>
  /**
   * Returns the head of an archive of the selection `path`, followed by a `NameHead` for each selection in
   * `others`. Returns undefined if the archive does not exist, or if a selection in `others` has never been
   * public. As in `heads`, the method may put the version `digest` in charge, and never returns an outdated head
   * without `overdue`.
   */
  archive(
    path: string,
    archive: number,
    others: readonly string[],
    digest: string,
  ): Promise<ArchiveHeads | undefined>
  /**
   * Returns the title of the selection `path`, and those public articles of one of its archives that are also
   * in all the selections `others`, the newest first. With `at`, the articles are those that are public at this
   * instant.
   */
  archived(path: string, archive: number, others: readonly string[], at?: number): Promise<Archived>
  /**
   * Returns the tombstones of at most a hundred articles, the last withdrawn first. Each of these articles
   * was in every one of the given selections when it was withdrawn. With `at`, the result lacks the tombstones that
   * have ended at this instant.
   */
  withdrawn(paths: readonly string[], at?: number): Promise<Tombstone[]>
  /** Returns the stored article that has this slug, whatever its state. */
  find(slug: string): Promise<Found | undefined>
  /** Returns the stored articles that have one of these ids or one of these slugs, in no particular order. */
  findMany(ids: readonly string[], slugs: readonly string[]): Promise<Found[]>
  /** Returns the slugs, among the given ones, that no article has or had, in the given order. */
  freeSlugs(slugs: readonly string[]): Promise<string[]>
  /**
   * Returns the slugs, among the given ones, of articles that were deleted after they had been scheduled, and so before
   * they were public.
   */
  deletedSlugs(slugs: readonly string[]): Promise<string[]>
  /** Returns the new path for a former path. */
  moved(path: string): Promise<string | undefined>
  /** Returns the new paths of those given paths that are former ones and name no selection now, by the former path. */
  movedAmong(paths: readonly string[]): Promise<Map<string, string>>
  /** Returns a page of articles, and the articles of the page whose rows are bad. */
  list(query: Query): Promise<{ articles: Stored[]; bad: BadArticle[]; next?: Cursor }>
  /** Returns the selections in a folder that have public articles, sorted by key, beginning with the key `from`. */
  selections(folder: string, from: string, limit: number): Promise<AtRevision<Selection[]>>
  /**
   * Returns the initials of the sections, tags or authors: the first character of each key (the last part of
   * the path), each character once, in the order of the keys.
   */
  initials(folder: string, limit: number): Promise<AtRevision<string[]>>
  /**
   * Returns the highest number that any section, tag or author has. Sections, tags and authors get their
   * permanent numbers from one sequence, each when it first becomes public.
   */
  lastNumber(): Promise<AtRevision<number>>
  /**
   * Returns the paths of the sections, tags and authors that have these numbers and public articles, sorted by
   * number.
   */
  pathsNumbered(first: number, last: number): Promise<AtRevision<string[]>>
  /** Returns the sitemaps of articles that search engines may list, the oldest first. */
  sitemapParts(): Promise<AtRevision<SitemapPart[]>>
  /** Returns the metadata of a sitemap, without its articles; undefined if there is no such sitemap. */
  sitemapHead(
    number: number,
  ): Promise<Pick<Head, 'revision' | 'revised' | 'readAt' | 'due' | 'stale'> | undefined>
  /** Returns the articles of a sitemap. With `at`, the result lacks the articles that have expired at this instant. */
  sitemapEntries(number: number, at?: number): Promise<AtRevision<SitemapEntry[]>>
  /**
   * Returns the articles that were published since an instant and that search engines may list, the newest first.
   * With `at`, the result lacks the articles that have expired at this instant.
   */
  newsEntries(since: number, limit: number, at?: number): Promise<AtRevision<NewsEntry[]>>
  /**
   * Saves all changes in one batch and as one revision, or saves none of them. No two changes may have the same
   * id or the same slug. `urgent`: the save hides content, so the edge must not serve its copies any longer.
   */
  save(changes: readonly Change[], urgent?: boolean): Promise<Outcome>
  /**
   * Deletes an article that was never public. Returns false if the article was public, or if another save has
   * changed the article since the caller read it.
   */
  remove(id: string, replaces: number): Promise<boolean>
  /** Tells whether the selection contains, or once contained, a public article. */
  isKnown(path: string): Promise<boolean>
  /** Moves a selection that contains no public article any more to another path and name, which `claims` may give it. */
  rename(from: string, to: string, title: string, claims: readonly Claim[]): Promise<Outcome>
  /** Prepares a rename: who has chosen the former path is told of the new one too, until the rename makes one choice of both. */
  prepareRename(from: string, to: string): Promise<void>
  /** Carries out every change that is due; to repeat it does no harm. Returns the paths of the changed selections. */
  release(): Promise<string[]>
  /**
   * Puts the version with this digest in charge: from the instant `since` on, it sends Last-Modified dates, and
   * all other versions send none. Returns false if the version already is in charge, or if another version took
   * charge less than a minute ago.
   */
  takeCharge(digest: string): Promise<boolean>
  isEmpty(): Promise<boolean>
}
