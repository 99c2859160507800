import type { Article, State } from './article.ts'
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

/** One article of a save; `replaces` is the revision that was read, null where none was there. */
export interface Change {
  article: Article
  replaces: number | null
}

/** What came of a save. `touched` are the paths of the selections that anybody can see changed. */
export type Outcome =
  | { kind: 'saved'; revision: number; touched: string[] }
  | { kind: 'conflict' }
  | { kind: 'slug-taken' }

/** An article that readers of a selection are told is withdrawn; `withdrawn` in epoch milliseconds. */
export interface Tombstone {
  id: string
  withdrawn: number
}

/** Which articles an editor asks for; `since` is a revision. The newest published come first. */
export interface Query {
  /** Where they are in their life now. */
  state?: State
  /** The paths of selections: only what is in each of them. */
  within?: readonly string[]
  since?: number | undefined
  before?: Cursor
  most: number
}

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
  /** The newest articles that are in every one of these selections, by published, newest first. */
  newest(paths: readonly string[], most: number): Promise<Article[]>
  /** What readers are told is withdrawn from all of these selections, the last one first. */
  withdrawn(paths: readonly string[], most: number): Promise<Tombstone[]>
  find(slug: string): Promise<Stored | undefined>
  /** The stored articles among these ids and slugs, by either; in no order. */
  findMany(ids: readonly string[], slugs: readonly string[]): Promise<Stored[]>
  /** The path to which a former path has moved. */
  moved(path: string): Promise<string | undefined>
  list(query: Query): Promise<{ articles: Stored[]; next?: Cursor }>
  /** A folder's selections that have public articles, by key, from that key on. */
  selections(folder: string, from: string, most: number): Promise<Selection[]>
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

/** Marks every edge copy of these selections stale. */
export type Invalidate = (paths: readonly string[]) => Promise<void>
