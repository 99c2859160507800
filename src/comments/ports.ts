// I/O: none; this file contains only types.
import type { CheckedSender } from '../domain/comment.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import type { Clock } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { SuspectedComment } from './akismet.ts'

/** What the flow of comments needs. */
export interface CommentPorts {
  site: Site
  comments: CommentStore
  /** The secrets of forms and of hashes of e-mail addresses; the first signs. */
  secrets: readonly [current: string, ...former: string[]]
  /** The words of which a comment that has one waits for a moderator. */
  words: readonly string[]
  clock: Clock
  /** Returns `length` random bytes. */
  bytes: (length: number) => Uint8Array
  /** Asks whether a person sent a form with this token; undefined on a site without this check. */
  isHuman?: (token: string) => Promise<CheckedSender>
  /** Asks whether a comment is spam; undefined on a site that asks nobody. */
  isSpam?: (comment: SuspectedComment) => Promise<CheckedSender>
  /** Whether this client may send another comment now. */
  mayAsk: (client: string) => Promise<boolean>
}
