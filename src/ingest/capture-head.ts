import { type Byline, isBesideName, isLoneMarker, parseByline, parseName, wordsOf } from './byline.ts'
import type { CapturePage } from './capture-page.ts'
import { isDateLine, isNavigation } from './furniture.ts'
import { certainBylines, type GuessedName, type HeadByline, isDateline, isGuessed } from './head-bylines.ts'
import {
  chronologyLines,
  type FoundDates,
  HeadDates,
  isFirstOfChronology,
  isOfText,
  teasersBelow,
} from './head-dates.ts'
import {
  HeadLines,
  isBesideDate,
  isLabel,
  isSource,
  isStandfirst,
  minStandfirstWords,
  nameBeforeLabel,
  nameBehindMarker,
  nameOfOneWord,
  type Other,
  partlyMarked,
  withoutLabels,
} from './head-lines.ts'
import { isFurnitureKind, kindOfLine, type LineKind } from './main-text.ts'
import { isNotice } from './notices.ts'
import { type PageDates, parsePageDates } from './page-dates.ts'

/** What stands between the title and the text of an article. */
export interface CaptureHead extends FoundDates {
  bylines: Byline[]
  /** The numbers of the paragraphs between the title and the last byline or date, such as the standfirst. */
  standfirst: number[]
  /** The number of the line at which the text begins. */
  end: number
  /** The numbers of the lines that became bylines and dates, and of what stands in them or beside them. */
  used: number[]
  /** The bylines that only their place or a date beside them confirms. */
  guessedNames: GuessedName[]
  /** The line of a date that is not taken, because it seems to belong to the text. */
  refusedDate?: string
  /** What stands before a date as a place or a name does, and is not taken for an author. */
  possibleName?: string
  /** The name of a person to ask, who is not taken for an author. */
  contact?: string
}

/** The maximum number of lines with text between the title and the text of the article. */
const maxHeadLines = 40
/** The number of paragraphs below which no byline is searched: the standfirst and a caption. */
const maxParagraphs = 2
/** What some pages write behind the author: `5 Comments`. */
const countOfComments = /\s\d{1,5}\s\p{L}{3,15}$/u
/** The maximum number of labels of a few words between the last byline and the first paragraph. */
const maxLabels = 6

/** A line of the head that is a byline or a date, or stands beside one. */
interface Credit {
  at: number
  byline?: HeadByline
  dates?: PageDates
}

/**
 * Reads the lines below a title: bylines, dates and furniture, up to the text of the article. At most two paragraphs, such
 * as the standfirst and a caption, may stand above the bylines. `language` decides what `10/05/2022` means.
 */
export function parseHead(page: CapturePage, start: number, language: string | undefined): CaptureHead {
  return new Head(page, start, language).read()
}

class Head {
  readonly #lines: readonly string[]
  readonly #kinds: readonly LineKind[]
  readonly #language: string | undefined
  readonly #head: HeadLines
  readonly #credits: Credit[] = []
  readonly #bylines: HeadByline[] = []
  readonly #others: Other[] = []
  readonly #dates = new HeadDates()
  /** Whether the present line certainly is the first one of the text. */
  #isTextBegun = false
  #refusedDate: string | undefined
  #possibleName: string | undefined
  #contact: string | undefined
  /** The number of the line at which teasers of other articles begin. */
  #stop = Number.POSITIVE_INFINITY
  #end: number
  #prose = 0
  /** Whether the line above is a byline, a date or a line beside them. */
  #isBelowCredit = false
  /** A label of a date that stands alone on the line above: `Mis à jour :`. */
  #dateLabel = ''
  /** Whether the line above is furniture, such as a button for sharing. */
  #isBelowFurniture = false
  /** Whether the line above is a word such as `By`, or ends with `and`, so that this line is a name. */
  #isNameNext = false

  constructor({ lines, kinds }: CapturePage, start: number, language: string | undefined) {
    this.#lines = lines
    this.#kinds = kinds
    this.#language = language
    this.#end = start
    this.#head = new HeadLines(lines, kinds, start, maxHeadLines)
  }

