import {
  allComments,
  type CommentEvent,
  type CommentList,
  type ModeratedComment,
  maxListedReports,
  maxModeratedComments,
} from '../../domain/comment.ts'
import { listOr } from '../columns.ts'
import { instantIn } from './rows.ts'

/** The largest number of events that are read of one comment. */
const maxEvents = 200

/** SQL for the last reports of a comment as a JSON list, the newest first. */
const lastReports = `(SELECT json_group_array(json_object('reason', coalesce(reason, ''), 'text', coalesce(text, ''))) FROM (
  SELECT comment_event.reason, comment_event.text FROM comment_event
  WHERE comment_event.comment = comment.number AND comment_event.kind = 'reported'
  ORDER BY comment_event.number DESC LIMIT ${maxListedReports}))`

/** SQL for the last decision about a comment, as a JSON object; null if nobody has decided. */
const lastDecision = `(SELECT json_object('actor', comment_event.actor, 'reason', comment_event.reason, 'text', comment_event.text)
  FROM comment_event WHERE comment_event.comment = comment.number AND comment_event.kind = 'decided'
  ORDER BY comment_event.number DESC LIMIT 1)`

/**
 * SQL that selects comments as moderators see them, up to the condition. A comment whose article is not known because a row is bad is
 * seen too, so that it can be deleted.
 */
const moderated = (index: string): string =>
  `SELECT comment.number, comment.id, comment.state, ${listOr('comment.reasons', "'[]'")} AS reasons, comment.name, comment.email,
     comment.text, coalesce(${instantIn('comment.written')}, 0) AS written, ${instantIn('comment.edited')} AS edited,
     ${instantIn('comment.published')} AS published,
     coalesce(discussion.path, '${allComments}') AS path, coalesce(discussion.title, '') AS title, comment.reports,
     iif(comment.reports > 0, ${lastReports}, '[]') AS lastReports,
     iif(comment.state IN ('spam', 'deleted'), ${lastDecision}, NULL) AS decision,
     (SELECT answered.id FROM comment AS answered WHERE answered.number = comment.parent) AS parent, comment.question
   FROM comment ${index} LEFT JOIN discussion ON discussion.article = comment.article`

/** The columns that hold JSON, as they are read. */
type Packed = 'reasons' | 'lastReports' | 'decision'
type ModeratedRow = Omit<ModeratedComment, Packed> & Record<Packed, string | null> & Record<string, unknown>

const moderatedOf = (row: ModeratedRow): ModeratedComment => ({
  ...row,
  reasons: JSON.parse(row.reasons ?? '[]'),
  // Since the last decision there are as many as `reports` says.
  lastReports: JSON.parse(row.lastReports ?? '[]').slice(0, row.reports),
  decision: JSON.parse(row.decision ?? 'null'),
})

/** Lists comments for moderators, the oldest first. */
export async function listComments(
  database: D1Database,
  list: CommentList,
  after: number,
): Promise<{ comments: ModeratedComment[]; next?: number }> {
  const isReported = list === 'reported'
  const chosen = isReported ? '?1 = ?1 AND comment.reports > 0' : 'comment.state = ?1'
  const { results } = await database
    .prepare(
      `${moderated(`INDEXED BY ${isReported ? 'comment_reported' : 'comment_state'}`)}
       WHERE ${chosen} AND comment.number > ?2 ORDER BY comment.number LIMIT ${maxModeratedComments + 1}`,
    )
    .bind(list, after)
    .all<ModeratedRow>()
  const comments = results.slice(0, maxModeratedComments).map(moderatedOf)
  const next = results.length > maxModeratedComments ? comments.at(-1)?.number : undefined
  return { comments, ...(next !== undefined && { next }) }
}

/**
 * Reads a comment and what happened to it: at most 200 events, the last ones. Decisions and reports come before the texts that its
 * author changed, so that many changes hide none of them.
 */
export async function readHistory(
  database: D1Database,
  id: string,
): Promise<{ comment: ModeratedComment; events: CommentEvent[] } | undefined> {
  const events = (isMeant: string) =>
    database
      .prepare(
        `SELECT number, coalesce(${instantIn('at')}, 0) AS at, kind, actor, state, reason, text, email FROM comment_event
         WHERE comment = (SELECT number FROM comment WHERE id = ?1) AND ${isMeant} ORDER BY number DESC LIMIT ${maxEvents}`,
      )
      .bind(id)
  const [found, told, edits] = await database.batch<CommentEvent & { number: number }>([
    database.prepare(`${moderated('')} WHERE comment.id = ?1`).bind(id),
    events("kind <> 'edited'"),
    events("kind = 'edited'"),
  ])
  const [row] = (found?.results ?? []) as object[] as ModeratedRow[]
  if (row === undefined) return undefined
  const rows = [...(told?.results ?? []), ...(edits?.results ?? [])]
  return {
    comment: moderatedOf(row),
    events: rows
      .slice(0, maxEvents)
      .sort((one, other) => one.number - other.number)
      .map(({ number: _, ...event }) => event),
  }
}
