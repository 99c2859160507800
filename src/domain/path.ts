import type { Problem, Result } from './problem.ts'
import type { Selection } from './selection.ts'

/** A former path of an article or selection, and the present path of that article or selection. */
interface PathMove {
  path: string
  to: string
}

/** The path of a withdrawn article that was public once: its page answers 410 (gone) instead of 404. */
interface Seen {
  path: string
  seen: true
}

/**
 * A path on which the store keeps information apart from its articles: the name of a section, tag or author; a
 * redirect from a former path; or the path of a withdrawn article that was public once.
 */
export type KnownPath = Pick<Selection, 'path' | 'title'> | PathMove | Seen

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
   * Saves all known paths in one save, except those that must be refused. Returns a result for each path, in
   * the same order, with the revision of the save and the paths of the changed selections.
   */
  save(paths: readonly KnownPath[]): Promise<{ replies: PathReply[]; revision: number; touched: string[] }>
}

/** Why a redirect is refused if an article or a selection has its path. */
export const pathInUse = 'path: is in use, so it cannot redirect'

export const invalidPath = (path: string, reason: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { kind: 'invalid-path', path, reason },
})
