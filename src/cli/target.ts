import type { Article } from '../domain/article.ts'
import type { BackupState, BadRow, ExportedLine, ListedKind, Origin } from '../domain/backup.ts'
import type { Examination } from '../domain/doctor.ts'
import type { ArticleInput } from '../domain/input.ts'
import type { KnownPath } from '../domain/path.ts'
import type { CommentsTarget } from './comments.ts'
import type { HubTarget } from './hub.ts'
import type { SubscriptionsTarget } from './subscriptions.ts'

/**
 * The outcome of saving one article or path. If it was saved, the outcome is its slug or path, what was done, and the title and
 * the day of publication of the article that was replaced; otherwise it is the reason for the refusal. `warnings` says what was
 * guessed or left out, or is doubtful. `kept` names the fields that the stored article keeps, because the import leaves them out.
 */
export type Reply = (
  | { ok: true; slug: string; kind: string; former?: Former }
  | { ok: false; reason: string }
) & {
  warnings?: readonly string[]
  kept?: readonly string[]
}

/** The title of an article that an import has replaced, and its day of publication. */
export interface Former {
  title: string
  day: string
}

/**
 * The conditions for a list of articles. The list contains only the articles that meet all of these
 * conditions.
 */
export interface Filter {
  status?: string
  section?: string
  tag?: string
  author?: string
  /** Lists only articles saved since this instant (RFC 3339), the last saved first. */
  since?: string
  /** `stored`: with the addresses of the site itself as paths, as a backup needs them. */
  form?: 'stored'
}

/** The operations with which backups are made and restored. */
export interface BackupTarget {
  state: () => Promise<BackupState>
  /** Lists the lines of one kind; with `since`, only what changed after that revision. */
  lines: (kind: ListedKind, since: number | undefined) => AsyncIterable<ExportedLine>
  /** Whether the token may read the comments; true if there are none. */
  mayListComments: () => Promise<boolean>
  /**
   * Begins or continues to restore a backup. Returns false if the store is not empty. Throws if the store is empty and
   * the token may not restore a backup.
   */
  open: (state: BackupState) => Promise<boolean>
  /** Restores lines of the open backup. Returns one reply for each line, in the same order. */
  restore: (state: BackupState, lines: readonly object[]) => Promise<Reply[]>
  /** Completes the open backup. Returns whether the store is now equal to the one that was exported. */
  complete: (state: BackupState, exact: boolean) => Promise<boolean>
}

/** The Kiosque on which the command line works, local or remote. */
export interface Target {
  /**
   * Saves a chunk of articles. Returns one reply for each article, in the same order as the articles. `origins` has,
   * for each article, what a backup and the import say about it.
   */
  save: (inputs: readonly ArticleInput[], origins?: readonly (Origin | undefined)[]) => Promise<Reply[]>
  /**
   * Begins an import of files; `files` is a hash of their names. Returns the number of the import, and whether it goes on with
   * the last import, which had the same files and was interrupted.
   */
  openImport: (files: string) => Promise<{ run: number; goesOn: boolean }>
  /** Takes back the last import. Yields what became of each of its articles. */
  undo: () => AsyncIterable<Reply>
  /** Marks an import as complete. */
  completeImport: (run: number) => Promise<void>
  /**
   * Begins a dry run of an import. Its `save` replies what a save would reply after the saves of the dry run before it, and
   * saves nothing. More than 200 articles with one title may get other numbers in their slugs than told.
   */
  openDryRun: () => Pick<Target, 'save'>
  /** Lists articles, the newest first. It passes each article whose row is bad to `onBadRow`. */
  list: (filter: Filter, onBadRow?: (row: BadRow) => void) => AsyncIterable<Article>
  /** Examines the store in portions. With `fix`, it first corrects in each portion what it can without loss. */
  examine: (fix: boolean) => AsyncIterable<Omit<Examination, 'next'>>
  /**
   * Lists the known paths: sections, tags and authors with their names, and former paths. A backup contains the
   * known paths in addition to the articles.
   */
  paths: () => AsyncIterable<KnownPath>
  /** Saves known paths from a backup. Returns one reply for each path, in the same order as the paths. */
  savePaths: (paths: readonly KnownPath[]) => Promise<Reply[]>
  /** Returns what `savePaths` would reply with the store as it is now, and saves nothing. */
  wouldSavePaths: (paths: readonly KnownPath[]) => Promise<Reply[]>
  /** Returns the time zone of the site (an IANA name); undefined if the Kiosque is of a version that does not tell it. */
  timeZone: () => Promise<string | undefined>
  /** Tells whether the site has a file at a path, such as `/media/pont.jpg`. If it cannot be known now, the answer is true. */
  hasFile: (path: string) => Promise<boolean>
  find: (slug: string) => Promise<Article | undefined>
  withdraw: (slug: string) => Promise<Reply>
  /**
   * Moves the store on after its database was restored to an earlier point in time. Returns the new revision.
   */
  restored: () => Promise<number>
  backup: BackupTarget
  hub: HubTarget
  subscriptions: SubscriptionsTarget
  comments: CommentsTarget
  close: () => Promise<void>
}
