import type { Problem, Result } from './problem.ts'
import type { Selection } from './selection.ts'

/**
 * Other names that have the path in the store of a backup, because a section, tag or author was renamed there. They are
 * spellings or folded forms (`foldName`).
 */
interface FormerNames {
  names?: readonly string[]
}

/** A former path of an article or selection, and the present path of that article or selection. */
export interface PathMove extends FormerNames {
  path: string
  to: string
}

/** The path of a withdrawn article that was public once: its page answers 410 (gone) instead of 404. */
interface Seen {
  path: string
  seen: true
}

/** The name of a section, tag or author. */
export type NamedSelection = Pick<Selection, 'path' | 'title'> & FormerNames

export const maxFormerNames = 1000
/** Of a former name. A backup has folded forms, which may be longer than the names. */
export const maxFormerNameCharacters = 5000

/**
 * A path on which the store keeps information apart from its articles: the name of a section, tag or author; a
 * redirect from a former path; or the path of a withdrawn article that was public once.
 */
export type KnownPath = NamedSelection | PathMove | Seen

export const isNamed = (known: KnownPath): known is NamedSelection => 'title' in known

export const isMove = (known: KnownPath): known is PathMove => 'to' in known

/**
 * The result of restoring a known path from a backup: saved, unchanged because the store already contained the
 * path, or refused.
 */
export type PathReply = Result<'saved' | 'unchanged'>

export interface PathStore {
  /** Returns known paths in ascending order, beginning with the first path that comes after the path `after`. */
  list(after: string, limit: number): Promise<KnownPath[]>
  /**
   * Saves all known paths in one save, except those that must be refused (`checkPaths`). Returns a result for each path,
   * in the same order, with the revision of the save and the paths of the changed selections.
   */
  save(paths: readonly KnownPath[]): Promise<{ replies: PathReply[]; revision: number; touched: string[] }>
  /** Returns what `save` would reply now, and saves nothing. */
  check(paths: readonly KnownPath[]): Promise<PathReply[]>
}

/** Why a redirect is refused if an article or a selection has its path. */
export const pathInUse = 'path: is in use, so it cannot redirect'

/** Why a redirect is refused if its target does not exist. */
export const noTarget = 'to: must be the path of an existing article, section, tag or author'

/** Why a redirect is refused if the title of its target is refused. */
export const titleRefused = 'to: the title of this path is refused'

export const invalidPath = (path: string, reason: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { kind: 'invalid-path', path, reason },
})
