import { type Byline, isBesideName, isLoneMarker, parseByline, parseName, wordsOf } from './byline.ts'
import { isDateLine, isNavigation, isNetworkName, isNotice } from './furniture.ts'
import { kindOfLine, type LineKind } from './main-text.ts'
import { parsePageDates } from './page-dates.ts'

/** What stands between the title and the text of an article. */
export interface CaptureHead {
  bylines: Byline[]
  /** The dates, as `parsePageDates` writes them. */
  published?: string
  updated?: string
  /** The paragraphs between the title and the last byline or date, such as the standfirst. */
  standfirst: string[]
  /** The number of the line at which the text begins. */
  end: number
  /** Labels of a few words around the bylines that are left out, such as the name of a section or a caption. */
  labels: string[]
  /** Dates that do not exist or have two readings. */
  unclear: string[]
  /** A name that only its place makes the author's; undefined if a word or a date beside the name confirms it. */
  guessedName?: string
}

/** The maximum number of lines with text between the title and the text of the article. */
const maxHeadLines = 40
/** The number of paragraphs below which no byline is searched: the standfirst and a caption. */
const maxParagraphs = 2
/** A line of so many words that is no sentence may be the standfirst. */
const minStandfirstWords = 5
/** What some pages write behind the author: `5 Comments`. */
const countOfComments = /\s\d{1,5}\s\p{L}{3,15}$/u
/** The maximum number of words, such as a place or subjects, beside a date. */
const maxLabelWords = 14
/** The maximum number of labels of a few words between the last byline and the first paragraph. */
const maxLabels = 6

/** A line of the head that is neither furniture nor a byline nor a date. */
interface Other {
  at: number
  line: string
  kind: LineKind
}

/**
 * Reads the lines below a title: bylines, dates and furniture, up to the text of the article. At most two paragraphs, such
 * as the standfirst and a caption, may stand above the bylines. `language` decides what `10/05/2022` means.
 */
export function parseHead(
  lines: readonly string[],
  start: number,
  language: string | undefined,
): CaptureHead {
  return new Head(lines, start, language).read()
}

class Head {
  readonly #lines: readonly string[]
  readonly #language: string | undefined
  /** The numbers of the lines with text, as many as a head may have. */
  readonly #filled: number[]
  readonly #bylines: (Byline & { isMarked: boolean })[] = []
  readonly #others: Other[] = []
  readonly #unclear: string[] = []
  #published: string | undefined
  #updated: string | undefined
  #guessedName: string | undefined
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

