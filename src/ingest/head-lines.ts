import { type Byline, isBesideName, isLoneMarker, parseByline, parseName, wordsOf } from './byline.ts'
import { isDateLine, isNavigation } from './furniture.ts'
import { isFurnitureKind, kindOfLine, type LineKind } from './main-text.ts'
import { isTableLine } from './table-line.ts'
import { telephone } from './telephone.ts'

/** A line of so many words that is no sentence may be the standfirst. */
export const minStandfirstWords = 5
/** The maximum number of words, such as a place or subjects, beside a date. */
const maxLabelWords = 14

/** Finds a byline in a part of a line between upright lines: `Accueil | Par Kim Tremblay`. */
export const partlyMarked = (line: string): Byline | undefined =>
  line.includes(' | ') && line.length <= 200
    ? line
        .split(' | ')
        .map((part) => parseByline(part))
        .find(Boolean)
    : undefined

/** Finds the author in the line below a word such as `By`, which may be one word, such as the name of a newspaper. */
export const nameBehindMarker = (line: string): Byline | undefined => parseByline(`By ${line}`)

/**
 * Finds an author of one word, such as a name or initials, behind a word that may also begin a headline, and perhaps before
 * an agency: `Von Kim`, `By kt`, `Von: kt/dpa`. Only a date beside the line confirms it.
 */
export function nameOfOneWord(line: string): Byline | undefined {
  const [, name, agency] =
    /^(?:by|par|von|por):?\s+([\p{L}\d][\p{L}\d._-]{1,39})(?:\s?\/\s?([^/]{2,40}))?$/iu.exec(line) ?? []
  const source = agency === undefined ? { authors: [], agencies: [] } : parseByline(agency)
  if (name === undefined || source === undefined || source.authors.length > 0) return undefined
  // A longer word in lower case may be any word: `Par courriel`, `By admin`.
  if (agency === undefined && /^\p{Ll}{4,}$/u.test(name)) return undefined
  const { authors } = parseByline(`By ${name}`) ?? { authors: [name] }
  return { authors, agencies: source.agencies }
}

/** Finds a name before an upright line and a label of one or two words or of a date: `Kim Tremblay | Publicado hace 3 horas`. */
export function nameBeforeLabel(line: string): Byline | undefined {
  const [name = '', label = '', ...others] = line.split(' | ')
  const isLabel = label !== '' && (wordsOf(label).length <= 2 || isDateLine(label))
  return others.length === 0 && isLabel ? parseName(name) : undefined
}

/** What separates a date from labels on its line: `11 avril 2024 | Temps de lecture : 4 min · Partager`. */
const betweenLabels = /\s[|·•–—-]\s/

/** Returns the rest of a line with a date without the parts that are furniture, such as a reading time or a button. */
export const withoutLabels = (rest: string): string =>
  rest
    .split(betweenLabels)
    .filter((part) => !isPageLabel(part))
    .join(' | ')

/**
 * Tells whether the rest of a line with a date is no sentence: nothing, labels of the page, or words with capitals such as a
 * place or subjects.
 */
export const isBesideDate = (rest: string): boolean =>
  isLabelOfDate(rest) || rest.split(betweenLabels).every((part) => isLabelOfDate(part) || isPageLabel(part))

const isPageLabel = (part: string): boolean =>
  /[\p{L}\d]/u.test(part) && isFurnitureKind(kindOfLine(part.trim()))

function isLabelOfDate(rest: string): boolean {
  const words = wordsOf(rest)
  if (words.length > maxLabelWords || /[.!?:]$/.test(rest)) return false
  if (words.length <= 2) return true
  return words.filter((word) => /^[^\p{L}]*(?:\p{Lu}|[^\p{L}]*$)/u.test(word)).length >= 0.75 * words.length
}

