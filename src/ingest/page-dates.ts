import { joinsSpan, lengthOfSpan, monthPattern, weekdayPattern } from './date-spans.ts'
import { bare, monthNumbers, orderOf, publishedLabels, updatedLabels, weekdayNumbers } from './date-words.ts'
import { findTimeAfter, findTimeBefore, type PageTime } from './page-times.ts'

/** The dates that one line of a newspaper's page states. */
export interface PageDates {
  /**
   * The date of publication: a day (`2022-10-14`), a local time without a zone (`2022-10-14T09:27`), or an instant
   * (`2022-10-14T09:27-04:00`) if the line names a time zone that has one meaning.
   */
  published?: string
  /** Whether a word such as `Publié le` says that this is the date of publication. */
  isLabelled?: true
  /** The date of the last update, in the same forms. */
  updated?: string
  /** The name of the zone of a time that was left out, because this zone has several meanings. */
  unclearZone?: string
  /** Dates as the line writes them that do not exist, are spans of days, or have two readings, such as `10/05/2022` in English. */
  unclear: string[]
  /** The line without its dates and their labels; ` | ` stands between the parts that a date separated. */
  rest: string
}

/** Longer lines are paragraphs: a date in them is part of the story. */
const maxLineCharacters = 400
/** The maximum number of characters before a date in which its label, day of the week and time are searched. */
const maxLabelCharacters = 90

const year = '(?:1[6-9]|20)\\d{2}'

/**
 * A date in one of the four forms in which pages write it; the first alternative that matches counts. A browser copies
 * neighbouring elements without a space between them, so a date with the name of a month may follow a letter or a year.
 */
const datePattern = new RegExp(
  `(?:(?<![\\d\\p{L}][./-]?)|(?<=(?:1[6-9]|20)\\d{2}|\\p{L})(?=\\d{1,2}(?:\\.|er)?\\s{1,2}(?:de\\s)?${monthPattern}|${monthPattern}\\s\\d{1,2},?\\s${year}))(?:${[
    `(?<year1>${year})(?<mark1>[-/.])(?<month1>\\d{1,2})\\k<mark1>(?<day1>\\d{1,2})`,
    `(?<day2>\\d{1,2})(?:er|st|nd|rd|th|\\.?[ºª°]|\\.)?[\\s/-]{0,3}(?:(?:de|of)\\s{1,3})?(?<month2>${monthPattern})` +
      `(?:[\\s/,-]|del?\\s|of\\s){0,4}(?<year2>${year})`,
    `(?<month3>${monthPattern})\\s{0,3}(?<day3>\\d{1,2})(?:st|nd|rd|th)?(?:[\\s,]|del?\\s){1,4}(?<year3>${year})`,
    `(?<one>\\d{1,2})(?<mark4>[./-])\\s?(?<two>\\d{1,2})\\k<mark4>\\s?(?<year4>${year}|\\d{2})`,
  ].join('|')})(?:(?![./-]?\\d)|(?=\\d{1,2}(?:(?:\\.|er)?\\s${monthPattern}|:\\d{2})))`,
  'gu',
)

const label = (words: readonly string[]): RegExp =>
  new RegExp(
    `(?:^|[^\\p{L}])((?:${words.join('|')})\\s?)(?:[:|–—-]\\s?|(?:le|on|am|el|du|vom|sur|the|il|em)(?:\\s|(?=:))){0,3}$`,
    'u',
  )
const updatedLabel = label(updatedLabels)
const publishedLabel = label(publishedLabels)
const weekdayBefore = new RegExp(
  `(?:^|[^\\p{L}])(${weekdayPattern})\\.?,?\\s{0,2}(?:(?:le|den|the|el|il)\\s)?$`,
  'u',
)
const connectorBefore = /(?:^|[^\p{L}])((?:le|on|am|el|den|vom|du|ce|the|il|em)\s{1,2})$/u

interface Found {
  kind: 'published' | 'updated'
  isLabelled: boolean
  /** Undefined if the date does not exist, has two readings or is a span of days. */
  date: string | undefined
  unclearZone?: string | undefined
  start: number
  end: number
}

/**
 * Finds the dates that a line of a newspaper's page states, in French, English, German, Spanish, Italian or Portuguese. A date
 * without a label is that of the publication. `language` is the tag of the page's language, and decides what comes first in
 * `10/05/2022`; if neither it nor the line decides, the date is unclear. A line of more than 400 characters has no dates. Dates that
 * do not exist are unclear, so no day is invented.
 */
export function parsePageDates(line: string, language?: string): PageDates {
  const text = line.normalize('NFC')
  if (text.length > maxLineCharacters || !/\d/.test(text)) return { unclear: [], rest: text }
  const found = datesIn(text, language)
  const published =
    found.find((one) => one.kind === 'published' && one.isLabelled && one.date) ??
    found.find((one) => one.kind === 'published' && one.date)
  const updated = found.findLast((one) => one.kind === 'updated' && one.date)
  return {
    ...(published?.date && { published: published.date }),
    ...(published?.isLabelled && { isLabelled: true as const }),
    ...(updated?.date && { updated: updated.date }),
    ...((published ?? updated)?.unclearZone && {
      unclearZone: (published ?? updated)?.unclearZone as string,
    }),
    unclear: found.filter(({ date }) => date === undefined).map(({ start, end }) => text.slice(start, end)),
    rest: restOf(text, found),
  }
}

