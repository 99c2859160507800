import {
  digestMaxAge,
  digestSchedules,
  isInDigest,
  type Notification,
  type Subscriber,
} from '../../domain/notify.ts'

/** Milliseconds for which it is kept of what a subscriber was told: as long as a digest can have it. */
export const toldLifetimeMilliseconds = digestMaxAge.weekly + 86_400_000

/** Whether a subscriber has, or is owed, digests. */
const hasDigests = ({ choices }: Pick<Subscriber, 'choices'>): boolean =>
  choices.some((choice) => digestSchedules.some((schedule) => isInDigest(choice, schedule)))

/** Whether it is stored that a subscriber was told of something: of an article at once, which digests then have not again. */
export const isKeptAsTold = ({
  subscriber,
  happening,
}: Pick<Notification, 'subscriber' | 'happening'>): boolean =>
  happening.kind === 'published' && hasDigests(subscriber)

/**
 * SQL that stores which articles subscribers were told of at once, at the instant ?2; ?1 is a JSON list of objects with `subscriber` and
 * `event`. What was not sent is not stored, so that a digest has it.
 */
export const toldAtOnceSql = `INSERT INTO told_article (article, subscriber, at)
  SELECT substr(value ->> 'event', 11), value ->> 'subscriber', ?2 FROM json_each(?1) WHERE true ON CONFLICT DO NOTHING`

/** SQL for whether the subscriber of a digest of the JSON list ?1 has, or is owed, digests of another schedule. */
const hasOthers = ['choice', 'rest']
  .map(
    (table) => `EXISTS (SELECT 1 FROM ${table} AS other WHERE other.subscriber = given.value ->> 'subscriber'
      AND other.schedule <> 'now' AND other.schedule <> given.value ->> '$.covers.schedule')`,
  )
  .join(' OR ')

/** The articles that the digests in the JSON list ?1 have told. */
const toldInDigest = "json_each(?1) AS given, json_each(given.value, '$.covers.articles') AS one"

/** SQL that stores which articles digests have told to subscribers who have digests of another schedule too; ?1 as for `coverSql`. */
const toldInDigestSql = `INSERT INTO told_article (article, subscriber, at)
  SELECT one.value, given.value ->> 'subscriber', given.value ->> '$.covers.until' FROM ${toldInDigest}
  WHERE ${hasOthers} ON CONFLICT DO NOTHING`

/**
 * The SQL statements that store which articles digests have told; ?1 as for `coverSql`. Of these, nothing is told at once any more. What
 * may have been sent at once already is in no digest.
 */
export const tellInDigestSql: readonly string[] = [
  toldInDigestSql,
  `DELETE FROM notification WHERE (event, subscriber) IN
     (SELECT 'published/' || one.value, given.value ->> 'subscriber' FROM ${toldInDigest})`,
]

/** SQL for whether the subscriber ?1 was, or may have been, told of an article in another way than by the digests that are read. */
export const isToldElsewhere = `(EXISTS (SELECT 1 FROM told_article
    WHERE told_article.article = article.id AND told_article.subscriber = ?1)
  OR EXISTS (SELECT 1 FROM notification
    WHERE notification.event = 'published/' || article.id AND notification.subscriber = ?1 AND notification.reached = 1))`

/**
 * SQL that deletes what was stored until the instant ?1. What a subscriber was told who has paused, or is owed digests, is kept until
 * these have come, because they reach back to before.
 */
export const forgetToldSql = `DELETE FROM told_article WHERE at <= ?1
  AND NOT EXISTS (SELECT 1 FROM subscriber WHERE subscriber.number = told_article.subscriber AND subscriber.state = 'paused')
  AND NOT EXISTS (SELECT 1 FROM rest WHERE rest.subscriber = told_article.subscriber)`
