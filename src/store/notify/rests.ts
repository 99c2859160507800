import { type DigestSchedule, digestMaxAge } from '../../domain/notify.ts'
import { lastSettled } from '../revisions.ts'
import { tellInDigestSql } from './told-articles.ts'

/** SQL for the instant until which a choice has been told by digests: that of the last one, or of the choice itself. */
export const covered = 'max(choice.since, coalesce(choice.told, 0))'

/**
 * SQL for the times of the choices of the subscriber ?1 that the digests ?2 have yet to tell at the instant ?3, up to the last save
 * whose effects are settled: what came since the last one, and the rests. Each row has a selection, the instant from which articles
 * count for the choice, the time's two ends, and the instant from which articles are recent enough for a digest.
 */
export const untold = (
  schedule: DigestSchedule,
): string => `SELECT selection, since, ${covered} AS after, ${lastSettled('?3')} AS until,
    ?3 - ${digestMaxAge[schedule]} AS earliest FROM choice
    WHERE choice.subscriber = ?1 AND article = '' AND schedule = ?2
  UNION ALL SELECT rest.selection, choice.since, max(rest.after, choice.since), min(rest.until, ${lastSettled('?3')}),
    rest.until - ${digestMaxAge[schedule]}
    FROM rest JOIN choice ON choice.selection = rest.selection AND choice.article = '' AND choice.subscriber = rest.subscriber
    WHERE rest.subscriber = ?1 AND rest.schedule = ?2`

/** The times that the digests in the JSON list ?1 have told. */
const toldTimes = "json_each(?1) AS given, json_each(given.value, '$.covers.times') AS time"

/**
 * SQL that stores what digests have told, or that they had nothing to tell, so that what changes later about an article of that time
 * tells nobody; ?1 is a JSON list of objects with `subscriber` and `covers`. The times are recognized by
 * their beginning, so that what has another schedule since a digest was read is moved neither too far nor not at all.
 */
export const coverSql: readonly string[] = [
  ...tellInDigestSql,
  `UPDATE choice SET told = given.value ->> '$.covers.until' FROM ${toldTimes}
   WHERE choice.subscriber = given.value ->> 'subscriber' AND choice.selection = time.value ->> 0 AND choice.article = ''
     AND choice.schedule <> 'now' AND ${covered} = time.value ->> 1
     AND coalesce(choice.told, 0) < given.value ->> '$.covers.until'`,
  `UPDATE rest SET after = max(rest.after, given.value ->> '$.covers.until') FROM ${toldTimes}
   WHERE rest.subscriber = given.value ->> 'subscriber' AND rest.selection = time.value ->> 0 AND rest.after = time.value ->> 1`,
  `DELETE FROM rest WHERE subscriber IN (SELECT value ->> 'subscriber' FROM json_each(?1)) AND after >= until`,
]

/**
 * SQL that stores that digests had nothing to tell; ?1 is a JSON list of objects with `subscriber`, `schedule` and `begun`, the instant
 * at which the digest was due. If the subscriber has paused meanwhile, this is why nothing was told, and the rests stay.
 */
export const endRestsSql = `DELETE FROM rest WHERE (subscriber, selection, until) IN (
  SELECT rest.subscriber, rest.selection, rest.until FROM json_each(?1) AS given
    CROSS JOIN subscriber ON subscriber.number = given.value ->> 'subscriber' AND subscriber.state = 'active'
    CROSS JOIN rest ON rest.subscriber = subscriber.number AND rest.schedule = given.value ->> 'schedule'
      AND rest.until <= given.value ->> 'begun')`

/** SQL for whether the subscriber of a notification has not paused: what waits for those who have is told after the pause. */
export const isNotPaused = `NOT EXISTS (SELECT 1 FROM subscriber
  WHERE subscriber.number = notification.subscriber AND subscriber.state = 'paused')`
