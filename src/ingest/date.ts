import { rfc3339 } from '../domain/instant.ts'
import { type DateParts, partsOf, twoDigits } from './date-forms.ts'
import { weekdayOf } from './date-words.ts'

/**
 * A date that a text gives. `instant` is RFC 3339 in UTC with whole seconds. If the text gives only a day, `isDay` is true, and
 * `instant` is noon in UTC on that day, which lies on the same day in nearly every time zone. `doubt` says what is doubtful, and
 * which date was taken: clocks in the site's zone show the time twice or never, or the day of the week is another one.
 */
interface ReadDate {
  instant: string
  isDay: boolean
  doubt?: string
}

/** Programs write earlier years for a date that is missing, such as 0001-01-01 or 30 November of the year -0001. */
const minYear = '1000'
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday']

/** How a date is written, for messages. */
const forms = 'a date such as 2024-06-19, 2024-06-19 08:00 or 2024-06-19T08:00:00-04:00'

/**
 * Parses a date by the grammar of the command line, front matter and the files beside captures: a day (`2024-06-19`), a day and
 * a time (`2024-06-19 08:00`, `2024-06-19T08:00:00`), or both with a zone (`2024-06-19T08:00:00-04:00`,
 * `Wed, 19 Jun 2024 08:00:00 EDT`). A time without a zone is in `timeZone` (an IANA name); if `timeZone` is undefined, such a
 * time is refused. A day of the week that is not that of the date does not count, but is a doubt. A year before 1000 is refused,
 * except in an instant in RFC 3339, because a backup may have one. For any other text, the result is the reason, which follows
 * the name of the field.
 */
export function parseDate(text: string, timeZone: string | undefined): ReadDate | { fault: string } {
  const parts = partsOf(text)
  if (!parts) return { fault: `must be ${forms}` }
  const { day, time } = parts
  const fault = faultIn(day, time ?? '12:00')
  if (fault !== undefined) return { fault }
  if (day < minYear && !isInstant(text.trim())) return { fault: `must be in the years ${minYear} to 9999` }
  const date = dateOf(parts, timeZone)
  if ('fault' in date) return date
  const weekday = weekdayDoubt(parts)
  const doubts = [weekday && `${weekday}; ${day} is taken`, date.doubt].filter((doubt) => doubt !== undefined)
  return doubts.length === 0 ? date : { ...date, doubt: doubts.join('; ') }
}

/** Returns the date that the parts give, whose day and time must exist. It does not compare the day of the week. */
function dateOf({ day, time, zone }: DateParts, timeZone: string | undefined): ReadDate | { fault: string } {
  if (time === undefined) return { instant: `${day}T12:00:00Z`, isDay: true }
  // `Date` would read some names of zones as well, so that an unknown one is refused here.
  if (zone !== undefined) return datedAt(Date.parse(`${day}T${time}${/^[+-]|^Z$/.test(zone) ? zone : '?'}`))
  const local = `${day}T${withSeconds(time.slice(0, 8))}`
  return timeZone === undefined ? { fault: `needs a zone: ${local}Z` } : localDate(local, timeZone)
}

/**
 * Says that the word before the date is the name of another day of the week, in English, French, German, Spanish, Italian or Portuguese; undefined if
 * it is not, or if the date does not exist. Other words, such as `le`, say nothing.
 */
export function weekdayDoubt({ weekday, day }: DateParts): string | undefined {
  const named = weekday === undefined ? undefined : weekdayOf(weekday)
  const right = new Date(`${day}T12:00:00Z`).getUTCDay()
  if (named === undefined || named === right || !isWritten(`${day}T00:00`)) return undefined
  return `${day} is a ${weekdays[right]}, not "${weekday}"`
}

/** Returns the date of a local time without a zone, which must exist as a date and time. */
function localDate(local: string, timeZone: string): ReadDate | { fault: string } {
  const { instant, clocks } = instantIn(timeZone, Date.parse(`${local}Z`))
  const date = datedAt(instant)
  if ('fault' in date || clocks === 'once') return date
  const taken = localTime(timeZone, instant)
  return { ...date, doubt: `clocks in ${timeZone} show ${local} ${clocks}; ${taken} is taken` }
}

function datedAt(instant: number): ReadDate | { fault: string } {
  if (Number.isNaN(instant)) return { fault: `has an unknown zone: write an offset, as in ${forms}` }
  if (!hasFourDigits(instant)) return { fault: 'must be in the years 0000 to 9999' }
  return { instant: rfc3339(instant), isDay: false }
}

/**
 * Returns the reason why the API refuses a text that `isInstant` does not accept, and how the same date is written in RFC 3339.
 * A time without a zone is shown with the offset that `timeZone` has at that time.
 */
