import type { parsePageDates } from './page-dates.ts'

type PageDates = ReturnType<typeof parsePageDates>

/** Newspapers have had pages since about this day; an older date without a label may be part of the story. */
const firstPages = '1995-01-01'

/** The dates that the lines between the title and the text of an article state. The first date counts. */
export class HeadDates {
  /** The dates, as `parsePageDates` writes them. */
  published: string | undefined
  updated: string | undefined
  /** Dates that do not exist or have two readings. */
  readonly unclear: string[] = []
  /** The line of the date if nothing confirms it, or if it is older than the pages of newspapers. */
  guessed: string | undefined

  /** Tells whether a date was found. */
  get isFound(): boolean {
    return this.published !== undefined || this.updated !== undefined
  }

  /** Takes the dates of a line. `isConfirmed` tells whether a byline, a title or a button stands beside it. */
  take(line: string, { published, updated, unclear, isLabelled }: PageDates, isConfirmed: boolean): void {
    const isDoubtful = !isLabelled && (!isConfirmed || isOld(published))
    if (this.published === undefined && published !== undefined && isDoubtful) this.guessed = line
    this.published ??= published
    this.updated ??= updated
    this.unclear.push(...unclear)
  }

  /** Tells whether the dates of a line are those that were taken. */
  has({ published, updated, unclear }: PageDates): boolean {
    if (unclear.length > 0) return true
    return published === undefined ? updated === this.updated : published === this.published
  }
}

/** Tells whether the date of a line seems to belong to the text: an old date without a label, beside a place or another word. */
export const isOfText = ({ published, isLabelled, rest }: PageDates): boolean =>
  !isLabelled && isOld(published) && rest !== ''

const isOld = (date: string | undefined): boolean => date !== undefined && date < firstPages