  constructor(lines: readonly string[], start: number, language: string | undefined) {
    this.#lines = lines
    this.#language = language
    this.#end = start
    this.#filled = []
    for (let at = start; at < lines.length && this.#filled.length < maxHeadLines; at += 1)
      if (lines[at]) this.#filled.push(at)
  }

  read(): CaptureHead {
    for (const [place, at] of this.#filled.entries()) {
      if (this.#isOver()) break
      const line = this.#lines[at] ?? ''
      const isCredit = this.#takeCredit(line, place)
      const isFurniture = !isCredit && this.#isFurniture(line)
      if (isCredit) this.#end = at + 1
      else if (!isFurniture) this.#keep(at, line)
      else if (!this.#hasPending()) this.#end = at + 1
      this.#isBelowCredit = isCredit
      this.#isBelowFurniture = isFurniture
    }
    const end = this.#startOfText()
    const above = this.#others.filter(({ at }) => at < this.#end)
    const below = this.#others.filter(({ at }) => at >= this.#end && at < end)
    return {
      bylines: this.#certain(),
      ...(this.#published && { published: this.#published }),
      ...(this.#updated && { updated: this.#updated }),
      standfirst: [...above.filter(isStandfirst), ...below.filter(({ line }) => !isLabel(line))].map(
        ({ line }) => line,
      ),
      end,
      labels: [
        ...above.filter((other) => !isStandfirst(other)),
        ...below.filter(({ line }) => isLabel(line)),
      ].map(({ line }) => line),
      unclear: this.#unclear,
      ...(this.#guessedName && { guessedName: this.#guessedName }),
    }
  }

  /**
   * Below a byline or a date, labels of a few words go, such as the name of a section, a place or a caption, up to the
   * first paragraph. Returns the number of the line at which the text begins.
   */
  #startOfText(): number {
    if (this.#bylines.length === 0 && this.#published === undefined && this.#updated === undefined)
      return this.#end
    const below = this.#others.filter(({ at }) => at >= this.#end)
    const first = below.findIndex(({ kind }) => kind === 'prose')
    return first < 1 || first > maxLabels ? this.#end : (below[first]?.at ?? this.#end)
  }

  /** If a line with a word such as `By` names an author, lines of names alone are captions. */
  #certain(): Byline[] {
    const marked = this.#bylines.filter(({ isMarked, authors }) => isMarked && authors.length > 0)
    return marked.length === 0 ? this.#bylines : this.#bylines.filter(({ isMarked }) => isMarked)
  }

  #isOver(): boolean {
    const hasBoth = this.#bylines.length > 0 && this.#published !== undefined
    return (
      this.#prose > (hasBoth ? 0 : maxParagraphs) ||
      (this.#prose === 0 && this.#others.length > maxHeadLines / 2)
    )
  }

  #keep(at: number, line: string): void {
    const kind = kindOfLine(line)
    if (kind === 'prose') this.#prose += 1
    this.#others.push({ at, line, kind })
    this.#isNameNext = false
  }

  #hasPending(): boolean {
    return this.#others.some(({ at }) => at >= this.#end)
  }

  /** Furniture below the first paragraph of the text is left to those who read the text. */
  #isFurniture(line: string): boolean {
    const kind = kindOfLine(line)
    if (isNotice(line) && (this.#bylines.length > 0 || this.#published !== undefined)) return true
    if (kind === 'date' && !isDateLine(line)) return false
    return this.#prose <= 1 && (isFurnitureKind(kind) || isNetworkName(line))
  }

  /** Takes bylines and dates out of a line; returns whether the line is nothing else. */
  #takeCredit(line: string, place: number): boolean {
    if (isLoneMarker(line) || (this.#bylines.length > 0 && /^(?:and|et|und|y|&|,)$/i.test(line))) {
      this.#isNameNext = true
      return true
    }
    if (/\(@\w{1,30}\)/.test(line)) return false
    const label = this.#dateLabel
    this.#dateLabel = isDateLine(line) && !/\d/.test(line) ? line : ''
    const { published, updated, unclear, rest } = parsePageDates(`${label} ${line}`.trim(), this.#language)
    const isDated = published !== undefined || updated !== undefined || unclear.length > 0
    const byline = this.#bylineIn((isDated ? rest : line).replace(countOfComments, ''), isDated, place)
    const isBeside = isLabelOfDate(rest) || isFurnitureKind(kindOfLine(rest))
    const isCredit = byline !== undefined || (isDated && isBeside)
    if (!isCredit) return this.#isBelowCredit && this.#bylines.length > 0 && isBesideName(line)
    if (byline) this.#bylines.push(byline)
    this.#published ??= published
    this.#updated ??= updated
    this.#unclear.push(...unclear)
    this.#isNameNext = byline !== undefined && /\s(?:and|et|und|y|,|&)$|,$/.test(line)
    return true
  }

  #bylineIn(text: string, isDated: boolean, place: number) {
    const marked = parseByline(text) ?? partlyMarked(text)
    if (marked) return { ...marked, isMarked: true }
    const named =
      parseName(text) ?? nameBeforeLabel(text) ?? (this.#isNameNext ? nameBehindMarker(text) : undefined)
    if (!named || isFurnitureKind(kindOfLine(text))) return undefined
    if (isDated || this.#isNameNext) return { ...named, isMarked: true }
    if (text.includes(' | ') || this.#isConfirmed(place)) return { ...named, isMarked: false }
    const isFirst =
      place === 0 ||
      (this.#isBelowFurniture && this.#others.length <= maxParagraphs) ||
      (this.#prose === 0 && this.#others.length === 1 && this.#isStandfirstAbove())
    const isLoud = place > 0 && named.authors.length === 1 && text === text.toUpperCase()
    if (this.#bylines.length > 0 || !isFirst || isLoud || !this.#hasTextBelow(place)) return undefined
    this.#guessedName = text
    return { ...named, isMarked: false }
  }

  /** Tells whether the lines around a name confirm that it is an author's: a date, a job title or an agency. */
  #isConfirmed(place: number): boolean {
    if (this.#isBelowCredit) return true
    const [next = '', second = ''] = [1, 2].map((step) => this.#lines[this.#filled[place + step] ?? -1] ?? '')
    const isNextBeside =
      isCreditLine(next) ||
      (this.#isButton(next) && this.#hasTextBelow(place)) ||
      (isBesideName(next) && this.#hasTextBelow(place + 1))
    if (/^\S+@\S+$/.test(second)) return true
    return isNextBeside || (isCreditLine(second) && (parseName(next) !== undefined || next.length <= 40))
  }

  /** Tells whether a line is a button, such as one for sharing, near the top of the article. */
  #isButton(line: string): boolean {
    return this.#prose <= 1 && line !== '' && kindOfLine(line) === 'furniture'
  }

  #isStandfirstAbove(): boolean {
    const [above] = this.#others
    return above !== undefined && wordsOf(above.line).length >= minStandfirstWords
  }

  #hasTextBelow(place: number): boolean {
    return this.#filled.slice(place + 1).some((at) => {
      const kind = kindOfLine(this.#lines[at] ?? '')
      return kind === 'prose' || kind === 'short'
    })
  }
}

const isCreditLine = (line: string): boolean => {
  const kind = line === '' ? 'blank' : kindOfLine(line)
  const byline = parseByline(line)
  return kind === 'date' || (byline !== undefined && byline.authors.length === 0 && kind !== 'prose')
}

/** Finds a byline in a part of a line between upright lines: `Accueil | Par Kim Tremblay`. */
export const partlyMarked = (line: string): Byline | undefined =>
  line.includes(' | ') && line.length <= 200 ? line.split(' | ').map(parseByline).find(Boolean) : undefined

const isFurnitureKind = (kind: LineKind): boolean => !['blank', 'prose', 'short'].includes(kind)

/** Finds the author in the line below a word such as `By`, which may be one word, such as the name of a newspaper. */
const nameBehindMarker = (line: string): Byline | undefined => parseByline(`By ${line}`)

/** Finds a name before an upright line and a label of one or two words: `Kim Tremblay | Opinion 3`. */
function nameBeforeLabel(line: string): Byline | undefined {
  const [name = '', label = '', ...others] = line.split(' | ')
  return others.length === 0 && label !== '' && wordsOf(label).length <= 2 ? parseName(name) : undefined
}

/** Tells whether the rest of a line with a date is no sentence: nothing, or words with capitals such as a place or subjects. */
function isLabelOfDate(rest: string): boolean {
  const words = wordsOf(rest)
  if (words.length > maxLabelWords || /[.!?:]$/.test(rest)) return false
  if (words.length <= 2) return true
  return words.filter((word) => /^[^\p{L}]*(?:\p{Lu}|[^\p{L}]*$)/u.test(word)).length >= 0.75 * words.length
}

/** Tells whether a line is a label of a few words, or names that are no byline, such as those of a photographer. */
const isLabel = (line: string): boolean =>
  (wordsOf(line).length < minStandfirstWords && !/[:?!.»”"]$/.test(line)) || parseName(line) !== undefined

/** Tells whether a line may be the standfirst; the name of a section, a place or a label between title and byline goes. */
const isStandfirst = ({ line, kind }: Other): boolean =>
  kind === 'prose' || (wordsOf(line).length >= minStandfirstWords && !isNavigation(line))