function datesIn(text: string, language: string | undefined): Found[] {
  const folded = text.replace(/[^\0-\x7F]|[A-Z]/g, foldCharacter)
  const found: Found[] = []
  for (const match of folded.matchAll(datePattern)) {
    const from = Math.max(found.at(-1)?.end ?? 0, match.index - maxLabelCharacters)
    const isInWord = /^\p{L}/u.test(match[0]) && /\p{L}$/u.test(text.slice(0, match.index))
    if (isInWord && !/^\p{Lu}/u.test(text.slice(match.index))) continue
    if (match.index < from) continue
    const date = dateAt({ text, folded, language, from }, match)
    const last = found.at(-1)
    if (last && joinsSpan(folded.slice(last.end, match.index)))
      found.splice(-1, 1, { ...last, date: undefined, end: date.end })
    else found.push(date)
  }
  return found
}

/** Lower case without an accent, if the character then still has the same length: positions must not move. */
function foldCharacter(character: string): string {
  const folded = bare(character)
  return folded.length === character.length ? folded : character
}

/** A line, the same line as `bare` writes it, and the position at which the line's part for the next date begins. */
interface Line {
  text: string
  folded: string
  language: string | undefined
  from: number
}

function dateAt({ text, folded, language, from }: Line, match: RegExpExecArray): Found {
  const matchEnd = match.index + match[0].length
  const after = findTimeAfter(folded, text, matchEnd)
  let before = folded.slice(from, match.index)
  const dayName = weekdayBefore.exec(before)?.[1]
  if (dayName) before = before.slice(0, before.lastIndexOf(dayName))
  const span = lengthOfSpan(before)
  before = before.slice(0, before.length - span)
  before = withoutEnd(before, connectorBefore)
  const earlier = after ? undefined : findTimeBefore(before, text.slice(from, match.index))
  if (earlier) before = before.slice(0, earlier.start)
  const isUpdate = updatedLabel.test(before)
  const isLabelled = isUpdate || publishedLabel.test(before)
  const start = from + (isLabelled ? startOfLabel(before) : before.length)
  const named = dayOf(match.groups ?? {}, orderOf(language, folded), weekdayNumbers.get(dayName ?? ''))
  const day = span === 0 ? named : undefined
  return {
    kind: isUpdate ? 'updated' : 'published',
    isLabelled,
    date: day && ((after ?? earlier) ? timed(day, (after ?? earlier) as PageTime) : day),
    unclearZone: (after ?? earlier)?.unclearZone,
    start,
    end: after?.end ?? matchEnd,
  }
}

function startOfLabel(before: string): number {
  const match = updatedLabel.exec(before) ?? publishedLabel.exec(before)
  return match ? before.indexOf(match[1] ?? '', match.index) : before.length
}

function withoutEnd(text: string, pattern: RegExp): string {
  const part = pattern.exec(text)?.[1]
  return part === undefined ? text : text.slice(0, text.length - part.length)
}

type Groups = Readonly<Record<string, string | undefined>>

/** Returns the day that a match of `datePattern` names; undefined if there is no such day, or if two days are meant. */
function dayOf(
  groups: Groups,
  order: ReturnType<typeof orderOf>,
  weekdayNumber?: number,
): string | undefined {
  const named = groups.month2 ?? groups.month3
  if (named !== undefined) {
    const number = monthNumbers.get(named.replace('.', ''))
    return realDay(groups.year2 ?? groups.year3, number, groups.day2 ?? groups.day3)
  }
  if (groups.year1 !== undefined) return realDay(groups.year1, groups.month1, groups.day1)
  return dayInDigits(groups, groups.mark4 === '.' ? 'day-first' : order, weekdayNumber)
}

function dayInDigits(
  { one, two, year4 = '' }: Groups,
  order: ReturnType<typeof orderOf>,
  weekdayNumber?: number,
) {
  const isShort = year4.length === 2
  if (isShort && order === undefined) return undefined
  const fullYear = isShort ? `20${year4}` : year4
  const dayFirst = realDay(fullYear, two, one)
  const monthFirst = realDay(fullYear, one, two)
  if (dayFirst === undefined || monthFirst === undefined || dayFirst === monthFirst)
    return dayFirst ?? monthFirst
  if (order !== undefined) return order === 'day-first' ? dayFirst : monthFirst
  const fitting = [dayFirst, monthFirst].filter((day) => new Date(day).getUTCDay() === weekdayNumber)
  return fitting.length === 1 ? fitting[0] : undefined
}

/** Writes a day as `2022-10-14`; undefined if the calendar has no such day. */
function realDay(yearNumber: unknown, monthNumber: unknown, dayNumber: unknown): string | undefined {
  const [fullYear, monthOfYear, day] = [Number(yearNumber), Number(monthNumber), Number(dayNumber)]
  const date = new Date(Date.UTC(fullYear, monthOfYear - 1, day))
  if (date.getUTCMonth() !== monthOfYear - 1 || date.getUTCDate() !== day) return undefined
  return [String(fullYear), twoDigits(monthOfYear), twoDigits(day)].join('-')
}

const twoDigits = (number: number): string => String(number).padStart(2, '0')

/** A time whose zone is known to be ambiguous says nothing: the day alone remains. */
function timed(day: string, time: PageTime): string {
  const offset = time.offsetOn(day)
  return offset === undefined ? day : `${day}T${time.clock}${offset}`
}

/** Returns the text without the dates; ` | ` stands between the parts that a date separated. */
function restOf(text: string, found: readonly Found[]): string {
  const starts = [0, ...found.map(({ end }) => end)]
  const ends = [...found.map(({ start }) => start), text.length]
  return starts
    .map((start, at) => withoutSeparators(text.slice(start, ends[at])))
    .filter(Boolean)
    .join(' | ')
}

const withoutSeparators = (part: string): string =>
  part
    .replace(/^[\s|,;:·•–—/)-]+|(?<![\s|,;:·•–—/(-])[\s|,;:·•–—/(-]+$/g, '')
    .replace(/^[\s|,;:·•–—/(-]+$/, '')
