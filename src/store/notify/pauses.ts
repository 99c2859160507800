import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Run } from './subscribers.ts'

/** The part of the store that concerns pauses. */
export function pausesOn(database: D1Database): Pick<NotifyStore, 'pause' | 'resume'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  return {
    async pause(number) {
      await run("UPDATE subscriber SET state = 'paused' WHERE number = ?1 AND state = 'active'", number).run()
    },

    async resume(number, { daily, weekly }) {
      const isPaused = "number = ?1 AND state = 'paused'"
      await database.batch([
        run(
          `UPDATE choice SET told = max(coalesce(told, 0), iif(coalesce(former, schedule) = 'daily', ?2, ?3))
           WHERE subscriber = (SELECT number FROM subscriber WHERE ${isPaused}) AND coalesce(former, schedule) <> 'now'`,
          ...[number, daily, weekly],
        ),
        run(`UPDATE subscriber SET state = 'active' WHERE ${isPaused}`, number),
      ])
    },
  }
}
