import { maxWaitMilliseconds, newComments, newReplies } from '../../domain/notify.ts'
import type { NotifyStore, ToldComment } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { listOr } from '../columns.ts'
import { rowsOf } from '../hub/rows.ts'
import type { Run } from './subscribers.ts'

/** Milliseconds after a mail to a subscriber in which no mail about comments is sent, so that what comes meanwhile is one mail. */
const pauseMilliseconds = 600_000

/** The events of comments that became public, each once, however many comments have it. */
const events = `(SELECT DISTINCT event.value AS value FROM effect, json_each(${listOr('effect.paths', "'[]'")}) AS event
  WHERE effect.effect = 'notify-comments')`

/** SQL for the instant at which a subscriber is told of comments, at the earliest; ?1 is the current time. */
const earliest = `max(?1, min(coalesce(subscriber.told, 0), ?1) + ${pauseMilliseconds} * (subscriber.told IS NOT NULL))`

const owed = (from: string): string =>
  `SELECT subscriber.number, 'discussed/' || article.id, subscriber.channel, ?1, ${earliest} FROM ${from}
    CROSS JOIN subscriber ON subscriber.number = choice.subscriber AND subscriber.state = 'active' AND subscriber.channel = 'email'`

/**
 * SQL for the notifications of whoever has chosen that comments became public since, at the instant ?1: one for each article, whatever was
 * chosen.
 */
export const owedOfComments: readonly string[] = [
  owed(`${events} AS event
    CROSS JOIN article ON event.value GLOB 'commented/*' AND article.id = substr(event.value, 11)
    CROSS JOIN choice ON choice.selection = '${newComments}' AND choice.article = article.id`),
  owed(`${events} AS event
    CROSS JOIN comment ON event.value GLOB 'replied/*' AND comment.id = substr(event.value, 9)
    CROSS JOIN article ON article.number = comment.article
    CROSS JOIN choice ON choice.selection = '${newReplies}' AND choice.article = comment.id`),
]

/** SQL for the choices of the subscriber ?1 that concern the comments on the article with the id ?2. */
const its = `(choice.subscriber = ?1 AND (choice.selection = '${newComments}' AND choice.article = ?2
  OR choice.selection = '${newReplies}' AND EXISTS (SELECT 1 FROM comment AS own JOIN article ON article.number = own.article
    WHERE own.id = choice.article AND article.id = ?2)))`

/** The statement that stores up to which revision a subscriber was told of the comments on an article. */
export const coverComments = (
  run: Run,
  subscriber: number,
  { article, until }: { article: string; until: number },
): D1PreparedStatement =>
  run(`UPDATE choice SET told = max(coalesce(told, 0), ?3) WHERE ${its}`, subscriber, article, until)

/** SQL for the numbers of the comments of which the subscriber ?1 has yet to be told, and the choice because of which. */
const untold = `SELECT comment.number AS number, 0 AS answers, choice.selection AS selection, choice.article AS chosen FROM choice
    CROSS JOIN article ON article.id = choice.article
    CROSS JOIN comment ON comment.article = article.number AND comment.news > coalesce(choice.told, 0)
    WHERE choice.subscriber = ?1 AND choice.selection = '${newComments}' AND choice.article = ?2
  UNION ALL SELECT comment.number, 1, choice.selection, choice.article FROM choice
    CROSS JOIN comment AS own ON own.id = choice.article AND own.state = 'approved'
    CROSS JOIN article ON article.number = own.article AND article.id = ?2
    CROSS JOIN comment ON comment.parent = own.number AND comment.news > coalesce(choice.told, 0)
    WHERE choice.subscriber = ?1 AND choice.selection = '${newReplies}'`

interface Row {
  id: string
  name: string
  html: string
  published: number
  isReply: number
  total: number
}

/** The part of the store that finds the comments of which people are told. */
export function discussedOn(
  database: D1Database,
  clock: Clock,
): Pick<NotifyStore, 'discussed' | 'articlesOfComments'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  return {
    async discussed({ number, choices }, article, { hashes, limit }) {
      const now = clock()
      const own = choices.flatMap((one) => (one.selection === newReplies ? (one.article ?? []) : []))
      const [found, told] = await database.batch([
        run(
          `WITH told AS (SELECT number, max(answers) AS answers FROM (${untold}) GROUP BY number)
           SELECT comment.id, comment.name, comment.html, comment.published, told.answers AS isReply, count(*) OVER () AS total
           FROM told CROSS JOIN comment ON comment.number = told.number
           WHERE comment.state = 'approved' AND comment.published > ?3
             AND coalesce(comment.email_hash NOT IN (SELECT value FROM json_each(?4)), 1)
             AND comment.id NOT IN (SELECT value FROM json_each(?5))
           ORDER BY comment.news, comment.number LIMIT ?6`,
          ...[number, article, now - maxWaitMilliseconds, JSON.stringify(hashes), JSON.stringify(own), limit],
        ),
        run("SELECT coalesce(revision, 0) AS until FROM discussion WHERE path = 'comments'"),
      ])
      const rows = rowsOf<Row>(found)
      const until = rowsOf<{ until: number }>(told)[0]?.until ?? 0
      const comments = rows.map(
        ({ id, name, html, published, isReply }): ToldComment => ({
          ...{ id, name, html, published, isReply: isReply === 1 },
        }),
      )
      return { comments, total: rows[0]?.total ?? 0, covers: { article, until } }
    },

    async articlesOfComments(ids) {
      const { results } = await run(
        `SELECT comment.id, article.id AS article FROM json_each(?1) AS given
           CROSS JOIN comment ON comment.id = given.value CROSS JOIN article ON article.number = comment.article`,
        JSON.stringify(ids),
      ).all<{ id: string; article: string }>()
      return new Map(results.map(({ id, article }) => [id, article]))
    },
  }
}
