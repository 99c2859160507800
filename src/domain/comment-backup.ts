import type { KeptComment } from './kept-comment.ts'

/** What happened to a comment, as a backup has it: without the e-mail address of a reader. `at` is epoch milliseconds. */
export interface CommentEventFacts {
  at: number
  kind: 'decided' | 'edited' | 'reported'
  actor?: string
  state?: string
  reason?: string
  text?: string
}

/**
 * What a backup says about a comment besides, so that an empty store answers as before: its number, the revision of its last change,
 * the numbers of the comment that it answers and of the first one of its thread, the exact instants in epoch milliseconds, the number
 * of reports since the last decision, and its log.
 */
export interface CommentFacts {
  number: number
  revision: number
  parent?: number
  thread?: number
  instants: { written: number; published?: number; edited?: number; withdrawn?: number }
  reports?: number
  events?: readonly CommentEventFacts[]
}

/** What a backup says about the head of the comments of a path. Without `revision`, no comment was public there yet. */
export interface DiscussionFacts {
  path: string
  revision?: number
  revised: number
  departed: number
  size: number
  closed?: boolean
}

/** A comment in a backup. Its e-mail address is only in the encrypted file. */
export type CommentLine = Omit<KeptComment, 'email'> & { kind: 'comment'; backup: CommentFacts }
export type DiscussionLine = DiscussionFacts & { kind: 'discussion' }

/** The kinds of lines about comments that a store lists for a backup. The first line of a backup does not count them. */
export const commentKinds = ['discussions', 'comments'] as const
