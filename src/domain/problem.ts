import type { Moved } from './moved.ts'

/** What a caller did wrong: a closed union, given words and a status in `http/problem.ts`. */
export type Problem =
  | { kind: 'not-found'; what: string }
  | { kind: 'gone'; what: string }
  /** Not here any more, but elsewhere. */
  | ({ kind: 'moved' } & Moved)
  | { kind: 'invalid-article'; slug?: string; issues: Issue[] }
  | { kind: 'slug-taken'; slug: string }
  | { kind: 'invalid-path'; path: string; reason: string }
  /** What was to be created is there already: the article with this id, or the one with this slug. */
  | { kind: 'exists'; slug: string; by: 'id' | 'slug' }
  | { kind: 'withdrawn'; slug: string }
  | { kind: 'precondition-failed'; slug: string }
  | { kind: 'unreadable'; reason: string }
  | { kind: 'too-large'; bytes: number; maxBytes: number }
  | { kind: 'unsupported-type'; type: string; expected: string }
  /** Nothing of what there is pleases the client; `offers` are what there is. */
  | { kind: 'not-acceptable'; offers: readonly { type: string; url: string }[] }
  | { kind: 'method-not-allowed'; method: string; allow: readonly string[] }
  | { kind: 'no-token-configured' }
  | { kind: 'unauthorized' }
  | { kind: 'forbidden'; scope: string }
  | { kind: 'too-many-failures'; seconds: number }
  /** What somebody asked of the hub, and what would be right. */
  | { kind: 'invalid-subscription'; field: string; reason: string }
  | { kind: 'too-many-requests'; reason: string; seconds: number }
  | { kind: 'invalid-query'; field: string; reason: string; task?: string }
  /** A request that is not about one article; `task` is what it asked for. */
  | { kind: 'invalid-request'; task: string; issues: Issue[] }
  /** All the networks that were asked for are refused. */
  | { kind: 'networks-refused'; refused: { id: string; reason: string; use: readonly string[] }[] }
  | { kind: 'conflict'; slug: string }
  /** The same of a section, tag or author, by its path. */
  | { kind: 'rename-conflict'; path: string }
  /** The store cannot be asked; in so many seconds it is worth another try. */
  | { kind: 'unavailable'; seconds: number }
  /** An article that may be read and not embedded (oEmbed 1.0 §2.3.5). */
  | { kind: 'not-embeddable'; slug: string }
  | { kind: 'unknown-format'; format: string; known: readonly string[] }
  | { kind: 'misconfigured'; setting: string; reason: string }

/** How long a refused client waits before it tries again: as long as the period of each rate limit in wrangler.toml. */
export const retrySeconds = 60

/** One field that was wrong: `field` in dotted form, `reason` says what would be right. */
export interface Issue {
  field: string
  reason: string
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export const success = <T>(value: T): Result<T> => ({ ok: true, value })
export const failure = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem })
