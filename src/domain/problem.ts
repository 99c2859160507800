import type { Moved } from './moved.ts'

/** The errors that a request can cause. `http/problem.ts` has a text and an HTTP status for each of them. */
export type Problem =
  | { kind: 'not-found'; what: string }
  | { kind: 'gone'; what: string }
  /** The requested article or selection has a new path. */
  | ({ kind: 'moved' } & Moved)
  | { kind: 'invalid-article'; slug?: string; issues: Issue[] }
  | { kind: 'slug-taken'; slug: string }
  | { kind: 'invalid-path'; path: string; reason: string }
  /** A request to create an article found an existing article with the same id or the same slug. */
  | { kind: 'exists'; slug: string; by: 'id' | 'slug' }
  | { kind: 'withdrawn'; slug: string }
  | { kind: 'precondition-failed'; slug: string }
  | { kind: 'unreadable'; reason: string }
  | { kind: 'too-large'; bytes: number; maxBytes: number }
  | { kind: 'unsupported-type'; type: string; expected: string }
  /** The client accepts none of the available media types, which `offers` lists. */
  | { kind: 'not-acceptable'; offers: readonly { type: string; url: string }[] }
  | { kind: 'method-not-allowed'; method: string; allow: readonly string[] }
  | { kind: 'no-token-configured' }
  | { kind: 'unauthorized' }
  | { kind: 'forbidden'; scope: string }
  | { kind: 'too-many-failures'; seconds: number }
  /** A WebSub request has an invalid field; `reason` says how to correct it. */
  | { kind: 'invalid-subscription'; field: string; reason: string }
  | { kind: 'too-many-requests'; reason: string; seconds: number }
  | { kind: 'invalid-query'; field: string; reason: string; task?: string }
  /** A request that concerns no single article is invalid; `task` names the operation. */
  | { kind: 'invalid-request'; task: string; issues: Issue[] }
  /** All share networks that the request names are refused. */
  | { kind: 'networks-refused'; refused: { id: string; reason: string; use: readonly string[] }[] }
  | { kind: 'conflict'; slug: string }
  /**
   * While a request was renaming the section, tag or author with this path, another request changed that
   * section, tag or author.
   */
  | { kind: 'rename-conflict'; path: string }
  /** The store cannot be reached; the client may try again after the given number of seconds. */
  | { kind: 'unavailable'; seconds: number }
  /** The article may be read but not embedded in other sites (oEmbed 1.0 §2.3.5). */
  | { kind: 'not-embeddable'; slug: string }
  | { kind: 'unknown-format'; format: string; known: readonly string[] }
  | { kind: 'misconfigured'; setting: string; reason: string }

/**
 * The number of seconds that a client must wait after it exceeded a rate limit; equal to the period of each
 * rate limit in wrangler.toml.
 */
export const retrySeconds = 60

/**
 * One invalid field of a request: `field` is its path, with dots between names, and `reason` says how to
 * correct it.
 */
export interface Issue {
  field: string
  reason: string
}

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export const success = <T>(value: T): Result<T> => ({ ok: true, value })
export const failure = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem })
