import { shownMilliseconds } from '../../domain/notify.ts'
import { listOr } from '../columns.ts'

/** SQL that joins each event of the effects `notify` with the article that it names. */
export const events = `effect, json_each(${listOr('effect.paths', "'[]'")}) AS event
  JOIN article ON article.id = substr(event.value, instr(event.value, '/') + 1)`

const isWithdrawn = "effect.effect = 'notify' AND event.value GLOB 'withdrawn/*'"

/** SQL for the instant of the last digest that a browser shows, as the index `subscriber_shown` has it. */
const lastShown = `max(coalesce(subscriber.shown ->> '$.daily.at', 0), coalesce(subscriber.shown ->> '$.weekly.at', 0))`

/**
 * SQL that tells browsers at the instant ?1 that saves have withdrawn articles: those that show, or may show, the notification of such an
 * article, or a digest that has it (`shownMilliseconds`), whatever they have chosen since. The digests are read only if an article was
 * withdrawn.
 */
export const takeBackSql = `INSERT INTO notification (subscriber, event, channel, since, next)
  SELECT subscriber.number, event.value, subscriber.channel, ?1, ?1
  FROM ${events} CROSS JOIN shown_article ON shown_article.article = article.id AND shown_article.at > ?1 - ${shownMilliseconds('now')}
    CROSS JOIN subscriber ON subscriber.number = shown_article.subscriber AND subscriber.state = 'active'
  WHERE ${isWithdrawn}
  UNION ALL SELECT subscriber.number, 'replaced/' || digest.key, subscriber.channel, ?1, ?1
  FROM (SELECT 1 FROM ${events} WHERE ${isWithdrawn} LIMIT 1)
    CROSS JOIN subscriber ON subscriber.shown IS NOT NULL AND ${lastShown} > ?1 - ${shownMilliseconds('weekly')} AND subscriber.state = 'active'
    CROSS JOIN json_each(subscriber.shown) AS digest ON digest.type = 'object' AND digest.key IN ('daily', 'weekly')
  WHERE digest.value ->> 'at' > ?1 - iif(digest.key = 'weekly', ${shownMilliseconds('weekly')}, ${shownMilliseconds('daily')})
    AND EXISTS (SELECT 1 FROM json_each(digest.value, '$.articles') AS one
    WHERE one.value IN (SELECT article.id FROM ${events} WHERE ${isWithdrawn}))
  ON CONFLICT (event, subscriber) DO UPDATE SET since = excluded.since`

/** SQL for the id of the article in the event of a result in the JSON list ?1. */
const articleOf = "substr(given.value ->> 'event', instr(given.value ->> 'event', '/') + 1)"

/** SQL that stores that the browsers in the JSON list ?1 show the articles of their events since the instant ?2. */
export const showArticlesSql = `INSERT INTO shown_article (article, subscriber, at)
  SELECT ${articleOf}, subscriber.number, ?2 FROM json_each(?1) AS given
    CROSS JOIN subscriber ON subscriber.number = given.value ->> 'subscriber' AND subscriber.state <> 'ended'
  WHERE true ON CONFLICT (article, subscriber) DO UPDATE SET at = excluded.at`

/**
 * SQL like `showArticlesSql` for what was not sent because there is nothing to tell any more: a job that was killed may have sent it
 * before. It must run before the notifications are deleted.
 */
export const showReachedSql = `INSERT INTO shown_article (article, subscriber, at)
  SELECT ${articleOf}, notification.subscriber, ?2 FROM json_each(?1) AS given
    CROSS JOIN notification ON notification.event = given.value ->> 'event' AND notification.subscriber = given.value ->> 'subscriber'
  WHERE notification.reached = 1 ON CONFLICT DO NOTHING`

/** SQL that tells the browsers in ?1 of an article that was withdrawn while it was sent, and so was not known to be shown. */
export const takeBackShownSql = `INSERT INTO notification (subscriber, event, channel, since, next)
  SELECT subscriber.number, 'withdrawn/' || article.id, subscriber.channel, ?2, ?2 FROM json_each(?1) AS given
    CROSS JOIN shown_article ON shown_article.article = ${articleOf} AND shown_article.subscriber = given.value ->> 'subscriber'
    CROSS JOIN article ON article.id = shown_article.article AND article.shown = 0
    CROSS JOIN subscriber ON subscriber.number = shown_article.subscriber AND subscriber.state = 'active'
  WHERE true ON CONFLICT DO NOTHING`

/** The SQL statements that store that the browsers in ?1 show that an article was withdrawn, instead of the article. */
export const takenBackSql: readonly string[] = [
  `DELETE FROM shown_article WHERE (article, subscriber) IN
     (SELECT ${articleOf}, given.value ->> 'subscriber' FROM json_each(?1) AS given)`,
  `UPDATE notification SET reached = 0 WHERE (event, subscriber) IN
     (SELECT kind.value || ${articleOf}, given.value ->> 'subscriber'
      FROM json_each(?1) AS given, json_each('["published/","corrected/"]') AS kind)`,
]
