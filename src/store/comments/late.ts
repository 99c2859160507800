import type { CommentStore } from '../../domain/comment-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { lateStore } from '../late.ts'

const methods: Readonly<Record<keyof CommentStore, true>> = {
  head: true,
  page: true,
  canonical: true,
  withdrawn: true,
  threads: true,
  thread: true,
  find: true,
  sender: true,
  salt: true,
  ban: true,
  isClosed: true,
  close: true,
  add: true,
  keep: true,
  own: true,
  edit: true,
  list: true,
  shown: true,
  report: true,
  history: true,
  decide: true,
  person: true,
  erase: true,
  eraseAgain: true,
  exportCommenters: true,
  restoreCommenters: true,
}

/** The store `commentStore`, whose module is loaded at the first call of a method. */
export const lateCommentStore = (database: D1Database, clock: Clock): CommentStore =>
  lateStore(methods, async () => (await import('./store.ts')).commentStore(database, clock))
