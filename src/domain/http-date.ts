const days = '(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs)?|Fri|Satu?r?|Sun)(?:day)?'
const time = '(?:[01]\\d|2[0-3]):\\d{2}:\\d{2}'
const httpDate = new RegExp(
  `^${days},? (?:\\d{2}[ -][A-Z][a-z]{2}[ -]\\d{2}(?:\\d{2})? ${time} GMT|[A-Z][a-z]{2} [ \\d]\\d ${time} \\d{4})$`,
)
const endOfMonth = / (?:29|3[01])[ -]/

/**
 * Parses the three date forms of RFC 9110 §5.6.7 into epoch milliseconds; NaN for everything else. A wrong
 * weekday is ignored, because the rest of the date is unambiguous. A year of two digits means a year from
 * 1950 to 2049. RFC 9110 demands that such a date is not more than 50 years in the future, and no date up to
 * 2049 is.
 */
export function parseHttpDate(field: string): number {
  const date = field.trim()
  if (!httpDate.test(date)) return Number.NaN
  const instant = Date.parse(date.endsWith('GMT') ? date : `${date} GMT`)
  // `Date.parse` reads 31 April as 1 May, so a date that does not exist is refused. Only dates near the end of
  // a month are checked, to keep polls fast.
  return endOfMonth.test(date) && new Date(instant).getUTCDate() !== dayOfMonth(date) ? Number.NaN : instant
}

/** The first number in a date. In each of the three date forms of HTTP this number is the day of the month. */
const dayOfMonth = (date: string): number => Number.parseInt(date.slice(date.search(/\d/)), 10)