/** Tells whether a line is a label of a few words, or names that are no byline, such as those of a photographer. */
export const isLabel = (line: string): boolean =>
  (wordsOf(line).length < minStandfirstWords && !/[:?!.»”"]$/.test(line) && !isTableLine(line)) ||
  parseName(line) !== undefined

/** Tells whether a line begins with a word that newspapers write before an author, and senders of news before a person to ask. */
export const isSource = (line: string): boolean => /^(?:sources?|quelle|fuente)(?!\p{L})/iu.test(line)

/** A line of the head that is neither furniture nor a byline nor a date. */
export interface Other {
  at: number
  line: string
  kind: LineKind
}

/** Tells whether a line may be the standfirst; the name of a section, a place or a label between title and byline goes. */
export const isStandfirst = ({ line, kind }: Other): boolean =>
  kind === 'prose' || (wordsOf(line).length >= minStandfirstWords && !isNavigation(line))

/** A telephone number among so many lines from a name on belongs to it. */
const addressLines = 4

const hasTelephone = (line: string): boolean => line.length <= 100 && line.search(telephone) !== -1

/** So many names on lines of their own are a list of persons, and no authors. */
const minListedPersons = 3

/** The lines with text between the title and the text of an article. A place is the position of a line among them. */
export class HeadLines {
  /** The numbers of the lines in the capture, by their places. */
  readonly numbers: readonly number[]
  readonly #lines: readonly string[]
  readonly #kinds: readonly LineKind[]

  /** Takes the first `max` lines with text from the line `start` on. */
  constructor(lines: readonly string[], kinds: readonly LineKind[], start: number, max: number) {
    const numbers: number[] = []
    for (let at = start; at < lines.length && numbers.length < max; at += 1) if (lines[at]) numbers.push(at)
    this.numbers = numbers
    this.#lines = numbers.map((at) => lines[at] ?? '')
    this.#kinds = numbers.map((at) => kinds[at] ?? 'blank')
  }

  /** Returns the line at a place; empty if there is none. */
  line(place: number): string {
    return this.#lines[place] ?? ''
  }

  /** Returns what the line at a place looks like; `blank` if there is none. */
  kind(place: number): LineKind {
    return this.#kinds[place] ?? 'blank'
  }

  /** Returns the first `count` lines below a place, and their kinds. */
  below(place: number, count: number): { line: string; kind: LineKind }[] {
    return this.numbers.slice(place + 1, place + 1 + count).map((_, step) => ({
      line: this.line(place + 1 + step),
      kind: this.kind(place + 1 + step),
    }))
  }

  /** Tells whether a line is a date, or the name of an agency. */
  isCredit(place: number): boolean {
    return this.kind(place) === 'date' || this.isAgency(place)
  }

  /** Tells whether a line is the name of an agency. */
  isAgency(place: number): boolean {
    return (
      !['date', 'prose'].includes(this.kind(place)) && parseByline(this.line(place))?.authors.length === 0
    )
  }

  /** Tells whether a line that ends with a colon, such as `Renseignements :`, stands above a line. */
  isBelowColon(place: number): boolean {
    const above = this.line(place - 1)
    return above.endsWith(':') && !isLoneMarker(above)
  }

  /** Tells whether a telephone number stands in a line or soon below it. */
  isAboveTelephone(place: number): boolean {
    return this.numbers
      .slice(place, place + addressLines)
      .some((_, step) => hasTelephone(this.line(place + step)))
  }

  /** Tells whether text stands below a line. */
  hasTextBelow(place: number): boolean {
    return this.#kinds.slice(place + 1).some((kind) => kind === 'prose' || kind === 'short')
  }

  /** Tells whether a name stands in a list of three or more names, such as winners, below which no date or job title is. */
  isInList(place: number): boolean {
    const isName = (at: number) => this.kind(at) === 'short' && parseName(this.line(at)) !== undefined
    let [first, last] = [place, place]
    while (place - first < minListedPersons && isName(first - 1)) first -= 1
    while (last - place < minListedPersons && isName(last + 1)) last += 1
    return (
      last - first + 1 >= minListedPersons && !this.isCredit(last + 1) && !isBesideName(this.line(last + 1))
    )
  }
}
