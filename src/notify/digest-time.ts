// I/O: none; only computes instants.
import { rfc3339 } from '../domain/instant.ts'
import { type Weekday, weekdays } from '../domain/mail.ts'
import type { DigestSchedule } from '../domain/notify.ts'
import { localDay, parseDate } from '../ingest/date.ts'

/** When digests are sent: the hour of the day (0 to 23) in a time zone, and the day of the week of the weekly one. */
export interface DigestTime {
  timeZone: string
  hour: number
  day: Weekday
}

const dayMilliseconds = 86_400_000

/**
 * Returns the instant (epoch milliseconds) of the last digest that is due at `now`. If clocks skip the hour on a day, the
 * digest is as much later as they skip; if they show it twice, the first time counts.
 */
export function lastDigest(schedule: DigestSchedule, now: number, time: DigestTime): number {
  const today = Date.parse(`${localDay(now, time.timeZone)}T00:00:00Z`)
  for (let back = 0; ; back += 1) {
    const day = new Date(today - back * dayMilliseconds)
    // The list of weekdays begins with Monday, and `getUTCDay` with Sunday.
    if (schedule === 'weekly' && weekdays[(day.getUTCDay() + 6) % weekdays.length] !== time.day) continue
    const local = `${rfc3339(day.getTime()).slice(0, 10)} ${String(time.hour).padStart(2, '0')}:00`
    const date = parseDate(local, time.timeZone)
    if ('fault' in date) throw new Error(`Cannot compute the digest of ${local}: ${date.fault}`)
    const instant = Date.parse(date.instant)
    if (instant <= now) return instant
  }
}
