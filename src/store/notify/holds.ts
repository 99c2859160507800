import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Run } from './subscribers.ts'

/** A digest or a hold that is further ahead was written by a clock that was wrong. */
export const maxAheadMilliseconds = 8 * 86_400_000

/** SQL for whether a hold counts at an instant. */
const isOn = (now: string): string => `until BETWEEN ${now} + 1 AND ${now} + ${maxAheadMilliseconds}`

/** SQL for whether a channel sends nothing at an instant. */
export const isHeld = (channel: string, now: string): string =>
  `EXISTS (SELECT 1 FROM hold WHERE hold.channel = ${channel} AND ${isOn(now)})`

/** SQL for whether a row of `hold` concerns one push service: the row then has its origin in the place of a channel. */
export const isOfService = "channel GLOB 'http*'"

/** The part of the store that concerns what sends nothing for a time: channels and push services. */
export function holdsOn(
  database: D1Database,
  clock: Clock,
): Pick<NotifyStore, 'hold' | 'holdService' | 'heldServices'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  const hold = (name: string, until: number, failure: string) =>
    run(
      `INSERT INTO hold (channel, until, since, failure) VALUES (?1, ?2, ?3, ?4)
       ON CONFLICT (channel) DO UPDATE SET until = excluded.until, failure = excluded.failure`,
      ...[name, until, clock(), failure],
    )
  return {
    async hold(channel, until, failure) {
      await hold(channel, until, failure).run()
    },

    async holdService(origin, until, failure) {
      const isOver = run(`DELETE FROM hold WHERE ${isOfService} AND until <= ?1`, clock())
      await database.batch([isOver, hold(origin, until, failure)])
    },

    async heldServices() {
      const { results } = await run(
        `SELECT channel AS origin, until, failure FROM hold WHERE ${isOfService} AND ${isOn('?1')}`,
        clock(),
      ).all<{ origin: string; until: number; failure: string }>()
      return results
    },
  }
}
