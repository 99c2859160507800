import {
  digestSchedules,
  eventOf,
  type Happening,
  type Notification,
  type Subscriber,
} from '../../domain/notify.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Tell } from '../bad-row.ts'
import { claimMilliseconds, isClaimed } from './claimed.ts'
import { isHeld, maxAheadMilliseconds } from './holds.ts'
import { settleStatements } from './notifications.ts'
import { isNotPaused } from './rests.ts'
import { type SubscriberRow, subscriberColumns, subscriberIn } from './subscriber-row.ts'
import type { Run } from './subscribers.ts'

/** SQL for whether a job is about to send the subscriber something at the instant ?2. */
const isBusy = `EXISTS (SELECT 1 FROM notification AS other
  WHERE other.subscriber = notification.subscriber AND other.${isClaimed('?2')})`

/** The rows in the JSON list ?1. */
const named = "(SELECT value ->> 'subscriber', value ->> 'event' FROM json_each(?1))"

interface ClaimedRow {
  subscriber: number
  event: string
  since: number
  attempts: number
  claimed: number
  reached: number
}

function happeningIn(event: string): Happening | undefined {
  const [, kind, rest = ''] = /^(published|corrected|withdrawn|discussed|digest)\/(.+)$/s.exec(event) ?? []
  if (kind === 'published' || kind === 'corrected' || kind === 'withdrawn' || kind === 'discussed')
    return { kind, article: rest }
  const replaced = digestSchedules.find((one) => event === `replaced/${one}`)
  if (replaced) return { kind: 'replaced', schedule: replaced }
  const [, name, until] = /^(\w+)\/(\d{1,15})$/.exec(rest) ?? []
  const schedule = digestSchedules.find((one) => one === name)
  return schedule ? { kind: 'digest', schedule, until: Number(until) } : undefined
}

/** The part of the store by which jobs take notifications, read them again, and give them up. */
export function claimsOn(
  database: D1Database,
  clock: Clock,
  tell: Tell,
): Pick<NotifyStore, 'claim' | 'refresh' | 'release'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  /** Puts off notifications of subscribers who have paused until they go on, and deletes those of subscribers who have ended. */
  const forget = async (rows: readonly Pick<ClaimedRow, 'subscriber' | 'event'>[]) => {
    if (rows.length === 0) return
    const list = JSON.stringify(rows)
    await database.batch([
      run(`DELETE FROM notification WHERE (subscriber, event) IN ${named} AND ${isNotPaused}`, list),
      run(
        `UPDATE notification SET next = ?2, claimed = NULL WHERE (subscriber, event) IN ${named}`,
        ...[list, clock() + maxAheadMilliseconds],
      ),
    ])
  }
  return {
    async claim(channel, limit) {
      const now = clock()
      // The place in the order is part of the instant `next`, because SQLite returns changed rows in whatever order.
      // What saves have changed is settled first, so that nobody is told of it now, and again when it is settled.
      const batch = await database.batch<ClaimedRow & { next: number }>([
        ...settleStatements(run, now),
        run(
          `UPDATE notification SET next = ?2 + ${claimMilliseconds} + place - ?3, claimed = ?2 + ${claimMilliseconds},
           attempts = attempts + 1, reached = max(reached, claimed IS NOT NULL)
         FROM (SELECT taken, row_number() OVER () AS place FROM
           (SELECT rowid AS taken FROM notification WHERE channel = ?1 AND next <= ?2 AND NOT ${isHeld('?1', '?2')}
              AND NOT ${isBusy}
             ORDER BY next, rowid LIMIT ?3))
         WHERE notification.rowid = taken
         RETURNING subscriber, event, since, attempts, claimed, reached, next`,
          ...[channel, now, limit],
        ),
      ])
      const results = batch.at(-1)?.results ?? []
      if (results.length === 0) return []
      const found = await run(
        `SELECT ${subscriberColumns} FROM subscriber WHERE number IN (SELECT value FROM json_each(?1))`,
        JSON.stringify(results.map(({ subscriber }) => subscriber)),
      ).all<SubscriberRow & Record<string, unknown>>()
      const subscribers = new Map(found.results.map((row) => [row.number, subscriberIn(row)] as const))
      const claimed: Notification[] = []
      const idle: ClaimedRow[] = []
      for (const row of results.toSorted((one, other) => one.next - other.next)) {
        const subscriber = subscribers.get(row.subscriber)
        const happening = happeningIn(row.event)
        if (!happening) tell('notification', row.event, { field: 'event', reason: 'must name an event' })
        const { since, attempts, claimed: until, reached } = row
        if (subscriber?.state === 'active' && happening)
          claimed.push({
            subscriber,
            happening,
            since,
            attempts,
            claimed: until,
            isMaybeTaken: reached === 1,
          })
        else idle.push(row)
      }
      await forget(idle)
      return claimed
    },

    async refresh(notifications) {
      const those = notifications.map(({ subscriber, happening, claimed }) => ({
        ...{ subscriber: subscriber.number, event: eventOf(happening), claimed },
      }))
      const { results } = await run(
        `SELECT ${subscriberColumns}, event, happened FROM
           (SELECT subscriber AS owner, event, since AS happened FROM json_each(?1) AS given CROSS JOIN notification
            WHERE event = given.value ->> 'event' AND subscriber = given.value ->> 'subscriber'
              AND claimed = given.value ->> 'claimed')
         CROSS JOIN subscriber ON subscriber.number = owner`,
        JSON.stringify(those),
      ).all<SubscriberRow & { event: string; happened: number } & Record<string, unknown>>()
      const present = new Map<string, { subscriber: Subscriber; since: number }>()
      const idle: Pick<ClaimedRow, 'subscriber' | 'event'>[] = []
      for (const row of results) {
        const subscriber = subscriberIn(row)
        const { number, event, happened } = row
        if (subscriber.state === 'active') present.set(`${number} ${event}`, { subscriber, since: happened })
        else idle.push({ subscriber: number, event })
      }
      await forget(idle)
      return notifications.flatMap((notification) => {
        const { subscriber, happening } = notification
        const read = present.get(`${subscriber.number} ${eventOf(happening)}`)
        return read ? [{ ...notification, ...read }] : []
      })
    },

    async release(notifications, next) {
      if (notifications.length === 0) return
      const those = notifications.map((one) => ({
        ...{ subscriber: one.subscriber.number, event: eventOf(one.happening) },
      }))
      await run(
        // What was never tried comes in its former order, before what has failed.
        `UPDATE notification SET next = coalesce(?3, iif(attempts > 1, ?2, min(?2, since))), claimed = NULL,
           attempts = attempts - 1
         WHERE (subscriber, event) IN ${named}`,
        ...[JSON.stringify(those), clock(), next ?? null],
      ).run()
    },
  }
}
