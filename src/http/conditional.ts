import { opaque, tagsIn } from './entity-tag.ts'
import type { Validators } from './validators.ts'

/**
 * Whether a GET or HEAD may be answered 304, per RFC 9110 §13.2.2: If-None-Match decides when it is
 * present; If-Modified-Since is read only in its absence, and only when it is a valid date (§13.1.3).
 */
export function isNotModified(request: Headers, current: Validators): boolean {
  const ifNoneMatch = request.get('If-None-Match')
  if (ifNoneMatch !== null) return anyMatches(ifNoneMatch, current.etag)
  if (!current.lastModified) return false
  return current.lastModified.getTime() <= parseDate(request.get('If-Modified-Since') ?? '')
}

/** Weak comparison, §8.8.3.2. A quoted tag may hold commas, so the list is matched, not split. */
function anyMatches(field: string, etag: string): boolean {
  // Nearly every poll sends the present tag just as it was given: then nothing needs to be taken apart.
  if (field === etag || field.trim() === '*') return true
  return tagsIn(field).some((tag) => opaque(tag) === opaque(etag))
}

const days = '(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Satu?r?|Sun)(?:day)?'
const time = '(?:[01]\\d|2[0-3]):\\d{2}:\\d{2}'
const httpDate = new RegExp(
  `^${days},? (?:\\d{2}[ -][A-Z][a-z]{2}[ -]\\d{2}(?:\\d{2})? ${time} GMT|[A-Z][a-z]{2} [ \\d]\\d ${time} \\d{4})$`,
)
const endOfMonth = / (?:29|3[01])[ -]/

/**
 * The three forms of RFC 9110 §5.6.7 in epoch milliseconds, NaN for everything else. A weekday of another date
 * is forgiven, as the date itself is clear. Two digits of a year are those of 1950 to 2049: never more than 50
 * years ahead, and never later than what was meant.
 */
function parseDate(field: string): number {
  const date = field.trim()
  if (!httpDate.test(date)) return Number.NaN
  const instant = Date.parse(date.endsWith('GMT') ? date : `${date} GMT`)
  // A day that its month lacks is read as one of the next month; asked only where it may be, as every poll comes here.
  return endOfMonth.test(date) && new Date(instant).getUTCDate() !== dayOfMonth(date) ? Number.NaN : instant
}

/** The first number of a date: the day of the month in every form. */
const dayOfMonth = (date: string): number => Number.parseInt(date.slice(date.search(/\d/)), 10)
