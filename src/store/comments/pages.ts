import { allComments, type CommentPage, commentUri } from '../../domain/comment.ts'
import type { CommentQuery } from '../../domain/comment-store.ts'
import { type Cursor, type From, firstCursor, lastCursor } from '../../domain/cursor.ts'
import { maxFeedLength } from '../../domain/feed.ts'
import type { Tombstone } from '../../domain/store.ts'
import { maxInstant } from '../columns.ts'
import { readWithRevisions, withRevisions } from '../revisions.ts'
import { tombstoneLifetimeMilliseconds } from '../tombstones.ts'
import { type CommentRow, commentColumns, commentOf, commentRevision } from './rows.ts'

/**
 * The largest number of comments that are examined for a page of the comments on all articles, because any number of them may be
 * on articles that are not public. A page that reaches it has fewer comments, and the next page begins where it ended.
 */
const maxExaminedComments = 1000

interface Look {
  forward: boolean
  /** The key with which the search begins. */
  start: Cursor
  wanted: number
}

const order = (forward: boolean): string => (forward ? 'published DESC, number DESC' : 'published, number')

/** SQL for the condition that a public comment of `comment` comes from the key in ?2 and ?3 on. */
const within = (forward: boolean): string =>
  `comment.state = 'approved' AND (comment.published, comment.number) ${forward ? '<=' : '>='} (?2, ?3)`

/** SQL for the comments of the path ?1, in the order of the search, which begins at the key in ?2 and ?3. */
const ofOne = ({ forward, wanted }: Look): string =>
  `SELECT ${commentColumns} FROM discussion CROSS JOIN comment INDEXED BY comment_shown ON comment.article = discussion.article
   WHERE discussion.path = ?1 AND ${within(forward)} ORDER BY ${order(forward)} LIMIT ${wanted}`

/** SQL for the comments on all articles that are public at ?5, where ?4 is the mode of the site. */
const ofAll = ({ forward, wanted }: Look): string =>
  `SELECT ${commentColumns} FROM
     (SELECT * FROM comment INDEXED BY comment_public WHERE ${within(forward)} ORDER BY ${order(forward)} LIMIT ${maxExaminedComments}) AS comment
   CROSS JOIN discussion ON discussion.article = comment.article
   WHERE discussion.shown = 1 AND discussion.feeds = 1 AND coalesce(discussion.mode, ?4) <> 'off'
     AND coalesce(discussion.expires > ?5, 1) LIMIT ${wanted}`

/** Reads a page of comments. It starts at a key, so it does not read the comments of other pages. */
export async function readPage(
  database: D1Database,
  { path, from, limit, site, at }: CommentQuery,
): Promise<CommentPage> {
  const look = lookOf(from, limit)
  const { forward, start } = look
  const isAll = path === allComments
  const values = [path, start.published, start.number, ...(isAll ? [site, at] : [])]
  const query = `SELECT * FROM (${isAll ? ofAll(look) : ofOne(look)})`
  const { rows, revisions } = await readWithRevisions<CommentRow>(
    database.prepare(withRevisions(query, 13, [commentRevision])).bind(...values),
  )
  const found = rows.slice(0, limit)
  const end = isAll && rows.length <= limit ? await readEnd(database, look) : undefined
  const rest = rows.length > limit ? keyOf(found.at(-1)) : end
  const came = from && (keyOf(found[0]) ?? withStart(look))
  const [older, newer] = forward ? [rest, came] : [came, rest]
  const comments = (forward ? found : found.toReversed()).map((row) => ({
    ...commentOf(row),
    revision: row.revision,
  }))
  return { comments, revisions, ...(older && { older }), ...(newer && { newer }) }
}

const keyOf = (row: CommentRow | undefined): Cursor | undefined =>
  row && { published: row.published, number: row.number }

function lookOf(from: From | undefined, limit: number): Look {
  const wanted = limit + 1
  if (from && 'after' in from)
    return { forward: false, start: { ...from.after, number: from.after.number + 1 }, wanted }
  const before = from?.before ?? lastCursor
  return { forward: true, start: { ...before, number: before.number - 1 }, wanted }
}

/** The cursor from which a search in the other direction begins with the comment at the start. */
const withStart = ({ forward, start }: Look): Cursor => ({
  ...start,
  number: Math.max(start.number + (forward ? 1 : -1), 0),
})

/** Reads the last comment that the search examined; undefined if it examined all. */
async function readEnd(database: D1Database, { forward, start }: Look): Promise<Cursor | undefined> {
  const sql = `SELECT published, number FROM comment INDEXED BY comment_public
    WHERE state = 'approved' AND (published, number) ${forward ? '<=' : '>='} (?1, ?2)
    ORDER BY ${order(forward)} LIMIT 1 OFFSET ${maxExaminedComments - 1}`
  const row = await database
    .prepare(sql)
    .bind(start.published, start.number)
    .first<Cursor & Record<string, unknown>>()
  return row ?? undefined
}

/** Reads the cursor of the public comment next to a cursor: that from which a page has the same comments. */
export async function readCanonical(database: D1Database, path: string, from: From): Promise<From> {
  const isBefore = 'before' in from
  const { published, number } = isBefore ? from.before : from.after
  const forward = !isBefore
  const [source, condition] =
    path === allComments
      ? ['comment INDEXED BY comment_public', '?1 = ?1']
      : [
          'discussion CROSS JOIN comment INDEXED BY comment_shown ON comment.article = discussion.article',
          'discussion.path = ?1',
        ]
  const row = await database
    .prepare(
      `SELECT comment.published, comment.number FROM ${source} WHERE ${condition} AND ${within(forward)}
       ORDER BY ${order(forward)} LIMIT 1`,
    )
    .bind(path, published, number)
    .first<Cursor & Record<string, unknown>>()
  return isBefore ? { before: row ?? lastCursor } : { after: row ?? firstCursor }
}

interface TombstoneRow extends Omit<Tombstone, 'id'> {
  id: string
}

/** Reads which comments of a path ceased to be public in the 30 days before `now`. */
export async function readWithdrawn(database: D1Database, path: string, now: number): Promise<Tombstone[]> {
  const of =
    path === allComments
      ? 'discussion CROSS JOIN comment INDEXED BY comment_gone'
      : 'discussion CROSS JOIN comment INDEXED BY comment_withdrawn ON comment.article = discussion.article'
  const { results } = await database
    .prepare(
      `SELECT comment.id, comment.withdrawn, comment.revision FROM ${of}
       WHERE discussion.path = ?1 AND comment.withdrawn BETWEEN ?2 + 1 AND ${maxInstant} ORDER BY comment.withdrawn DESC LIMIT ${maxFeedLength}`,
    )
    .bind(path, now - tombstoneLifetimeMilliseconds)
    .all<TombstoneRow & Record<string, unknown>>()
  return results.map(({ id, withdrawn, revision }) => ({ id: commentUri(id), withdrawn, revision }))
}
