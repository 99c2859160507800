const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec']

/** The time zones that RFC 822 §5.1 names. */
const zones: Record<string, string> = {
  ...{ z: 'Z', ut: 'Z', utc: 'Z', gmt: 'Z', est: '-05:00', edt: '-04:00', cst: '-06:00', cdt: '-05:00' },
  ...{ mst: '-07:00', mdt: '-06:00', pst: '-08:00', pdt: '-07:00' },
}

const iso =
  /^(\d{4}-\d{2}-\d{2})(?:[Tt ]+(\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?) ?([Zz]|[+-]\d{2}(?::?\d{2})?)?)?$/
const mail =
  /^(?:[a-z]+\.?,?\s+)?(\d{1,2})[\s-]+([a-z]{3})[a-z]*\.?[\s-]+(\d{4}|\d{2})(?:\s+(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\s+([a-z]+|[+-]\d{2}:?\d{2}))?)?$/i

/**
 * Converts a date as feeds and front matter write it to RFC 3339: `2024-06-19`, `2024-06-19 08:00 -0400`,
 * `Wed, 19 Jun 2024 08:00:00 EDT`. A date without a time is noon in UTC, and a time without a zone is UTC.
 * Other text is returned unchanged, so that the validation of articles reports it.
 */
export function instantOf(text: string): string {
  const [, day, time = '12:00:00', zone] = iso.exec(text.trim()) ?? []
  if (day !== undefined) return `${day}T${time.replace(',', '.')}${offsetOf(zone)}`
  const [, date = '', name = '', year = '', hour = '12', minute = '00', second = '00', named] =
    mail.exec(text.trim()) ?? []
  const month = months.indexOf(name.toLowerCase()) + 1
  if (month === 0) return text
  return `${fullYear(year)}-${twoDigits(month)}-${twoDigits(date)}T${twoDigits(hour)}:${minute}:${second}${offsetOf(named)}`
}

/** Returns a year as four digits. In years of two digits, 50 to 99 are in the 20th century (RFC 2822 §4.3). */
const fullYear = (year: string): string =>
  year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`

const twoDigits = (number: string | number): string => String(number).padStart(2, '0')

/** Returns a UTC offset with a colon; an unknown time zone is treated as UTC (RFC 2822 §4.3). */
function offsetOf(zone = 'Z'): string {
  const [, hours, minutes = '00'] = /^([+-]\d{2}):?(\d{2})?$/.exec(zone) ?? []
  return hours === undefined ? (zones[zone.toLowerCase()] ?? 'Z') : `${hours}:${minutes}`
}

/**
 * Returns the dates of an article. If the date of the last change is before the publication, it is left out, so
 * that `updated` is never before `published`.
 */
export function datesOf(
  published: string | undefined,
  updated: string | undefined,
): { published?: string; updated?: string } {
  if (published === undefined) return updated === undefined ? {} : { published: updated }
  const isLater = updated !== undefined && Date.parse(updated) > Date.parse(published)
  return isLater ? { published, updated } : { published }
}
