import type { Comment, Report } from '../../domain/comment.ts'
import { type CommentRow, commentColumns, commentOf } from './rows.ts'

/** The largest number of reports that are stored of one comment until a moderator decides. */
const maxReports = 50

/** Reads a comment that is public at the instant `now`. */
export async function readShown(database: D1Database, id: string, now: number): Promise<Comment | undefined> {
  const row = await database
    .prepare(
      `SELECT ${commentColumns} FROM comment CROSS JOIN discussion ON discussion.article = comment.article
       WHERE comment.id = ?1 AND comment.state = 'approved' AND discussion.shown = 1 AND coalesce(discussion.expires > ?2, 1)`,
    )
    .bind(id, now)
    .first<CommentRow & Record<string, unknown>>()
  return row ? commentOf(row) : undefined
}

/** Stores a report of a public comment at the instant `now`. */
export async function addReport(
  database: D1Database,
  id: string,
  { reason, text, form, email, emailHash }: Report,
  now: number,
): Promise<boolean> {
  const results = await database.batch([
    database
      .prepare(
        `INSERT INTO comment_event (comment, at, kind, reason, text, form, email, email_hash)
         SELECT number, ?2, 'reported', ?3, ?4, ?7, ?5, ?6 FROM comment WHERE id = ?1 AND state = 'approved' AND reports < ${maxReports}
         ON CONFLICT (form) DO NOTHING`,
      )
      .bind(id, now, reason, text, email ?? null, emailHash ?? null, form),
    database
      .prepare(
        "UPDATE comment SET reports = reports + 1 WHERE id = ?1 AND state = 'approved' AND changes() > 0",
      )
      .bind(id),
  ])
  return (results[0]?.meta.changes ?? 0) > 0
}
