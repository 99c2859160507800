import { parseHttpDate } from '../../domain/http-date.ts'

/** The longest time for which a subscriber can put off the next delivery: one day. */
export const maxWaitMilliseconds = 86_400_000

/**
 * The milliseconds to wait that a header Retry-After asks for, from `now` (epoch milliseconds): a number of seconds, or
 * the time until a date (RFC 9110 §10.2.3), but at most a day. The result is undefined if the header is absent or
 * unreadable, or asks for no wait.
 */
export function waitAsked(value: string | undefined, now: number): number | undefined {
  const text = (value ?? '').trim()
  const asked = /^\d+$/.test(text) ? Number(text) * 1000 : parseHttpDate(text) - now
  return asked > 0 ? Math.min(asked, maxWaitMilliseconds) : undefined
}
