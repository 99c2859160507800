import { allComments } from '../../domain/comment.ts'
import type { CommentStore } from '../../domain/comment-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { banSenders } from './bans.ts'
import { addComment, editComment, readOwn } from './changes.ts'
import { commenterBackupsOn } from './commenter-backup.ts'
import { decideComments } from './decide.ts'
import { addReport, readShown } from './events.ts'
import { readHead } from './head.ts'
import { keepComments } from './keep.ts'
import { listComments, readHistory } from './moderated.ts'
import { readCanonical, readPage, readWithdrawn } from './pages.ts'
import { commentersOn } from './person.ts'
import { saltOf } from './salt.ts'
import { readClosed, readSender } from './sender.ts'
import { readComment, readThread, readThreads } from './threads.ts'

/** The store of comments, in D1. */
export const commentStore = (database: D1Database, clock: Clock): CommentStore => ({
  ...commentersOn(database, clock),
  ...commenterBackupsOn(database, clock),
  head: (path, digest) => readHead(database, path, digest, clock()),
  page: (query) => readPage(database, query),
  canonical: (path, from) => readCanonical(database, path, from),
  withdrawn: (path) => readWithdrawn(database, path, clock()),
  threads: (path, query) => readThreads(database, path, query),
  thread: (path, id, replies) => readThread(database, path, id, replies),
  find: (path, id) => readComment(database, path, id),
  sender: (query) => readSender(database, query, clock()),
  ban: (ids, kind, isBanned) => banSenders(database, ids, kind, isBanned, clock()),
  salt: (day, fresh) => saltOf(database, day, fresh),
  isClosed: () => readClosed(database),
  async close(isClosed) {
    const sql = `INSERT INTO discussion (path, article, closed) VALUES ('${allComments}', 0, ?1)
      ON CONFLICT (path) DO UPDATE SET closed = excluded.closed`
    await database
      .prepare(sql)
      .bind(isClosed ? 1 : 0)
      .run()
  },
  add: (draft) => addComment(database, draft, clock()),
  keep: (comments) => keepComments(database, comments, clock()),
  own: (id, editHash) => readOwn(database, id, editHash, clock()),
  edit: (id, editHash, words) => editComment(database, id, editHash, words, clock()),
  list: (list, after) => listComments(database, list, after),
  shown: (id) => readShown(database, id, clock()),
  report: (id, report) => addReport(database, id, report, clock()),
  history: (id) => readHistory(database, id),
  decide: (ids, state, actor, grounds) =>
    decideComments(database, ids, state, clock(), { actor, ...grounds }),
})
