import { isCommentId } from './comment.ts'
import { isEmailAddress } from './email-address.ts'
import type { Issue } from './issue.ts'

/**
 * A line about an e-mail address in the encrypted part of a backup: of the author of a comment (`commenter`), or of a reader who
 * reported it at the instant `at`, in epoch milliseconds (`reporter`). `comment` is the id of the comment, and `hash` the keyed hash
 * of the address, which stays that of the row, also if the site has another secret since.
 */
export type CommenterLine =
  | { kind: 'commenter'; comment: string; address: string; hash?: string }
  | { kind: 'reporter'; comment: string; at: number; address: string; hash?: string }

/** The largest number of lines of a page, and in one call that restores them. */
export const maxCommenterLines = 100

/** How many of the lines had which outcome. `unchanged`: the comment or report is unknown, deleted, or has an address already. */
export interface RestoredCommenters {
  restored: number
  unchanged: number
}

/** The store of the addresses of comments, as far as backups need it. */
export interface CommenterBackups {
  /** Lists the addresses after a position, which is empty at the begin. `next` is the position of the next page. */
  exportCommenters(after: string): Promise<{ commenters: CommenterLine[]; next?: string }>
  /** Gives comments and reports the addresses of a backup. */
  restoreCommenters(lines: readonly CommenterLine[]): Promise<RestoredCommenters>
}

/** Whether a value has the kind of a line about the address of a comment. */
export const isCommenterKind = (value: unknown): boolean => {
  const kind = (value as { kind?: unknown } | null)?.kind
  return kind === 'commenter' || kind === 'reporter'
}

/** Parses a line about an address of a comment. Further fields are left out. */
export function parseCommenterLine(value: unknown): CommenterLine | Issue {
  if (!isCommenterKind(value)) return { field: 'kind', reason: 'must be commenter or reporter' }
  const { kind, comment, at, address, hash } = value as Record<string, unknown>
  if (typeof comment !== 'string' || !isCommentId(comment))
    return { field: 'comment', reason: 'must be the id of a comment' }
  if (typeof address !== 'string' || !isEmailAddress(address))
    return { field: 'address', reason: 'must be an e-mail address' }
  if (hash !== undefined && !(typeof hash === 'string' && /^[\w-]{43}$/.test(hash)))
    return { field: 'hash', reason: 'must be 43 signs of base64url, or be absent' }
  const common = { comment, address, ...(typeof hash === 'string' && { hash }) }
  if (kind === 'commenter') return { kind, ...common }
  if (!Number.isSafeInteger(at)) return { field: 'at', reason: 'must be an instant in milliseconds' }
  return { kind: 'reporter', at: at as number, ...common }
}

/** Whether a parsed line is one, and no issue. */
export const isCommenterLine = (parsed: CommenterLine | Issue): parsed is CommenterLine => 'kind' in parsed
