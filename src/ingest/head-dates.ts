import { parseByline } from './byline.ts'
import { isFurnitureKind, type LineKind } from './main-text.ts'
import { type PageDates, parsePageDates } from './page-dates.ts'

/** Newspapers have had pages since about this day; an older date without a label may be part of the story. */
export const firstPages = '1995-01-01'

/** What the lines between the title and the text of an article say about its date. */
export interface FoundDates {
  /** The dates, as `parsePageDates` writes them. */
  published?: string
  updated?: string
  /** Dates that do not exist or have two readings. */
  unclear: string[]
  /** The name of the zone with which the time of publication was left out, because it has several meanings. */
  unclearZone?: string
  /** The line of a date that nothing confirms, or that is older than the pages of newspapers. */
  guessedDate?: string
}

/** The dates that the lines between the title and the text of an article state. The first date counts. */
export class HeadDates {
  published: string | undefined
  #updated: string | undefined
  readonly #unclear: string[] = []
  #unclearZone: string | undefined
  #guessed: string | undefined
  /** The line of a date that only its place below the title confirms, as the date of an event also stands there. */
  #besideTitle: string | undefined

  /** Tells whether a date was found. */
  get isFound(): boolean {
    return this.published !== undefined || this.#updated !== undefined
  }

  /** Takes the dates of a line. `isConfirmed` tells whether a byline or a button stands beside it. */
  take(
    line: string,
    { published, updated, unclear, unclearZone, isLabelled }: PageDates,
    { isConfirmed, isBesideTitle }: { isConfirmed: boolean; isBesideTitle: boolean },
  ): void {
    const isDoubtful = !isLabelled && ((!isConfirmed && !isBesideTitle) || isOld(published))
    if (this.published === undefined && published !== undefined) {
      if (isDoubtful) this.#guessed = line
      else if (!isLabelled && !isConfirmed) this.#besideTitle = line
    }
    if (!this.isFound) this.#unclearZone = unclearZone
    this.published ??= published
    this.#updated ??= updated
    this.#unclear.push(...unclear)
  }

  /** Returns what was found. Without a byline, a date that only stands below the title is guessed. */
  found(hasByline: boolean): FoundDates {
    const guessed = this.#guessed ?? (hasByline ? undefined : this.#besideTitle)
    return {
      ...(this.published && { published: this.published }),
      ...(this.#updated && { updated: this.#updated }),
      unclear: this.#unclear,
      ...(this.#unclearZone && { unclearZone: this.#unclearZone }),
      ...(guessed && { guessedDate: guessed }),
    }
  }

  /** Tells whether the dates of a line are those that were taken. */
  has({ published, updated, unclear }: PageDates): boolean {
    if (unclear.length > 0) return true
    return published === undefined ? updated === this.#updated : published === this.published
  }
}

/**
 * Tells whether the date of a line seems to belong to the text: it has no label, and text behind a colon, or it is old and
 * beside a place or another word.
 */
export const isOfText = (line: string, { published, isLabelled, rest }: PageDates): boolean =>
  !isLabelled && rest !== '' && (isOld(published) || /\d{4}\s?:\s\p{L}/u.test(line))

/** So many different dates within so many lines are a chronology. */
const minChronologyDates = 3
export const chronologyLines = 8

/** A line below a date, and what it looks like. */
interface LineBelow {
  line: string
  kind: LineKind
}

/** Tells whether a date without a label is followed by other dates with text or nothing between them. */
export function isFirstOfChronology(
  { published, isLabelled }: PageDates,
  below: readonly LineBelow[],
  language: string | undefined,
): boolean {
  if (isLabelled || published === undefined) return false
  const dates = withoutFurnitureBelow(below)
    .filter(({ kind }) => kind === 'date')
    .map(({ line }) => parsePageDates(line, language))
    .filter((one) => one.published && !one.isLabelled && !parseByline(one.rest))
  const days = [published, ...dates.map((one) => one.published ?? '')].map((date) => date.slice(0, 10))
  return new Set(days).size >= minChronologyDates
}

/**
 * Finds the teasers of other articles below the date of an article: text, and then dates that each have a headline directly above,
 * or directly below if they are not later. Returns the place of the first line of the teasers; undefined if there are none, as in a
 * chronology.
 */
export function teasersBelow(
  { published = '' }: PageDates,
  below: readonly LineBelow[],
  language: string | undefined,
): number | undefined {
  const lines = withoutFurnitureBelow(below)
  const dates = lines.flatMap(({ kind }, at) => (kind === 'date' ? [at] : []))
  const isHeadline = (at: number) => lines[at]?.kind === 'short'
  const isLater = (at: number) =>
    (parsePageDates(lines[at]?.line ?? '', language).published ?? '') > published
  const areTeasers = dates.every((at) => isHeadline(at - 1) || (isHeadline(at + 1) && !isLater(at)))
  const [first = 0] = dates
  const start = isHeadline(first - 1) ? first - 1 : first
  return areTeasers && lines.slice(0, start).some(({ kind }) => kind === 'prose') ? start : undefined
}

function withoutFurnitureBelow(below: readonly LineBelow[]): readonly LineBelow[] {
  const end = below.findIndex(({ kind }) => kind !== 'date' && isFurnitureKind(kind))
  return end === -1 ? below : below.slice(0, end)
}

const isOld = (date: string | undefined): boolean => date !== undefined && date < firstPages
