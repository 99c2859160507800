import { rfc3339 } from '../domain/instant.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import type { Period } from '../domain/short-link.ts'

const dayMilliseconds = 86_400_000

/** The default length, in days, of the period for which visits are reported; `maxDays` is the maximum length. */
const defaultDays = 30
const maxDays = 366

/**
 * Parses a period from its first and last day, both included. If the last day is absent, the period ends today.
 * If the first day is absent, the period has 30 days.
 */
export function parsePeriod(
  { since, until }: { since?: string | undefined; until?: string | undefined },
  today: string,
): Result<Period> {
  if (until !== undefined && !isDay(until)) return invalid('until', 'must be a day such as 2024-06-19')
  if (since !== undefined && !isDay(since)) return invalid('since', 'must be a day such as 2024-06-19')
  const end = until ?? today
  const start = since ?? before(end, defaultDays - 1)
  if (start > end) return invalid('since', `must not be after ${end}`)
  const days = (Date.parse(end) - Date.parse(start)) / dayMilliseconds + 1
  if (days > maxDays) return invalid('since', `must be at most ${maxDays} days before the end`)
  return success({ since: start, until: end })
}

const invalid = (field: string, reason: string) =>
  failure({ kind: 'invalid-query', task: 'count', field, reason })

const before = (date: string, days: number): string => dayOf(Date.parse(date) - days * dayMilliseconds)

const dayOf = (instant: number): string => rfc3339(instant).slice(0, 10)

/**
 * Tells whether a text is a day of the calendar. `Date.parse` alone does not suffice, because it accepts 31
 * February.
 */
const isDay = (value: string): boolean =>
  /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value)) && dayOf(Date.parse(value)) === value
