import type { Problem, Result } from './problem.ts'
import type { Selection } from './selection.ts'

/** A former path, and the present path of what had it. */
interface PathMove {
  path: string
  to: string
}

/** The path of an article that is withdrawn and that readers had seen: its page is gone, not unheard of. */
interface Seen {
  path: string
  seen: true
}

/**
 * What a store knows of a path apart from its articles: a section, tag or author with its name, a move, or that
 * readers had seen what is withdrawn.
 */
export type KnownPath = Pick<Selection, 'path' | 'title'> | PathMove | Seen

export const isMove = (known: KnownPath): known is PathMove => 'to' in known

/** What became of a path that was given back: it was written down, was known already, or cannot be so. */
export type PathReply = Result<'saved' | 'unchanged'>

export interface PathStore {
  /** Known paths in their order, after that one. */
  list(after: string, limit: number): Promise<KnownPath[]>
  /** Writes down all of them as one save, but those that cannot be so; a reply for each, in their order. */
  save(paths: readonly KnownPath[]): Promise<{ replies: PathReply[]; touched: string[] }>
}

export const invalidPath = (path: string, reason: string): { ok: false; problem: Problem } => ({
  ok: false,
  problem: { kind: 'invalid-path', path, reason },
})
