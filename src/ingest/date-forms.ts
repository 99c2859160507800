import { monthOf } from './date-words.ts'
import { offsetOf } from './zones.ts'

/**
 * The parts of a date as a text gives them. `zone` is `Z`, an offset such as `-04:00`, or any other word for a zone. `weekday` is the
 * word before the date.
 */
export interface DateParts {
  weekday?: string
  day: string
  time?: string
  zone?: string
}

const maxCharacters = 100

/** An offset or the name of a zone, perhaps with another name in brackets behind it, as in e-mail: `+0200 (CEST)`. */
const zoneForm =
  '(?<zone>(?:gmt|utc?)\\s?[+-]\\d{1,2}(?::?\\d{2})?|[+-]\\d{2}(?::?\\d{2})?|[a-z]+)(?:\\s?\\([^()]{1,60}\\))?'
const weekdayForm = '(?:(?<weekday>\\p{L}+)\\.?,?\\s+)?'
const clockForm = '(?<hour>\\d{1,2}):(?<minute>\\d{2})(?::(?<second>\\d{2}))?'

/** `2024-06-19T08:00:00-04:00`, `2024-06-19 08:00`, `2024-06-19`. */
const iso = new RegExp(
  `^(?<day>\\d{4}-\\d{2}-\\d{2})(?:[Tt ]+(?<time>\\d{2}:\\d{2}(?::\\d{2})?(?:[.,]\\d+)?) ?(?:${zoneForm})?)?$`,
  'i',
)
/** `Wed, 19 Jun 2024 08:00:00 EDT`, `19-Jun-24 08:00`, `19 June 2024`. */
const mail = new RegExp(
  `^${weekdayForm}(?<date>\\d{1,2})(?:\\s+|-)(?<month>\\p{L}+)\\.?(?:\\s+|-)(?<year>\\d{4}|\\d{2})` +
    `(?:\\s+${clockForm}(?:\\s+${zoneForm})?)?$`,
  'iu',
)
/** `Wed Jun 19 08:00:00 EDT 2024`, as C and Java write it, `Wed Jun 19 2024 08:00:00 GMT-0400`, as JavaScript does, `June 19, 2024`. */
const program = new RegExp(
  `^${weekdayForm}(?<month>\\p{L}+)\\.?\\s+(?<date>\\d{1,2})(?:,?\\s+(?<year>\\d{4}))?` +
    `(?:,?\\s+${clockForm}(?:\\s+${zoneForm})?)?(?:\\s+(?<last>\\d{4}))?$`,
  'iu',
)

/** Splits a date into its parts, which may name no real day or time; undefined if the text has another form. */
export function partsOf(text: string): DateParts | undefined {
  if (text.length > maxCharacters) return undefined
  const trimmed = text.trim()
  const { day, time, zone } = iso.exec(trimmed)?.groups ?? {}
  if (day !== undefined)
    return {
      day,
      ...(time && { time: time.replace(',', '.') }),
      ...(zone && { zone: offsetOf(zone) ?? zone }),
    }
  return partsIn((mail.exec(trimmed) ?? program.exec(trimmed))?.groups ?? {})
}

function partsIn(groups: Readonly<Record<string, string | undefined>>): DateParts | undefined {
  const { weekday, date = '', hour, minute, second = '00', zone } = groups
  const month = monthOf(groups.month ?? '')
  const year = groups.year ?? groups.last
  const hasOneYear = year !== undefined && !(groups.year && groups.last)
  if (month === undefined || !hasOneYear) return undefined
  return {
    ...(weekday && { weekday }),
    day: `${fullYear(year)}-${twoDigits(month)}-${twoDigits(date)}`,
    ...(hour && { time: `${twoDigits(hour)}:${minute}:${second}` }),
    ...(zone && { zone: offsetOf(zone) ?? zone }),
  }
}

/** Returns a year as four digits. In years of two digits, 50 to 99 are in the 20th century (RFC 2822 §4.3). */
const fullYear = (year: string): string =>
  year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`

/** Writes a number below 100 with two digits. */
export const twoDigits = (number: string | number): string => String(number).padStart(2, '0')
