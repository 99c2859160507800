import { ambiguousZones, offsetInDigits, seasonalZones, zoneOffsets } from './zones.ts'

/** A time of day that stands beside a date on a newspaper's page. */
export interface PageTime {
  /** The time as `09:27` or `09:27:31`. */
  clock: string
  /**
   * Returns the offset from UTC on a day (`2022-10-14`), as `-04:00`; an empty text if the page names no time zone;
   * undefined if the page names one that has several meanings.
   */
  offsetOn: (day: string) => string | undefined
  /** The name of a zone that has several meanings. */
  unclearZone?: string
  start: number
  end: number
}

/** The maximum number of characters in which a time, or the time zone after it, is searched. */
const maxTimeCharacters = 40

const half = '(?:a\\.?\\s?m|p\\.?\\s?m)(?!\\p{L})\\.?'
const forms = [
  `(?<hour1>\\d{1,2})\\s?(?:h|heures?|uhr)(?!\\p{L})(?:\\s?(?<minute1>\\d{2})(?![\\d.:]))?`,
  `(?<hour2>\\d{1,2})[:.](?<minute2>\\d{2})(?:[:.](?<second2>\\d{2})(?:[.,]\\d{1,9})?)?(?!\\.?\\d)(?:\\s?(?<half2>${half}))?` +
    '(?:\\s?(?:uhr|hrs?|hs|h|horas|heures)(?!\\p{L})\\.?)?',
  `(?<hour3>\\d{1,2})\\s?(?<half3>${half})`,
].join('|')

const zoneNames = [...Object.keys(zoneOffsets), ...Object.keys(seasonalZones), ...ambiguousZones]
  .filter((name) => /^[A-Z]{2,}$/.test(name))
  .toSorted((one, other) => other.length - one.length)
  .join('|')
/** A zone. A browser copies neighbouring elements without a space between them, so a word may follow at once: `GMTLast`. */
const zone =
  '\\s?\\(?(?<zone>(?:GMT|UTC)\\s?[+-]\\d{1,2}(?::?\\d{2})?|[+-]\\d{2}:?\\d{2}(?!\\d)|Z(?!\\p{L})' +
  `|(?:${zoneNames})(?:(?!\\p{L})|(?=\\p{Lu}\\p{Ll}))` +
  "|Eastern(?: Time)?|heure de (?:l['’]Est|Paris))\\)?(?:\\s\\([A-Z]{2,5}\\))?"

const timeAfter = new RegExp(
  `^[\\s,;:|·•–—/@(-]{0,6}(?:t(?=\\d)|(?:a las|a|at|um|gegen|vers|des|alle(?: ore)?|ore|as)\\s{1,2})?(?:${forms})`,
  'u',
)
const timeBefore = new RegExp(
  `(?<![\\d.:,\\p{L}])(?<lead>(?:a las|a|at|um)\\s{1,2})?(?:${forms})(?<rest>.{0,24})$`,
  'u',
)
const zoneAfter = new RegExp(`^${zone}`, 'u')
const connectors = /^\s?(?:[|,·•–—-]|on|le|am|el|du)?\s{0,2}$/

/** Finds the time that follows a date which ends at `at`. `folded` is the line as `bare` writes it, `text` the line. */
export function findTimeAfter(folded: string, text: string, at: number): PageTime | undefined {
  const match = timeAfter.exec(folded.slice(at, at + maxTimeCharacters))
  const clock = clockOf(match?.groups ?? {})
  return match && clock ? withZone(clock, text, at, at + match[0].length) : undefined
}

/**
 * Finds the time with which a text ends, as in `9:27 AM ET, ` before a date. `folded` is a line's beginning as `bare`
 * writes it, and `text` the line or more of it.
 */
export function findTimeBefore(folded: string, text: string): PageTime | undefined {
  const match = timeBefore.exec(folded)
  const clock = clockOf(match?.groups ?? {})
  if (!match || !clock) return undefined
  const time = withZone(clock, text, match.index, folded.length - (match.groups?.rest?.length ?? 0))
  return connectors.test(folded.slice(time.end)) ? time : undefined
}

/** Writes the time of a match as `09:27`; undefined if there is no such time. */
function clockOf(groups: Readonly<Record<string, string | undefined>>): string | undefined {
  const { hour1, hour2, hour3, minute1, minute2, second2, half2, half3 } = groups
  const hour = Number(hour1 ?? hour2 ?? hour3)
  const minute = Number(minute1 ?? minute2 ?? 0)
  const second = Number(second2 ?? 0)
  const ofDay = hourOfDay(hour, half2 ?? half3)
  if (!(ofDay < 24 && minute < 60 && second < 60)) return undefined
  const parts = second2 === undefined ? [ofDay, minute] : [ofDay, minute, second]
  return parts.map((part) => String(part).padStart(2, '0')).join(':')
}

function hourOfDay(hour: number, halfOfDay: string | undefined): number {
  if (halfOfDay === undefined || hour > 12) return hour
  return (hour % 12) + (halfOfDay.startsWith('p') ? 12 : 0)
}

function withZone(clock: string, text: string, start: number, end: number): PageTime {
  const match = zoneAfter.exec(text.slice(end, end + maxTimeCharacters))
  const name = match?.groups?.zone?.replace('’', "'").replace(/ Time$/, '') ?? ''
  const offsetOn = offsetsOf(name, clock)
  if (!match || !offsetOn) return { clock, offsetOn: () => '', start, end }
  const unclear = ambiguousZones.has(name) ? { unclearZone: name } : {}
  return { clock, offsetOn, ...unclear, start, end: end + match[0].length }
}

/** Returns the offset of a time zone as a function of the day; undefined if the name is no time zone. */
function offsetsOf(name: string, clock: string): PageTime['offsetOn'] | undefined {
  if (ambiguousZones.has(name)) return () => undefined
  const seasonal = seasonalZones[name]
  if (seasonal !== undefined) return (day) => offsetIn(seasonal, day, clock)
  const offset = zoneOffsets[name] ?? offsetInDigits(name)
  return offset === undefined || !isRealOffset(offset) ? undefined : () => offset
}

/** Clocks are at most 14 hours ahead of UTC, so that digits such as `-20:30` are the end of a span. */
const isRealOffset = (offset: string): boolean =>
  Number(offset.slice(1, 3)) <= 14 && Number(offset.slice(4)) <= 59

/** Returns the offset of a zone of the time zone database at a local time; the clock's change itself is not looked at. */
function offsetIn(timeZone: string, day: string, clock: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(
    new Date(`${day}T${clock}Z`),
  )
  const name = parts.find(({ type }) => type === 'timeZoneName')?.value ?? ''
  return offsetInDigits(name) ?? '+00:00'
}
