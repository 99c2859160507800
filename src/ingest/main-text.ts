import { parseByline } from './byline.ts'
import {
  endsSentence,
  isDateLine,
  isEndlessLead,
  isLink,
  isNetworkName,
  isPhotoCredit,
  kindOfLabel,
} from './furniture.ts'
import { parsePageDates } from './page-dates.ts'

/**
 * What a line of a capture looks like by itself. `prose` ends like a sentence or is long; `short` is any other text, such
 * as a headline, a name or an entry of a menu; `signs` has no letter; `entry` is a date above an entry of a chronology, which
 * only the lines around it show.
 */
export type LineKind =
  | 'blank'
  | 'furniture'
  | 'network'
  | 'photo'
  | 'advertisement'
  | 'related'
  | 'comments'
  | 'date'
  | 'entry'
  | 'signs'
  | 'prose'
  | 'short'

/** Longer lines are prose, whether or not they end like a sentence. */
const minProseCharacters = 140
/** A longer question is prose. */
const maxQuestionCharacters = 100
/** The maximum number of characters and of other words in a line with a date and the names of authors. */
const maxDatedCharacters = 200
const maxDatedWords = 14
const maxDateWords = 3

/** Classifies a line of a capture. */
export function kindOfLine(line: string): LineKind {
  if (line === '') return 'blank'
  const label = kindOfLabel(line)
  if ((label === undefined || label === 'furniture') && isEndlessLead(line)) return 'related'
  if (label !== undefined) return label
  if (isLink(line)) return 'furniture'
  if (isPhotoCredit(line)) return 'photo'
  if (line.length < minProseCharacters && !/\p{L}/u.test(line)) return isDatedLine(line) ? 'date' : 'signs'
  if (isDateLine(line)) return 'date'
  if (line.length <= maxDatedCharacters && isDatedLine(line)) return 'date'
  if (line.length >= minProseCharacters) return 'prose'
  if (isNetworkName(line)) return 'network'
  return endsSentence(line) && !isHeadlineLike(line) ? 'prose' : 'short'
}

/** Tells whether a line of a kind is part of the page and not of the article: a button, a link, a credit, a date. */
export const isFurnitureKind = (kind: LineKind): boolean =>
  !['blank', 'prose', 'short', 'entry'].includes(kind)

/** Tells whether a line that ends like a sentence may be a headline: a short question or exclamation, or a teaser cut short. */
const isHeadlineLike = (line: string): boolean =>
  /(?:…|\.\.\.)$/.test(line) || (line.length <= maxQuestionCharacters && /[?!]$/.test(line))

/**
 * Tells whether a line consists of a date and a few words, such as a name: `Kim Tremblay 17.10.2019, 13:17`. The line below a quoted
 * post of a network is none: `— Kim Tremblay (@kimtremblay) March 16, 2020`.
 */
export function isDatedLine(line: string, maxWords = maxDatedWords): boolean {
  if (!/\d{4}|\d\.\d\d\b|\/\d\d\b/.test(line) || /\(@\w{1,30}\)/.test(line)) return false
  const { published, updated, unclear, rest } = parsePageDates(line)
  const date = published ?? updated ?? unclear[0]
  // The words of a span (`entre le 21 juin et le 15 novembre 2019`) may be those of a sentence.
  const extra = (published ?? updated) ? 0 : Math.max(0, (unclear[0]?.split(' ').length ?? 0) - maxDateWords)
  return date !== undefined && rest.split(' ').length + extra <= maxWords && !endsSentence(line)
}

/** The part of a capture that is the article's text: from the line `start` to before the line `end`. */
export interface MainText {
  start: number
  end: number
}

/** What a line of each kind other than prose contributes to the main text; the value of prose is its length. */
const weights: Record<Exclude<LineKind, 'prose'>, number> = {
  blank: 0,
  advertisement: -10,
  signs: -30,
  short: -30,
  entry: -30,
  furniture: -30,
  network: -30,
  photo: -30,
  related: -50,
  date: -150,
  comments: -300,
}
const maxProseWeight = 400
/** The weight of a question or of an entry of a numbered list, which articles have more often than menus. */
const weightInArticle = -5

/** The weight of a byline or a date shortly above a text; the comments of readers and teasers have none there. */
const creditWeight = 400
/** The number of lines with text above a text in which a byline or a date is searched. */
const creditLines = 8

/**
 * Finds the main text of a capture: the consecutive lines whose weights have the largest sum. Prose counts by its length;
 * prose that stands alone between two other lines, as the teaser of another article does, counts less than half. All
 * other lines count against the text; a byline or date above it counts for it. Returns undefined if there is no prose.
 */
export function findMainText(lines: readonly string[], kinds: readonly LineKind[]): MainText | undefined {
  let best: (MainText & { sum: number }) | undefined
  const credits = new Map<number, boolean>()
  const isCredit = (at: number): boolean => {
    const known = credits.get(at) ?? (kinds[at] === 'date' || parseByline(lines[at] ?? '') !== undefined)
    credits.set(at, known)
    return known
  }
  for (const part of partsOf(weightsOf(lines, kinds))) {
    const sum = part.sum + (hasCreditAbove(kinds, part.start, isCredit) ? creditWeight : 0)
    if (sum > (best?.sum ?? 0)) best = { start: part.start, end: part.end, sum }
  }
  return best
}

/** Yields each part whose sum of weights never falls to 0, up to the line at which the sum is largest. */
function* partsOf(values: readonly number[]): Generator<MainText & { sum: number }> {
  let part = { start: 0, end: 0, sum: 0 }
  let sum = 0
  for (const [at, weight] of values.entries()) {
    if (sum <= 0) {
      if (part.sum > 0) yield part
      part = { start: at, end: at, sum: 0 }
      sum = 0
    }
    sum += weight
    if (sum > part.sum) part = { start: part.start, end: at + 1, sum }
  }
  if (part.sum > 0) yield part
}

function hasCreditAbove(
  kinds: readonly LineKind[],
  start: number,
  isCredit: (at: number) => boolean,
): boolean {
  let seen = 0
  for (let at = start - 1; at >= 0 && seen < creditLines; at -= 1) {
    if (kinds[at] === 'blank') continue
    if (kinds[at] === 'prose' && kinds[at - 1] === 'prose') return false
    if (isCredit(at)) return true
    seen += 1
  }
  return false
}

const isOfArticle = (kind: LineKind, line = ''): boolean =>
  kind === 'short' && (/^\d{1,3}[.)] \p{L}/u.test(line) || (line.length > 20 && /[?!]$/.test(line)))

function weightsOf(lines: readonly string[], kinds: readonly LineKind[]): number[] {
  const filled = kinds.flatMap((kind, at) => (kind === 'blank' ? [] : [at]))
  const values = kinds.map((kind, at) =>
    kind === 'prose' ? 0 : isOfArticle(kind, lines[at]) ? weightInArticle : weights[kind],
  )
  for (const [place, at] of filled.entries()) {
    if (kinds[at] !== 'prose') continue
    const [above, below] = [filled[place - 1], filled[place + 1]].map((near) =>
      near === undefined ? undefined : kinds[near],
    )
    values[at] = Math.min((lines[at] ?? '').length, maxProseWeight) * shareOf(above, below)
  }
  return values
}

/** The share of the weight of prose between lines of two kinds: the teaser of another article counts less than a paragraph. */
function shareOf(above: LineKind | undefined, below: LineKind | undefined): number {
  if (above === 'prose' || below === 'prose' || below === undefined) return 1
  return above === 'short' && below === 'date' ? 0.1 : 0.4
}