export function refusalOf(text: string, timeZone: string): string {
  const parts = partsOf(text)
  const date = parseDate(text, timeZone)
  const fault = parts && faultIn(parts.day, parts.time ?? '12:00')
  if (fault !== undefined) return fault
  const weekday = parts && weekdayDoubt(parts)
  if (weekday !== undefined) return weekday
  if (!parts || 'fault' in date) return 'must be a date and time with its zone, such as 2024-06-19T12:00:00Z'
  if (date.isDay) return `needs a time and a zone: ${date.instant}`
  if (parts.zone !== undefined) return `must be a date and time with its zone: ${date.instant}`
  return `needs a zone: ${localTime(timeZone, Date.parse(date.instant))}`
}

/** Tells whether a text is an instant in RFC 3339, with a time zone. The seconds may be left out. */
export function isInstant(value: string): boolean {
  const parts = /^(\d{4}-\d{2}-\d{2})T(\d{2}:\d{2}(?::\d{2})?)(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})$/i.exec(value)
  const [, day, time] = parts ?? []
  if (day === undefined || time === undefined || faultIn(day, time) !== undefined) return false
  return hasFourDigits(Date.parse(value))
}

/** Parses an instant in RFC 3339; returns epoch milliseconds, or undefined for any other text. */
export const parseInstant = (value: string): number | undefined =>
  isInstant(value) ? Date.parse(value) : undefined

/** Returns the first instant (epoch milliseconds) of a day (`2024-06-19`) in a time zone. */
export const startOfDay = (day: string, timeZone: string): number =>
  instantIn(timeZone, Date.parse(`${day}T00:00:00Z`)).instant

/** Returns the day (`2024-06-19`) that an instant (epoch milliseconds) has in a time zone. */
export const localDay = (instant: number, timeZone: string): string =>
  rfc3339(clockIn(timeZone)(instant)).slice(0, 10)

const withSeconds = (time: string): string => (time.length === 5 ? `${time}:00` : time)

/** Says which of a day and a time does not exist; undefined if both do. */
function faultIn(day: string, time: string): string | undefined {
  if (!isWritten(`${day}T00:00`)) return `no such day: ${day}`
  return isWritten(`2024-01-01T${time.slice(0, 8)}`) && !/m$/i.test(time)
    ? undefined
    : `no such time: ${time}`
}

/** Tells whether a date is written as `Date` writes it. `Date` reads 31 February as 2 March. */
function isWritten(local: string): boolean {
  const instant = Date.parse(`${local}Z`)
  return !Number.isNaN(instant) && rfc3339(instant).startsWith(local)
}

function hasFourDigits(instant: number): boolean {
  const year = new Date(instant).getUTCFullYear()
  return year >= 0 && year <= 9999
}

/**
 * Returns the instant at which clocks in a time zone show a local time, and how often they show it; `local` is that time as
 * epoch milliseconds in UTC. If clocks show the time twice, because they are set back, the instant is the earlier one. If they
 * never show it, because they are set forward, the instant is later by as much as they are set forward.
 */
function instantIn(timeZone: string, local: number): { instant: number; clocks: 'once' | 'twice' | 'never' } {
  const shown = clockIn(timeZone)
  const before = shown(local - dayMilliseconds) - (local - dayMilliseconds)
  const after = shown(local + dayMilliseconds) - (local + dayMilliseconds)
  const [early, late] = [local - before, local - after]
  const [isEarly, isLate] = [shown(early) === local, shown(late) === local]
  if (isEarly) return { instant: early, clocks: isLate && late !== early ? 'twice' : 'once' }
  return isLate ? { instant: late, clocks: 'once' } : { instant: early, clocks: 'never' }
}

const dayMilliseconds = 86_400_000

/** Makes a function that returns the local time of an instant, both in epoch milliseconds. */
function clockIn(timeZone: string): (instant: number) => number {
  const fields = { year: 'numeric', month: 'numeric', day: 'numeric' } as const
  const clock = { hour: 'numeric', minute: 'numeric', second: 'numeric', hourCycle: 'h23' } as const
  const format = new Intl.DateTimeFormat('en', { timeZone, ...fields, ...clock })
  return (instant) => {
    const parts = Object.fromEntries(
      format.formatToParts(instant).map(({ type, value }) => [type, Number(value)]),
    )
    const { year = 0, month = 0, day = 0, hour = 0, minute = 0, second = 0 } = parts
    return new Date(0).setUTCFullYear(year, month - 1, day) + ((hour * 60 + minute) * 60 + second) * 1000
  }
}

/** Writes an instant as the local time in a time zone, with its offset in minutes. */
function localTime(timeZone: string, instant: number): string {
  const local = clockIn(timeZone)(instant)
  const minutes = Math.round((local - instant) / 60_000)
  const size = Math.abs(minutes)
  const offset = `${minutes < 0 ? '-' : '+'}${twoDigits(Math.floor(size / 60))}:${twoDigits(size % 60)}`
  return `${rfc3339(local).slice(0, 19)}${offset}`
}
