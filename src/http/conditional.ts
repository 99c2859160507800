import { opaque, tagsIn } from './entity-tag.ts'
import type { Validators } from './validators.ts'

/**
 * Whether a GET or HEAD may be answered 304, per RFC 9110 §13.2.2: If-None-Match decides if it is present;
 * If-Modified-Since is read only if If-None-Match is absent and the date is valid (§13.1.3).
 */
export function isNotModified(request: Headers, current: Validators): boolean {
  const ifNoneMatch = request.get('If-None-Match')
  if (ifNoneMatch !== null) return anyMatches(ifNoneMatch, current.etag)
  if (!current.lastModified) return false
  return current.lastModified.getTime() <= parseDate(request.get('If-Modified-Since') ?? '')
}

/**
 * Weak comparison of entity-tags (RFC 9110 §8.8.3.2). The list is matched rather than split, because a quoted
 * tag may contain commas.
 */
function anyMatches(field: string, etag: string): boolean {
  // Nearly every poll sends the current entity-tag exactly as it was given, so equality is tested before
  // parsing.
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
 * Parses the three date forms of RFC 9110 §5.6.7 into epoch milliseconds; NaN for everything else. A wrong
 * weekday is ignored, because the date itself is unambiguous. Two-digit years mean 1950 to 2049, so they are at
 * most 50 years in the future, and never later than the sender meant.
 */
function parseDate(field: string): number {
  const date = field.trim()
  if (!httpDate.test(date)) return Number.NaN
  const instant = Date.parse(date.endsWith('GMT') ? date : `${date} GMT`)
  // The parser reads 31 April as 1 May, so such dates are refused. Only dates at the end of a month are checked,
  // to keep polls fast.
  return endOfMonth.test(date) && new Date(instant).getUTCDate() !== dayOfMonth(date) ? Number.NaN : instant
}

/** The first number of a date, which is the day of the month in all three forms. */
const dayOfMonth = (date: string): number => Number.parseInt(date.slice(date.search(/\d/)), 10)
