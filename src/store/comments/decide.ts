import { allComments, type CommentState, ruleActor } from '../../domain/comment.ts'
import type { DecidedComment } from '../../domain/comment-store.ts'
import { readVersion } from '../../domain/comment-version.ts'
import { newComments, newReplies } from '../../domain/notify.ts'
import { type Grounds, isStated } from '../../domain/statement.ts'
import { endWithoutChoice } from '../notify/subscribers.ts'
import { newsRevision, nextRevision } from './changes.ts'

/**
 * SQL for the comments in the JSON list ?2 that a decision for the state ?3 means. An approval means what the moderator has read, so
 * that it leaves a comment alone which its author has changed since.
 */
const meant = `id IN (SELECT value ->> 'id' FROM json_each(?2)) AND state <> 'deleted' AND (?3 <> 'approved' OR EXISTS (
  SELECT 1 FROM json_each(?2) WHERE value ->> 'id' = comment.id AND coalesce(value ->> 'edited', 0) = coalesce(comment.edited, 0)))`

/** Who decided and why, and whether authors get a statement of it by mail. */
type DecidedBy = Grounds & { actor?: string | undefined; isMailed?: boolean }

/**
 * The largest number of statements about one decision that one address gets. Nobody has confirmed the address, so that comments under the
 * address of somebody else must not fill that person's mailbox when they are deleted.
 */
const maxStatements = 3

/** SQL that stores the statements of reasons of a decision, before the comments lose their texts. A comment has one at most, the last. */
const stating = `INSERT INTO statement (comment, address, email_hash, language, decision, reason, explanation, text, title, written, at, next)
  SELECT number, email, email_hash, language, ?3, ?4, ?5, text, title, written, ?1, ?1 FROM (
    SELECT comment.number, comment.email, comment.email_hash, discussion.language, comment.text, discussion.title, comment.written,
      row_number() OVER (PARTITION BY lower(comment.email) ORDER BY comment.number) AS place
    FROM comment CROSS JOIN discussion ON discussion.article = comment.article
    WHERE comment.id IN (SELECT value ->> 'id' FROM json_each(?2)) AND comment.email IS NOT NULL AND (comment.state = 'approved'
      OR comment.state = 'pending' AND (?4 IS NOT NULL OR NOT EXISTS (SELECT 1 FROM json_each(comment.reasons) WHERE value <> 'mode'))))
  WHERE place <= ${maxStatements}
  ON CONFLICT (comment) DO UPDATE SET decision = excluded.decision, reason = excluded.reason, explanation = excluded.explanation,
    text = excluded.text, at = excluded.at, next = excluded.next, attempts = 0`

/** SQL for the choices because of which people are told of a comment, each with the id of the article or comment that was chosen. */
const choicesOf = `(SELECT '${newComments}' AS selection, article.id AS chosen FROM article WHERE article.number = comment.article
  UNION ALL SELECT '${newReplies}', answered.id FROM comment AS answered WHERE answered.number = comment.parent)`

/**
 * SQL that has people told of public comments that leave when they are approved again, if no mail told anybody of them until ?1: neither
 * a mail that was sent, but to the author, nor one that is being sent.
 */
const forgettingNews = (concerned: string): string => `UPDATE comment SET news = 0
  WHERE ${concerned} AND state = 'approved' AND news > 0
    AND NOT EXISTS (SELECT 1 FROM ${choicesOf} AS chosen
      CROSS JOIN choice ON choice.selection = chosen.selection AND choice.article = chosen.chosen
      CROSS JOIN subscriber ON subscriber.number = choice.subscriber
      WHERE choice.told >= comment.news AND choice.since <= comment.published
        AND subscriber.address IS NOT comment.email COLLATE NOCASE)
    AND NOT EXISTS (SELECT 1 FROM article CROSS JOIN notification ON notification.event = 'discussed/' || article.id
      WHERE article.number = comment.article AND (notification.claimed > ?1 OR notification.reached = 1))`

/**
 * SQL that gives comments the state ?3 at the instant ?1, and removes what identifies a person from those that are deleted. The date of a
 * comment is the instant at which it became public for the first time: one that never was has no `withdrawn`, but it may have a
 * `published` that was stored because its replies are public.
 */
const changing = (concerned: string): string =>
  `UPDATE comment SET
     news = iif(?3 = 'approved' AND (withdrawn IS NULL OR news = 0), ${newsRevision}, news),
     published = iif(?3 = 'approved' AND withdrawn IS NULL, ?1, published),
     withdrawn = CASE WHEN ?3 = 'approved' THEN NULL WHEN state = 'approved' THEN ?1 ELSE withdrawn END,
     revision = CASE WHEN ?3 = 'approved' THEN ${nextRevision} WHEN state = 'approved' THEN (SELECT revision FROM site) ELSE revision END,
     changed = ?1,
     ${['name', 'text', 'html'].map((column) => `${column} = iif(?3 = 'deleted', '', ${column})`).join(', ')},
     ${['email', 'email_hash', 'network', 'text_hash', 'edit_hash'].map((column) => `${column} = iif(?3 = 'deleted', NULL, ${column})`).join(', ')},
     state = ?3 WHERE ${concerned} RETURNING id`

