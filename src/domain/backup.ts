import type { Article, NameKey, State } from './article.ts'
import {
  type CommentFacts,
  type CommentLine,
  commentKinds,
  type DiscussionFacts,
  type DiscussionLine,
} from './comment-backup.ts'
import type { ArticleOrigin, FromImport } from './imports.ts'
import type { Issue } from './issue.ts'
import type { CommentToKeep } from './kept-comment.ts'
import type { PathMove } from './path.ts'
import { articleIn, type Found, isBad } from './store.ts'

/** What is known besides its fields about an article that is imported: what a backup says, and what the import says. */
export interface Origin {
  backup?: FromBackup
  import?: FromImport
}

/**
 * What a line of a backup says about the store from which an article or a name was exported. `revision` is the revision
 * of the article's last save there, or the revision at which the name was given; backups of former versions lack it. `keys`
 * is the article's field of this name: a name that the store does not know yet gets this path if it is free.
 */
export interface FromBackup {
  revision?: number
  keys?: readonly NameKey[]
}

/**
 * Tells whether the article in a backup, which differs from the stored one, is older than the stored one: its last save
 * came before the last save of the stored article. If the backup names no revision, the dates `updated` are compared. If
 * they are equal, the stored article counts as newer, because a rename of its section changes no date. No article is older
 * than a public one that cannot be rendered, because readers lack that article anyway. But one that is not public may
 * have been withdrawn.
 */
export function isOlder(article: Article, { revision }: FromBackup, stored: Found): boolean {
  if (isBad(stored) && stored.shown) return false
  if (revision !== undefined) return revision < stored.revision
  return article.updated <= articleIn(stored).updated
}

/** What a backup says about an article besides its JSON, so that every address answers as before. */
export interface ArticleFacts {
  /** The article's number, which is a part of cursors and orders articles with equal dates. */
  number: number
  /** The revision of the article's last save. */
  revision: number
  state: State
  /** Whether the article was ever public. */
  seen: boolean
  /** The validators of the article's own page; absent if the article was never public. */
  page?: PageFacts
  /** The article's tombstones: the path of the selection, the instant of the withdrawal, and its revision. */
  tombstones?: [selection: string, withdrawn: number, revision: number][]
}

interface PageFacts {
  revision: number
  revised: number
  departed: number
}

/**
 * What a backup says about a selection besides its name. `named` is the revision and date of the present name; `names` has
 * the other names that lead to the selection, as folded forms (`foldName`).
 */
export interface SelectionFacts extends PageFacts {
  number?: number
  named: [revision: number, revised: number]
  names?: string[]
}

/** An archive with the numbers of its articles, in their order. */
export interface ArchiveFacts {
  selection: string
  part: number
  revision: number
  revised: number
  earlier?: number
  later?: number
  articles: number[]
}

/** A line of a backup about a section, tag or author, or about the selection of all articles, whose path is empty. */
export interface SelectionLine {
  path: string
  title: string
  backup: SelectionFacts
}

export type ArticleLine = Article & { backup: ArticleFacts }
export type ArchiveLine = ArchiveFacts & { kind: 'archive' }
/** The path of the file from which an article was imported. */
export type OriginLine = ArticleOrigin & { kind: 'origin' }

/** The bad row of an article: the article's slug and id, the wrong field and the reason. */
export interface BadRow extends Issue {
  slug: string
  id: string
}

/** A stored article that cannot be exported, because its row is bad. */
export interface BadLine {
  bad: BadRow
  number: number
}

/** The kinds of lines that a store lists for a backup, besides redirects, and that the first line of a backup counts. */
export const lineKinds = ['selections', 'articles', 'archives'] as const
export type LineKind = (typeof lineKinds)[number]
/** All kinds of lines that a store lists. No count of origins and of comments is in the first line, because former versions refuse unknown counts. */
export const listedKinds = [...lineKinds, 'origins', ...commentKinds] as const
export type ListedKind = (typeof listedKinds)[number]
export type ExportedLine =
  | SelectionLine
  | ArticleLine
  | ArchiveLine
  | OriginLine
  | BadLine
  | CommentLine
  | DiscussionLine

/** The state of a store: the revision of its last save, and how many lines of each kind a backup has. */
export type BackupState = { revision: number } & Record<LineKind, number>

/** A page of lines of one kind. `next` is the position from which the next page is read; absent on the last one. */
export interface LinePage {
  lines: ExportedLine[]
  next?: string
}

/** A line to restore into an empty store. */
export type RestoredLine =
  | { selection: SelectionLine }
  | { article: Article; facts: ArticleFacts }
  | { archive: ArchiveFacts }
  | PathMove
  | { origin: ArticleOrigin }
  | { comment: CommentToKeep; commentFacts: CommentFacts }
  | { discussion: DiscussionFacts }

/** What became of a line: restored, unchanged because the store contains it already, or refused. */
export type RestoreReply = 'restored' | 'unchanged' | 'refused'

/** The part of the store that backups, and restores of the database, need. */
export interface BackupStore {
  state(): Promise<BackupState>
  /**
   * Lists lines of one kind from a position on. With `since`, the list has only what changed after that revision.
   */
  list(kind: ListedKind, after: string | undefined, since: number | undefined): Promise<LinePage>
  /**
   * Begins to restore a backup whose first line is `backup`, or goes on with it after an interruption. Returns false
   * if the store is not empty. Until `complete` is called, no other save is possible.
   */
  open(backup: BackupState): Promise<boolean>
  /**
   * Restores lines of the open backup with the given revision. Restoring a line again does no harm. An archive is
   * refused unless its selection and all of its articles were restored before it.
   */
  restore(revision: number, lines: readonly RestoredLine[]): Promise<RestoreReply[]>
  /**
   * Completes the open backup. If the store has everything that the backup has, and `exact` is true, all selections
   * get the revisions of the backup, and `exact` in the result is true. Otherwise they get a new revision, because the
   * ETags of the backup would stand for other content. The batch stores a purge of all copies at the edge.
   */
  complete(backup: BackupState, exact: boolean): Promise<{ exact: boolean; revision: number }>
  /**
   * Moves the store on after its database was restored to an earlier point in time: readers, subscribers and the edge
   * may know content that the restored database does not contain. After the call, no date that was sent before the
   * call equals a present date, no delta is made from an earlier revision, and each subscription is owed the new
   * revision. The batch stores a purge of all copies at the edge. Returns the new revision. Calling it again does no
   * harm.
   */
  restored(): Promise<number>
}