  read(): CaptureHead {
    for (const [place, at] of this.#head.numbers.entries()) {
      if (this.#isOver() || at >= this.#stop) break
      const isCredit = this.#takeCredit(at, place)
      if (this.#isTextBegun) break
      const isFurniture = !isCredit && this.#isFurniture(at)
      if (isCredit) this.#end = at + 1
      else if (!isFurniture) this.#keep(at, this.#lines[at] ?? '')
      else if (!this.#hasPending()) this.#end = at + 1
      this.#isBelowCredit = isCredit
      this.#isBelowFurniture = isFurniture
    }
    const end = this.#startOfText()
    const above = this.#others.filter(({ at }) => at < this.#end)
    const below = this.#others.filter(({ at }) => at >= this.#end && at < end)
    return {
      bylines: certainBylines(this.#bylines),
      ...this.#dates.found(this.#bylines.length > 0),
      standfirst: [...above.filter(isStandfirst), ...below.filter(({ line }) => !isLabel(line))].map(
        ({ at }) => at,
      ),
      end,
      used: this.#credits.filter((credit) => this.#isUsed(credit)).map(({ at }) => at),
      guessedNames: certainBylines(this.#bylines).filter(isGuessed),
      ...(this.#refusedDate && { refusedDate: this.#refusedDate }),
      ...(this.#possibleName && { possibleName: this.#possibleName }),
      ...(this.#contact && { contact: this.#contact }),
    }
  }

  /** Tells whether all of a line became fields: its names and its dates, without other words. */
  #isUsed({ byline, dates }: Credit): boolean {
    if (byline) return certainBylines(this.#bylines).includes(byline)
    if (!dates) return true
    return this.#dates.has(dates) && withoutLabels(dates.rest) === ''
  }

  /**
   * Below a byline or a date, labels of a few words go, such as the name of a section, a place or a caption, up to the
   * first paragraph. Returns the number of the line at which the text begins.
   */
  #startOfText(): number {
    if (this.#bylines.length === 0 && !this.#dates.isFound) return this.#end
    const below = this.#others.filter(({ at }) => at >= this.#end)
    const first = below.findIndex(({ kind }) => kind === 'prose')
    return first < 1 || first > maxLabels ? this.#end : (below[first]?.at ?? this.#end)
  }

  #isOver(): boolean {
    const hasBoth = this.#bylines.length > 0 && this.#dates.published !== undefined
    return (
      this.#prose > (hasBoth ? 0 : maxParagraphs) ||
      (this.#prose === 0 && this.#others.length > maxHeadLines / 2)
    )
  }

  #keep(at: number, line: string): void {
    const kind = this.#kinds[at] ?? 'blank'
    // The text of a picture repeats the caption below it.
    if (kind === 'prose' && this.#others.at(-1)?.line !== line) this.#prose += 1
    this.#others.push({ at, line, kind })
    this.#isNameNext = false
  }

  #hasPending(): boolean {
    return this.#others.some(({ at }) => at >= this.#end)
  }

  /** Furniture below the first paragraph of the text is left to those who read the text. */
  #isFurniture(at: number): boolean {
    const [line = '', kind = 'blank'] = [this.#lines[at], this.#kinds[at]]
    if (isNotice(line) && (this.#bylines.length > 0 || this.#dates.published !== undefined)) return true
    if (kind === 'date' && !isDateLine(line)) return false
    return this.#prose <= 1 && isFurnitureKind(kind)
  }

  /** Takes bylines and dates out of a line; returns whether the line is nothing else. */
  #takeCredit(at: number, place: number): boolean {
    const line = this.#lines[at] ?? ''
    const isMarker = isLoneMarker(line) && !(isSource(line) && this.#head.isAboveTelephone(place))
    if (isMarker || (this.#bylines.length > 0 && /^(?:and|et|und|y|&|,)$/i.test(line))) {
      this.#isNameNext = true
      this.#credits.push({ at })
      return true
    }
    if (/\(@\w{1,30}\)/.test(line)) return false
    const label = this.#dateLabel
    this.#dateLabel = isDateLine(line) && !/\d/.test(line) ? line : ''
    const dates = parsePageDates(`${label} ${line}`.trim(), this.#language)
    const isDated = dates.published !== undefined || dates.updated !== undefined || dates.unclear.length > 0
    const text = (isDated ? withoutLabels(dates.rest) : line).replace(countOfComments, '')
    const byline = this.#bylineIn(text, isDated ? line : undefined, place)
    const isBeside = isBesideDate(dates.rest)
    const below = this.#head.below(place, chronologyLines)
    const isInChronology = isDated && isBeside && isFirstOfChronology(dates, below, this.#language)
    const isDoubtful = isInChronology || below.some(({ kind }) => kind === 'entry')
    const teasers =
      isInChronology && (place === 0 || this.#isBelowCredit)
        ? teasersBelow(dates, below, this.#language)
        : undefined
    if (
      !byline &&
      (this.#kinds[at] === 'entry' ||
        (isDated && isBeside && (isOfText(line, dates) || (isInChronology && teasers === undefined))))
    ) {
      this.#refusedDate = line
      this.#isTextBegun = true
      return false
    }
    if (teasers !== undefined) this.#stop = this.#head.numbers[place + 1 + teasers] ?? this.#stop
    if (byline || (isDated && isBeside)) {
      this.#credits.push({ at, ...(byline && { byline }), ...(isDated && { dates }) })
      if (byline) this.#bylines.push(byline)
      if (isDated)
        this.#dates.take(line, dates, {
          isConfirmed: !isDoubtful && (byline !== undefined || this.#signBeside(place) !== undefined),
          isBesideTitle: !isDoubtful && place === 0,
        })
      this.#isNameNext = byline !== undefined && /\s(?:and|et|und|y|,|&)$|,$/.test(line)
      return true
    }
    const isBesideByline = this.#isBelowCredit && this.#bylines.length > 0 && isBesideName(line)
    if (isBesideByline) this.#credits.push({ at })
    return isBesideByline
  }

  /** Finds the authors in a line without its date. `dated` is the whole line, undefined if it has no date. */
  #bylineIn(text: string, dated: string | undefined, place: number): HeadByline | undefined {
    const hasTelephone = this.#head.isAboveTelephone(place)
    const isContact = this.#head.isBelowColon(place) || (hasTelephone && this.#prose > 0)
    const marked = parseByline(text) ?? partlyMarked(text)
    if (marked && !(isSource(text) && (isContact || hasTelephone))) return { ...marked, sign: 'word', text }
    if ((isContact || marked) && !this.#isNameNext) {
      if (marked || parseName(text)) this.#contact ??= text
      return undefined
    }
    const near = this.#signBeside(place)
    const short = dated !== undefined || this.#isBelowCredit || near ? nameOfOneWord(text) : undefined
    if (short) return { ...short, sign: 'word', text }
    const named =
      parseName(text) ?? nameBeforeLabel(text) ?? (this.#isNameNext ? nameBehindMarker(text) : undefined)
    if (!named || isFurnitureKind(kindOfLine(text)) || isNavigation(text)) return undefined
    if (this.#isNameNext) return { ...named, sign: 'word', text }
    if (dated !== undefined && isDateline(text, dated)) {
      this.#possibleName ??= text
      return undefined
    }
    if (dated !== undefined) return { ...named, sign: 'on-date', text }
    if (near) return { ...named, sign: hasTelephone ? 'place' : near, text }
    if (text.includes(' | ')) return { ...named, sign: 'label', text }
    if (this.#head.isInList(place)) {
      this.#isTextBegun = true
      return undefined
    }
    const isFirst =
      place === 0 ||
      (this.#isBelowFurniture && this.#others.length <= maxParagraphs) ||
      (this.#prose === 0 && this.#others.length === 1 && this.#isStandfirstAbove())
    const isLoud = place > 0 && named.authors.length === 1 && text === text.toUpperCase()
    const isBelowDate = this.#isBelowCredit && this.#bylines.length === 0
    if (this.#bylines.length > 0 || !(isFirst || isBelowDate) || isLoud || !this.#head.hasTextBelow(place))
      return undefined
    return { ...named, sign: 'place', text }
  }

  /** Returns what confirms a name as an author's in the lines around it: a job title, an agency, another author or a date. */
  #signBeside(place: number): HeadByline['sign'] | undefined {
    const above = this.#isBelowCredit ? this.#bylines.at(-1) : undefined
    // Below a name that only its place makes the author's, as one in a list of members, another one needs a sign of its own.
    if (above && above.sign !== 'place')
      return this.#head.isInList(place) ? undefined : above.sign === 'word' ? 'label' : above.sign
    const [next, second] = [this.#head.line(place + 1), this.#head.line(place + 2)]
    const isLabelled =
      /^\S+@\S+$/.test(second) ||
      this.#head.isAgency(place + 1) ||
      (this.#isButton(place + 1) && this.#head.hasTextBelow(place)) ||
      (isBesideName(next) && this.#head.hasTextBelow(place + 1))
    if (isLabelled) return 'label'
    const isNear = parseName(next) !== undefined || next.length <= 40
    const isCredit = this.#head.isCredit(place + 1) || (this.#head.isCredit(place + 2) && isNear)
    return isCredit ? 'above-date' : undefined
  }

  /** Tells whether a line is a button, such as one for sharing, near the top of the article. */
  #isButton = (place: number): boolean => this.#prose <= 1 && this.#head.kind(place) === 'furniture'

  #isStandfirstAbove(): boolean {
    const [above] = this.#others
    return above !== undefined && wordsOf(above.line).length >= minStandfirstWords
  }
}