/** Changes the states of comments at the instant `now`, and removes the texts of those that are deleted. */
export async function decideComments(
  database: D1Database,
  ids: readonly string[],
  state: CommentState,
  now: number,
  { actor = '', reason, explanation = '', isMailed = false }: DecidedBy,
): Promise<{ comments: DecidedComment[]; hasLeft: boolean }> {
  const list = JSON.stringify(ids.map(readVersion))
  const values = [now, list, state]
  // A rule has what is public wait again; what a moderator has decided meanwhile stays.
  const isRule = actor === ruleActor && state === 'pending'
  const concerned = `${meant} AND state ${isRule ? "= 'approved'" : '<> ?3'}`
  const leaving = `?3 <> 'approved' AND EXISTS (SELECT 1 FROM comment WHERE ${concerned} AND state = 'approved')`
  const run = (sql: string, ...given: unknown[]) => database.prepare(sql).bind(...given)
  const when = (isNeeded: boolean, sql: string, ...given: unknown[]) => (isNeeded ? [run(sql, ...given)] : [])
  // The choices of replies end with their comments, and who had no other choice is not known any more.
  const choosers = state === 'deleted' ? await choosersOf(database, list) : []
  const isStatement = isMailed && isStated(state, { ...(reason && { reason }) })
  const before = [
    run(
      `INSERT INTO comment_event (comment, at, kind, actor, state, reason, text) SELECT number, ?1, 'decided', ?4, ?3, ?5, ?6 FROM comment
       WHERE ${isRule ? concerned : `${meant} AND (state <> ?3 OR reports > 0)`}`,
      ...[...values, actor, reason ?? null, explanation || null],
    ),
    ...when(isStatement, stating, ...values, reason ?? null, explanation),
    // What is not hidden any more has no reasons.
    ...when(
      state === 'approved' || state === 'pending',
      `DELETE FROM statement WHERE comment IN (SELECT number FROM comment WHERE ${concerned}) AND ?1 = ?1`,
      ...values,
    ),
    // What a rule hides goes on to be in the list of reported comments.
    ...when(!isRule, `UPDATE comment SET reports = 0 WHERE ${meant} AND reports > 0 AND ?1 = ?1`, ...values),
    // What readers and authors wrote goes with the comment.
    ...when(
      state === 'deleted',
      `UPDATE comment_event SET text = NULL, email = NULL, email_hash = NULL
       WHERE comment IN (SELECT number FROM comment WHERE id IN (SELECT value ->> 'id' FROM json_each(?1)))`,
      list,
    ),
    ...when(state === 'pending' || state === 'spam', forgettingNews(concerned), ...values),
  ]
  const results = await database.batch<Record<string, unknown>>([
    ...before,
    // Only a comment that leaves has an effect, whose row is identified by a revision of the site.
    run(
      `UPDATE site SET revision = max(revision + 1, ?1, (SELECT coalesce(max(revision), 0) + 1 FROM discussion WHERE path = '${allComments}'))
       WHERE one = 1 AND ${leaving}`,
      ...values,
    ),
    run(changing(concerned), ...values),
    run("SELECT id, state FROM comment WHERE id IN (SELECT value ->> 'id' FROM json_each(?1))", list),
    ...(choosers.length > 0
      ? endWithoutChoice(run, 'number IN (SELECT value FROM json_each(?1))', now, JSON.stringify(choosers))
      : []),
  ])
  const [moved, changed, decided] = results.slice(before.length)
  const changes = new Set(changed?.results.map((one) => one.id))
  const found = (decided?.results ?? []) as { id: string; state: CommentState }[]
  return {
    comments: found.map((one) => (changes.has(one.id) ? one : { ...one, unchanged: true })),
    hasLeft: (moved?.meta.changes ?? 0) > 0,
  }
}

/** The numbers of the subscribers who are told of replies to the comments in a JSON list of ids. */
async function choosersOf(database: D1Database, list: string): Promise<number[]> {
  const { results } = await database
    .prepare(
      `SELECT subscriber FROM choice
       WHERE selection = '${newReplies}' AND article IN (SELECT value ->> 'id' FROM json_each(?1))`,
    )
    .bind(list)
    .all<{ subscriber: number }>()
  return results.map(({ subscriber }) => subscriber)
}
