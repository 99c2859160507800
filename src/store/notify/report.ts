import type { NotifyState, NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { rowsOf } from '../hub/rows.ts'
import { isOfService } from './holds.ts'
import { presentPath } from './renamed.ts'

/** The part of the store that tells operators the state of the notifications, and people the names of what they chose. */
export function reportOn(database: D1Database, clock: Clock): Pick<NotifyStore, 'state' | 'titles'> {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  return {
    async state() {
      const [choices, counts, failing, holds, failedOptIns] = await database.batch([
        run(
          `SELECT selection, article, channel, schedule, count(*) AS subscribers,
             coalesce((SELECT slug FROM article WHERE article.id = choice.article), '') AS slug
           FROM choice JOIN subscriber ON subscriber.number = choice.subscriber
           GROUP BY selection, article, channel, schedule ORDER BY selection, article, channel, schedule`,
        ),
        run(
          `SELECT (SELECT count(*) FROM notification) AS waiting,
             (SELECT count(*) FROM opt_in WHERE done = 0) AS optIns,
             (SELECT count(*) FROM subscriber WHERE state = 'paused') AS paused,
             (SELECT coalesce(sum(requests), 0) FROM capped) AS capped`,
        ),
        run(
          `SELECT number, channel, failures, failure FROM subscriber
           WHERE failure IS NOT NULL AND state <> 'ended' ORDER BY number LIMIT 100`,
        ),
        run(
          `SELECT iif(${isOfService}, 'webpush', channel) AS channel, iif(${isOfService}, channel, NULL) AS service, until, since, failure
           FROM hold WHERE until > ?1 ORDER BY 1, 2`,
          clock(),
        ),
        run(
          `SELECT failure, count(*) AS optIns FROM opt_in WHERE done = 0 AND failure IS NOT NULL
           GROUP BY failure ORDER BY failure LIMIT 100`,
        ),
      ])
      return {
        choices: rowsOf<NotifyState['choices'][number]>(choices),
        ...(rowsOf<Pick<NotifyState, 'waiting' | 'optIns' | 'paused' | 'capped'>>(counts)[0] ?? {
          waiting: 0,
          optIns: 0,
          paused: 0,
          capped: 0,
        }),
        failing: rowsOf<NotifyState['failing'][number]>(failing),
        holds: rowsOf<NotifyState['holds'][number] & { service: string | null }>(holds).map(
          ({ service, ...hold }) => ({ ...hold, ...(service !== null && { service }) }),
        ),
        failedOptIns: rowsOf<NotifyState['failedOptIns'][number]>(failedOptIns),
      }
    },

    async titles(paths) {
      const { results } = await run(
        `SELECT given.value AS path, title FROM json_each(?1) AS given
           CROSS JOIN selection ON selection.path = ${presentPath('given.value')}`,
        JSON.stringify(paths),
      ).all<{ path: string; title: string }>()
      return new Map(results.map(({ path, title }) => [path, title]))
    },
  }
}
