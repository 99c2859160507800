import type { Issue } from './issue.ts'
import type { Moved } from './moved.ts'

/** The errors that a request can cause. `http/problem.ts` has a text and an HTTP status for each of them. */
export type Problem =
  | { kind: 'not-found'; what: string }
  | { kind: 'gone'; what: string }
  /** The problem of a request for an article or selection that has a new path. */
  | ({ kind: 'moved' } & Moved)
  | { kind: 'invalid-article'; slug?: string; issues: Issue[] }
  | { kind: 'slug-taken'; slug: string }
  /** The problem of a stored article that cannot be rendered, because its row is bad. */
  | { kind: 'bad-row'; slug: string; issue: Issue }
  | { kind: 'invalid-path'; path: string; reason: string }
  /** The problem of a request to create an article whose id or slug an existing article has. */
  | { kind: 'exists'; slug: string; by: 'id' | 'slug' }
  | { kind: 'withdrawn'; slug: string }
  | { kind: 'precondition-failed'; slug: string }
  | { kind: 'unreadable'; reason: string }
  | { kind: 'too-large'; bytes: number; maxBytes: number }
  /** The problem of a request with more lines than one request may have. */
  | { kind: 'too-many-lines'; maxLines: number }
  /** The problem of an article that was not saved, because its request has reached a limit of the platform. */
  | { kind: 'unfinished'; slug: string }
  /**
   * The problem of a section, tag or author that was renamed in a part of its articles only, because the request has reached
   * a limit of the platform. The same request to the address `next` goes on.
   */
  | { kind: 'partly-renamed'; path: string; next: string }
  | { kind: 'unsupported-type'; type: string; expected: string }
  /** The problem of a client that accepts none of the available media types; `offers` lists these types. */
  | { kind: 'not-acceptable'; offers: readonly { type: string; url: string }[] }
  | { kind: 'method-not-allowed'; method: string; allow: readonly string[] }
  | { kind: 'no-token-configured' }
  | { kind: 'unauthorized' }
  | { kind: 'forbidden'; scope: string }
  | { kind: 'too-many-failures'; seconds: number }
  /** The problem of a WebSub request with an invalid field; `reason` says how to correct the field. */
  | { kind: 'invalid-subscription'; field: string; reason: string }
  | { kind: 'too-many-requests'; reason: string; seconds: number }
  /** The problem of a comment on an article on which nobody can comment any more. */
  | { kind: 'comments-closed' }
  | { kind: 'invalid-query'; field: string; reason: string; task?: string }
  /** A request has invalid fields and concerns no single article; `task` names the operation of the request. */
  | { kind: 'invalid-request'; task: string; issues: Issue[] }
  /** The problem of a request that names only share networks for which Kiosque makes no share links. */
  | { kind: 'networks-refused'; refused: { id: string; reason: string; use: readonly string[] }[] }
  /** The problem of a line of a backup; `reason` says what is wrong. */
  | { kind: 'invalid-line'; reason: string }
  /** The problem of a backup that is to be restored into a store that is not empty. */
  | { kind: 'not-empty' }
  /** The problem of an article from a backup whose stored version was, or may have been, saved later. */
  | { kind: 'older'; slug: string; isDeleted?: boolean }
  /**
   * The problem of an article of an import of which it is doubtful whether it is this stored article; `day` is the stored
   * article's day of publication.
   */
  | { kind: 'doubtful'; slug: string; title: string; day: string; reason: string }
  /** The problem of an article of the last import that cannot be taken back. */
  | { kind: 'not-undone'; slug: string; reason: string }
  | { kind: 'conflict'; slug: string }
  /**
   * The problem of a request to rename a section, tag or author while another request changes the same section,
   * tag or author; `path` is its path.
   */
  | { kind: 'rename-conflict'; path: string }
  /**
   * The problem of a store that cannot be reached; the client may try again after the given number of seconds.
   * `importing`: the import of a backup is not complete, and until then no save is possible.
   */
  | { kind: 'unavailable'; seconds: number; importing?: boolean }
  /** The problem of an article that may be read but not embedded in other sites (oEmbed 1.0 §2.3.5). */
  | { kind: 'not-embeddable'; slug: string }
  | { kind: 'unknown-format'; format: string; known: readonly string[] }
  | { kind: 'misconfigured'; setting: string; reason: string }

/**
 * The number of seconds that a client must wait after it exceeded a rate limit; equal to the period of each
 * rate limit in wrangler.toml.
 */
export const retrySeconds = 60

export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem }

export const success = <T>(value: T): Result<T> => ({ ok: true, value })
export const failure = (problem: Problem): { ok: false; problem: Problem } => ({ ok: false, problem })
