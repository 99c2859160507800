import { allComments, type SenderFacts, type SenderQuery } from '../../domain/comment.ts'

/** For how long a text counts as a repetition, and for how long the comments from a network count, in milliseconds. */
const repetitionMilliseconds = 24 * 3_600_000
const recentMilliseconds = 600_000

/** The largest number of recent comments that are counted. */
const maxCountedComments = 100

/** SQL that finds a row if a moderator has closed the comments on all articles. */
const closing = `SELECT 1 FROM discussion WHERE path = '${allComments}' AND closed = 1`

/** Tells whether a moderator has closed the comments on all articles. */
export const readClosed = async (database: D1Database): Promise<boolean> =>
  (await database.prepare(closing).first()) !== null

/** Reads what is known of the sender of a comment and of its text at the instant `now`, in one statement. */
export async function readSender(
  database: D1Database,
  { emailHash, network, textHash, bannable }: SenderQuery,
  now: number,
): Promise<SenderFacts> {
  const row = await database
    .prepare(
      `SELECT
         EXISTS (SELECT 1 FROM comment WHERE email_hash = ?1 AND network = ?2 AND state = 'approved' AND reasons <> '[]') AS known,
         EXISTS (SELECT 1 FROM comment WHERE text_hash = ?3 AND written > ?4) AS repeated,
         (SELECT count(*) FROM (SELECT 1 FROM comment WHERE network = ?2 AND written > ?5 LIMIT ${maxCountedComments})) AS recent,
         EXISTS (SELECT 1 FROM ban WHERE hash IN (SELECT value FROM json_each(?6))) AS banned,
         EXISTS (${closing}) AS closed`,
    )
    .bind(
      emailHash ?? null,
      network,
      textHash ?? null,
      now - repetitionMilliseconds,
      now - recentMilliseconds,
      JSON.stringify(bannable),
    )
    .first<{ known: number; repeated: number; recent: number; banned: number; closed: number }>()
  return {
    isKnown: row?.known === 1,
    isRepeated: row?.repeated === 1,
    recent: row?.recent ?? 0,
    isBanned: row?.banned === 1,
    isClosed: row?.closed === 1,
  }
}
