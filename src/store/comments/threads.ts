import type { Comment, Thread, ThreadOrder, ThreadPage, ThreadQuery } from '../../domain/comment.ts'
import { firstCursor, lastCursor } from '../../domain/cursor.ts'
import { maxInstant } from '../columns.ts'
import { readWithRevisions, withRevisions } from '../revisions.ts'
import { type CommentRow, commentColumns, commentOf, commentRevision } from './rows.ts'

/** A comment of a thread. `thread` is null in the first comment, which may not be public any more (`state`). */
interface ThreadRow extends CommentRow {
  thread: number | null
  state: string
  replies: number
}

const columns = `${commentColumns}, comment.thread, comment.state, comment.replies`

/** SQL for the public replies of the row of `first`, from the key on that two SQL expressions give, the oldest first. */
const repliesOf = (first: string, limit: number, key = `-${maxInstant}, 0`): string =>
  `(SELECT reply.number FROM comment AS reply INDEXED BY comment_reply WHERE reply.thread = ${first}.number AND reply.parent IS NOT NULL
    AND reply.state = 'approved' AND (reply.published, reply.number) >= (${key}) ORDER BY reply.published, reply.number LIMIT ${limit})`

/** How each order of threads is read: its index, the column of its key, and the direction in which it goes. */
const orders: Record<ThreadOrder, { index: string; column: 'published' | 'replies'; isUp: boolean }> = {
  newest: { index: 'comment_first', column: 'published', isUp: false },
  oldest: { index: 'comment_first', column: 'published', isUp: true },
  answered: { index: 'comment_answered', column: 'replies', isUp: false },
}

/** How the threads that answer a question are read. */
const orderOfAsked = (order: ThreadOrder) =>
  ({ index: 'comment_asked', column: 'published', isUp: order === 'oldest' }) as const

/** Reads threads of an article in an order. Each costs a few rows, however many replies it has. */
export async function readThreads(
  database: D1Database,
  path: string,
  { order = 'newest', question, from, limit, replies }: ThreadQuery,
): Promise<ThreadPage> {
  const { index, column, isUp } = question === undefined ? orders[order] : orderOfAsked(order)
  const asked = question === undefined ? '?4 IS NULL' : 'comment.question = ?4'
  const { published, number } = from ?? (isUp ? firstCursor : lastCursor)
  const direction = isUp ? 'ASC' : 'DESC'
  const query = `SELECT * FROM (
    WITH first AS MATERIALIZED (SELECT ${columns} FROM discussion CROSS JOIN comment INDEXED BY ${index} ON comment.article = discussion.article
      WHERE discussion.path = ?1 AND comment.parent IS NULL AND ${asked} AND (comment.state = 'approved' OR comment.replies > 0)
        AND (comment.${column}, comment.number) ${isUp ? '>' : '<'} (?2, ?3)
      ORDER BY comment.${column} ${direction}, comment.number ${direction} LIMIT ${limit + 1})
    SELECT * FROM first
    UNION ALL SELECT ${columns} FROM first CROSS JOIN discussion ON discussion.path = ?1
      CROSS JOIN comment ON comment.number IN ${repliesOf('first', replies + 1)})`
  const { rows, revisions } = await readWithRevisions<ThreadRow>(
    database
      .prepare(withRevisions(query, 16, [commentRevision]))
      .bind(path, published, number, question ?? null),
  )
  const first = rows.filter(({ thread }) => thread === null)
  const shown = first.slice(0, limit)
  const last = shown.at(-1)
  const isMore = first.length > limit && last !== undefined
  return {
    threads: shown.map((row) => threadOf(row, rows, replies)),
    revisions,
    ...(isMore && { older: { published: last[column], number: last.number } }),
  }
}

/** Reads the thread of a public comment. If not all replies are returned, they begin with that comment. */
export async function readThread(
  database: D1Database,
  path: string,
  id: string,
  replies: number,
): Promise<(Thread & Pick<ThreadPage, 'revisions'>) | undefined> {
  const key = `iif(first.replies > ${replies} AND asked.thread IS NOT NULL, asked.published, -${maxInstant}),
    iif(first.replies > ${replies} AND asked.thread IS NOT NULL, asked.number, 0)`
  const query = `SELECT * FROM (
    WITH asked AS MATERIALIZED (SELECT comment.* FROM comment CROSS JOIN discussion ON discussion.article = comment.article
      WHERE comment.id = ?2 AND comment.state = 'approved' AND discussion.path = ?1)
    SELECT ${columns} FROM asked CROSS JOIN comment ON comment.number = coalesce(asked.thread, asked.number)
      CROSS JOIN discussion ON discussion.path = ?1
    UNION ALL SELECT ${columns} FROM asked CROSS JOIN comment AS first ON first.number = coalesce(asked.thread, asked.number)
      CROSS JOIN discussion ON discussion.path = ?1 CROSS JOIN comment ON comment.number IN ${repliesOf('first', replies + 1, key)})`
  const { rows, revisions } = await readWithRevisions<ThreadRow>(
    database.prepare(withRevisions(query, 16, [commentRevision])).bind(path, id),
  )
  const first = rows.find(({ thread }) => thread === null)
  return first && { ...threadOf(first, rows, replies), revisions }
}

function threadOf(first: ThreadRow, rows: readonly ThreadRow[], limit: number): Thread {
  const replies = rows
    .filter(({ thread }) => thread === first.number)
    .toSorted((one, other) => one.published - other.published || one.number - other.number)
  return {
    id: first.id,
    ...(first.state === 'approved' && { comment: commentOf(first) }),
    replies: replies.slice(0, limit).map(commentOf),
    more: replies.length > limit,
  }
}

/** Reads a public comment of an article. */
export async function readComment(
  database: D1Database,
  path: string,
  id: string,
): Promise<Comment | undefined> {
  const row = await database
    .prepare(
      `SELECT ${commentColumns} FROM comment CROSS JOIN discussion ON discussion.article = comment.article
       WHERE comment.id = ?2 AND comment.state = 'approved' AND discussion.path = ?1`,
    )
    .bind(path, id)
    .first<CommentRow & Record<string, unknown>>()
  return row ? commentOf(row) : undefined
}
