import { digestMaxAge } from '../../domain/notify.ts'
import { events } from './withdrawals.ts'

/** Milliseconds for which it is kept of what a subscriber was told: as long as a digest can have it. */
export const toldLifetimeMilliseconds = digestMaxAge.weekly + 86_400_000

/**
 * SQL that stores at the instant ?1 which subscribers with digests are told of articles at once, because saves have made these public. It
 * must run after the notifications are stored.
 */
export const tellAtOnceSql = `INSERT INTO told_article (article, subscriber, at)
  SELECT DISTINCT article.id, notification.subscriber, ?1
  FROM ${events} CROSS JOIN notification ON notification.event = event.value
    CROSS JOIN choice ON choice.subscriber = notification.subscriber AND choice.article = '' AND choice.schedule <> 'now'
  WHERE effect.effect = 'notify' AND event.value GLOB 'published/*' ON CONFLICT DO NOTHING`

/** SQL for whether the subscriber of a digest of the JSON list ?1 has, or is owed, digests of another schedule. */
const hasOthers = ['choice', 'rest']
  .map(
    (table) => `EXISTS (SELECT 1 FROM ${table} AS other WHERE other.subscriber = given.value ->> 'subscriber'
      AND other.schedule <> 'now' AND other.schedule <> given.value ->> '$.covers.schedule')`,
  )
  .join(' OR ')

/** SQL that stores which articles digests have told to subscribers who have digests of another schedule too; ?1 as for `coverSql`. */
export const tellInDigestSql = `INSERT INTO told_article (article, subscriber, at)
  SELECT one.value, given.value ->> 'subscriber', given.value ->> '$.covers.until'
  FROM json_each(?1) AS given, json_each(given.value, '$.covers.articles') AS one
  WHERE ${hasOthers} ON CONFLICT DO NOTHING`

/** SQL for whether the subscriber ?1 was told of an article in another way than by the digests that are read. */
export const isToldElsewhere = `EXISTS (SELECT 1 FROM told_article
  WHERE told_article.article = article.id AND told_article.subscriber = ?1)`
