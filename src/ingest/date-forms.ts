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
/** A word before the date, such as the day of the week, and articles: `Mi, `, `le mercredi `, `Mittwoch, den `, `le `. */
const articleForm = '(?:(?:le|den|the|el|il)\\s+)?'
const weekdayForm = `${articleForm}(?:(?<weekday>\\p{L}+(?:-feira)?)\\.?,?\\s+)?${articleForm}`
const dayForm = '(?<date>\\d{1,2})(?:er|st|nd|rd|th|\\.?[ºª°]|\\.)?'
const hourForm =
  '(?<hour>\\d{1,2})(?::(?<minute>\\d{2})(?::(?<second>\\d{2}))?|\\s?h(?:\\s?(?<minuteBehindH>\\d{2}))?|(?=\\s?[ap]\\.?\\s?m\\b))'
const clockForm = `(?:(?:at|à|a|um|a las|às|as|alle|alle ore|ore)\\s+)?${hourForm}(?:\\s?(?<half>[ap])\\.?\\s?m\\b\\.?)?(?:\\s?Uhr)?`

/** `2024-06-19T08:00:00-04:00`, `2024-06-19 08:00`, `2024-06-19 8:00 PM`, `2024-06-19`. */
const iso = new RegExp(
  `^(?<day>\\d{4}-\\d{2}-\\d{2})(?:[Tt ]+(?<time>\\d{1,2}:\\d{2}(?::\\d{2})?(?:[.,]\\d+)?)(?: ?(?<half>[ap])\\.? ?m\\b\\.?)?` +
    ` ?(?:${zoneForm})?)?$`,
  'i',
)
/** `Wed, 19 Jun 2024 08:00:00 EDT`, `19-Jun-24 08:00`, `19 June 2024`, `le 1er juin 2024 à 8 h`, `19 de junio de 2024`. */
const mail = new RegExp(
  `^${weekdayForm}${dayForm}(?:\\s+|-)(?:(?:de|of)\\s+)?(?<month>\\p{L}+)\\.?(?:,?\\s+(?:del?\\s+)?|-)(?<year>\\d{4}|\\d{2})` +
    `(?:,?\\s+${clockForm}(?:\\s+${zoneForm})?)?$`,
  'iu',
)
/** `Wed Jun 19 08:00:00 EDT 2024`, as C and Java write it, `Wed Jun 19 2024 08:00:00 GMT-0400`, as JavaScript does, `June 19, 2024`. */
const program = new RegExp(
  `^${weekdayForm}(?<month>\\p{L}+)\\.?\\s+${dayForm}(?:,?\\s+(?<year>\\d{4}))?` +
    `(?:,?\\s+${clockForm}(?:\\s+${zoneForm})?)?(?:\\s+(?<last>\\d{4}))?$`,
  'iu',
)

/** Splits a date into its parts, which may name no real day or time; undefined if the text has another form. */
export function partsOf(text: string): DateParts | undefined {
  if (text.length > maxCharacters) return undefined
  const trimmed = text.trim()
  const { day, time, half, zone } = iso.exec(trimmed)?.groups ?? {}
  if (day !== undefined)
    return {
      day,
      ...(time && { time: inHalfOfDay(time.replace(/^\d:/, '0$&').replace(',', '.'), half) }),
      ...(zone && { zone: offsetOf(zone) ?? zone }),
    }
  return partsIn((mail.exec(trimmed) ?? program.exec(trimmed))?.groups ?? {})
}

function partsIn(groups: Readonly<Record<string, string | undefined>>): DateParts | undefined {
  const { weekday, date = '', hour, half, second = '00', zone } = groups
  const month = monthOf(groups.month ?? '')
  const year = groups.year ?? groups.last
  const hasOneYear = year !== undefined && !(groups.year && groups.last)
  if (month === undefined || !hasOneYear) return undefined
  const minute = groups.minute ?? groups.minuteBehindH ?? '00'
  return {
    ...(weekday && { weekday }),
    day: `${fullYear(year)}-${twoDigits(month)}-${twoDigits(date)}`,
    ...(hour && { time: inHalfOfDay(`${twoDigits(hour)}:${minute}:${second}`, half) }),
    ...(zone && { zone: offsetOf(zone) ?? zone }),
  }
}

/** Writes a time such as `08:00` of the first (`a`) or second (`p`) half of the day with 24 hours; an hour after 12 has no half. */
function inHalfOfDay(time: string, half: string | undefined): string {
  if (half === undefined) return time
  const hour = Number(time.slice(0, 2))
  if (hour < 1 || hour > 12) return `${time} ${half.toLowerCase()}m`
  return `${twoDigits((hour % 12) + (half.toLowerCase() === 'p' ? 12 : 0))}${time.slice(2)}`
}

/** Returns a year as four digits. In years of two digits, 50 to 99 are in the 20th century (RFC 2822 §4.3). */
const fullYear = (year: string): string =>
  year.length === 4 ? year : `${Number(year) < 50 ? '20' : '19'}${year}`

/** Writes a number below 100 with two digits. */
export const twoDigits = (number: string | number): string => String(number).padStart(2, '0')
