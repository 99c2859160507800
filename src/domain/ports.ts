import type { Article } from './article.ts'
import type { Selection } from './selection.ts'

/** The clock: epoch milliseconds. */
export type Clock = () => number

/** Writes one structured line; never anything secret. */
export type Log = (event: string, fields: Record<string, unknown>) => void

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
}

/** An article with the revision of its last save. */
export interface Stored {
  article: Article
  revision: number
}

/** What came of a save. `touched` are the paths of the selections that anybody can see changed. */
export type Outcome =
  | { kind: 'created' | 'replaced'; revision: number; touched: string[] }
  | { kind: 'conflict' }
  | { kind: 'slug-taken' }
  | { kind: 'id-taken' }

export interface Store {
  /**
   * The head of a selection, or undefined when nobody may know of it. Records `digest` (of renderer and
   * settings) as the present one. Never returns a head whose `due` has come: run `release` first.
   */
  head(path: string, digest: string): Promise<Head | undefined>
  /** The newest articles of a selection, by published, newest first. */
  newest(path: string, most: number): Promise<Article[]>
  find(slug: string): Promise<Stored | undefined>
  /** Saves in one batch; `replaces` is the revision that was read, null where none was there. */
  save(article: Article, replaces: number | null): Promise<Outcome>
  /** Runs every change that time alone made due; idempotent. Returns the paths of the touched selections. */
  release(): Promise<string[]>
  isEmpty(): Promise<boolean>
}

/** Marks every edge copy of these selections stale. */
export type Invalidate = (paths: readonly string[]) => Promise<void>
