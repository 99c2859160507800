import { newComments, newReplies, newsMilliseconds } from '../../domain/notify.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { lastSave } from '../revisions.ts'
import { maxAheadMilliseconds } from './holds.ts'
import { settleStatements } from './notifications.ts'
import { covered } from './rests.ts'
import type { Run } from './subscribers.ts'

/**
 * The part of the store that concerns pauses. What saves have changed before a pause begins or ends is settled first, so that what came
 * before a pause is owed, and what comes in it is not.
 */
export function pausesOn(database: D1Database, clock: Clock): Pick<NotifyStore, 'pause' | 'resume'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  return {
    async pause(number) {
      const now = clock()
      await database.batch([
        ...settleStatements(run, now),
        run(
          'UPDATE notification SET next = ?2 WHERE subscriber = ?1',
          ...[number, now + maxAheadMilliseconds],
        ),
        run(
          "UPDATE subscriber SET state = 'paused', paused = ?2 WHERE number = ?1 AND state = 'active'",
          ...[number, now],
        ),
      ])
    },

    async resume(number, { daily, weekly }) {
      const now = clock()
      const isPaused = "number = ?1 AND state = 'paused'"
      const lastDue = "iif(choice.schedule = 'daily', ?2, ?3)"
      const digests = [number, daily, weekly]
      const isOld = `subscriber = (SELECT number FROM subscriber WHERE ${isPaused}) AND event GLOB 'published/*' AND since < ?2`
      await database.batch([
        ...settleStatements(run, now),
        // What came in the pause alone is deleted first: two times of a choice cannot have the same end.
        run(
          `DELETE FROM rest WHERE subscriber = ?1 AND after >= (SELECT paused FROM subscriber WHERE ${isPaused})`,
          number,
        ),
        run(
          `UPDATE OR IGNORE rest SET until = (SELECT paused FROM subscriber WHERE ${isPaused})
           WHERE subscriber = ?1 AND until > (SELECT paused FROM subscriber WHERE ${isPaused})`,
          number,
        ),
        run('DELETE FROM rest WHERE subscriber = ?1 AND after >= until', number),
        run(
          `INSERT INTO rest (subscriber, selection, until, schedule, after)
           SELECT choice.subscriber, choice.selection, subscriber.paused, choice.schedule, ${covered}
           FROM subscriber JOIN choice ON choice.subscriber = subscriber.number
           WHERE subscriber.${isPaused} AND choice.schedule <> 'now' AND ${covered} < subscriber.paused
             AND subscriber.paused < ${lastDue}
           ON CONFLICT DO NOTHING`,
          ...digests,
        ),
        run(
          `UPDATE choice SET told = max(coalesce(told, 0), ${lastDue})
           WHERE subscriber = ?1 AND schedule <> 'now'
             AND EXISTS (SELECT 1 FROM subscriber WHERE ${isPaused} AND coalesce(paused, 0) < ${lastDue})`,
          ...digests,
        ),
        // What came in the pause is not told at once, which a join has to know.
        run(
          `UPDATE choice SET told = iif(article = '', ${lastSave('?2')}, ?2)
           WHERE subscriber = ?1 AND schedule = 'now' AND selection NOT IN ('${newComments}', '${newReplies}') AND EXISTS (SELECT 1 FROM subscriber WHERE ${isPaused})`,
          ...[number, now],
        ),
        // What is too old to be told at once is in the next digest, if there is one.
        run(`DELETE FROM notification WHERE ${isOld}`, number, now - newsMilliseconds),
        run(
          `UPDATE notification SET next = ?2 WHERE subscriber = (SELECT number FROM subscriber WHERE ${isPaused})`,
          ...[number, now],
        ),
        run(`UPDATE subscriber SET state = 'active', paused = NULL WHERE ${isPaused}`, number),
      ])
    },
  }
}
