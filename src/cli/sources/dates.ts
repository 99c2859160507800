import { weekdayDoubt } from '../../ingest/date.ts'
import { partsOf } from '../../ingest/date-forms.ts'
import type { Warned } from '../../ingest/warned.ts'

/** A date that a source states, in RFC 3339, and what was assumed about it. */
interface SourceDate {
  date: string
  doubts: readonly string[]
}

/** The dates of an article in RFC 3339. */
interface Dates {
  published?: string
  updated?: string
}

/**
 * Converts a date as feeds write it to RFC 3339: `Wed, 19 Jun 2024 08:00:00 EDT`, `2024-06-19 08:00 -0400`. A date without a
 * time is a day (`2024-06-19`). A time without a zone is UTC, and so is a time with an unknown zone (RFC 2822 §4.3); both are
 * doubts. Other text is returned unchanged, so that the validation of articles reports it.
 */
function readDate(text: string): SourceDate {
  const parts = partsOf(text)
  if (!parts) return { date: text, doubts: [] }
  const { day, time, zone } = parts
  // An hour such as `13:00 PM` does not exist.
  if (time?.endsWith('m')) return { date: text, doubts: [] }
  const weekday = weekdayDoubt(parts)
  const doubts = weekday === undefined ? [] : [`${weekday}; ${day} is taken`]
  if (time === undefined) return { date: day, doubts }
  if (zone !== undefined && /^(?:Z|[+-]\d{2}:\d{2})$/.test(zone))
    return { date: `${day}T${time}${zone}`, doubts }
  const unclear = zone === undefined ? 'has no zone' : `has the unknown zone "${zone}"`
  return { date: `${day}T${time}Z`, doubts: [...doubts, `${time} ${unclear}, and UTC is taken`] }
}

/**
 * Tells whether a text is what programs write for a date that is missing: zeros, the year 1, or, as WordPress does,
 * `Wed, 30 Nov -0001 00:00:00 +0000`.
 */
export const isMissingDate = (text: string): boolean =>
  /^\s*(?:-?0\d{3}-|(?:\p{L}+\.?,?\s+)?\d{1,2}(?:\s+|-)\p{L}+\.?(?:\s+|-)-?0\d{3}(?!\d))/u.test(
    text.slice(0, 100),
  )

/** Tells whether a date in RFC 3339 is on a day that programs write for a date that nobody set. */
export const isUnset = (date: string): boolean => /^(?:1970-01-01|1969-12-31|1900-01-01)/.test(date)

/** Converts a date in UTC to RFC 3339; other text is returned unchanged. */
export const instantOf = (text: string): string => readDate(text).date

/** The epoch milliseconds of a date, in UTC if it states no zone; NaN if there is no such date. */
export function epochOf(text: string): number {
  const date = instantOf(text)
  // `Date` reads 30 February as 1 March.
  const isDay = new Date(`${date.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(date.slice(8, 10))
  return isDay ? Date.parse(date) : Number.NaN
}

/**
 * Reads the dates that a source states of an article. Without a date of publication, that of the last change takes its place. A
 * date of the last change that cannot be read or is before the publication is left out, so that `updated` is never before
 * `published`.
 */
export function datesOf(published: string | undefined, updated: string | undefined): Warned<Dates> {
  const dates = datesIn(stated(published), stated(updated))
  const missing = Object.entries({ published, updated }).flatMap(([field, text]) =>
    text && stated(text) === undefined ? [leftOut(field, text, 'stands for no date')] : [],
  )
  return { ...dates, warnings: [...missing, ...dates.warnings] }
}

const stated = (text: string | undefined): string | undefined =>
  text && !isMissingDate(text) && !isUnset(readDate(text).date) ? text : undefined

function datesIn(published: string | undefined, updated: string | undefined): Warned<Dates> {
  const [first, last] = [published, updated].map((text) => (text === undefined ? undefined : readDate(text)))
  if (!first && !last) return { value: {}, warnings: [] }
  if (!first)
    return {
      value: { published: last?.date ?? '' },
      warnings: [
        'published: the date of the last change is taken, as the source states no other',
        ...named('published', last),
      ],
    }
  const { date } = first
  const warnings = named('published', first)
  if (!last) return { value: { published: date }, warnings }
  if (Number.isNaN(Date.parse(last.date)))
    return {
      value: { published: date },
      warnings: [...warnings, leftOut('updated', updated, 'cannot be read')],
    }
  // Of a day alone, `Date` reads the first instant, so a change on a day is not before a publication on this day.
  if (Date.parse(last.date) > Date.parse(date))
    return {
      value: { published: date, updated: last.date },
      warnings: [...warnings, ...named('updated', last)],
    }
  const isEarlier = isBefore(last.date, date)
  return {
    value: { published: date },
    warnings: [...warnings, ...(isEarlier ? [leftOut('updated', updated, 'is before published')] : [])],
  }
}

const named = (field: string, date: SourceDate | undefined): string[] =>
  (date?.doubts ?? []).map((doubt) => `${field}: ${doubt}`)

const leftOut = (field: string, text: string | undefined, reason: string): string =>
  `${field}: "${(text ?? '').slice(0, 40)}" ${reason}, and is left out`

/** Compares two dates, of which each may be a day alone. */
function isBefore(one: string, other: string): boolean {
  const isDay = [one, other].some((date) => !date.includes('T'))
  return isDay ? one.slice(0, 10) < other.slice(0, 10) : Date.parse(one) < Date.parse(other)
}
