import { parseByline, wordsOf } from './byline.ts'
import { endsSentence, fold, isNetworkName } from './furniture.ts'
import {
  hasBylineBelow,
  isPath,
  isPerson,
  isTextOfPicture,
  minShareOfWords,
  nextLine,
  scoreOf,
} from './headline-score.ts'
import { KnownLines, maxTitleCharacters } from './known-lines.ts'
import type { LineKind, MainText } from './main-text.ts'
import { isNotice } from './notices.ts'
import { parsePageDates } from './page-dates.ts'

/** A line that may be the title, with the sum of what speaks for it. */
interface Candidate {
  at: number
  score: number
  /** Whether the line has at least four words, of which the text has some. */
  isTitle: boolean
  /** Whether a byline or a date follows soon. */
  hasByline: boolean
  isName: boolean
  isRepeated: boolean
  /** The share of the line's words that the text has. */
  share: number
}

/** The title that was found in a capture. */
export interface Headline {
  at: number
  /** The line with the last repetition of the title above the bylines and the text; the same line if the title is not repeated. */
  last: number
  /** The second choice, if nearly as much speaks for it, or if it stands between a photo credit and a byline. */
  rival?: number
}

/** The maximum number of lines with text above the main text among which the title is searched. */
const maxUpperLines = 80
/** The maximum number of lines with text in the main text among which the title is searched. */
const maxLowerLines = 12
/** The maximum number of lines with text between a title and its repetition above the text. */
const maxRepetitionLines = 25
/** The difference of scores below which the second choice is named. */
const rivalPoints = 0.75
/** The maximum number of words of a kicker, and the numbers of words of a title below one. */
const maxKickerWords = 5
/** The maximum number of words of a kicker above a title of any length, and the minimum number of words of that title. */
const maxShortKickerWords = 2
const minTitleWords = 4
const minLongTitleWords = 8
const maxLongTitleWords = 16
/** The maximum difference of scores by which a standfirst surpasses its title. */
const maxStandfirstPoints = 2.5

/**
 * Finds the line that is the title, among the lines around the start of the main text. For a line speak: at least four
 * words, its words in the main text, a byline or date soon after it, its repetition, the first place in the capture, and
 * its nearness to the main text. Against it speak: one or two words, a full stop, a name, and the name of a section.
 * Returns undefined if no line is a candidate.
 */
export function findHeadline(
  lines: readonly string[],
  kinds: readonly LineKind[],
  main: MainText,
): Headline | undefined {
  const near = linesNear(kinds, main.start)
  const known = new KnownLines(lines, kinds, main, near.at(-1) ?? main.start)
  const candidates = near
    .filter((at) => isCandidate(lines[at] ?? '', kinds[at] ?? 'blank') && !isUnderRelated(kinds, at))
    .map((at) => ({ at, share: known.share(lines[at] ?? '', false) }))
    .map(({ at, share }) => ({
      at,
      share,
      score: scoreOf(lines, kinds, known, at),
      isTitle:
        wordsOf(lines[at] ?? '').length >= 4 &&
        !isPath(lines[at] ?? '') &&
        !isPerson(lines[at] ?? '') &&
        share >= minShareOfWords,
      hasByline: hasBylineBelow(lines, kinds, at, known.end),
      isName: isPerson(lines[at] ?? ''),
      isRepeated: known.repeats(lines[at] ?? '') > 1,
    }))
  const [best, ...others] = candidates.toSorted((one, other) => other.score - one.score || one.at - other.at)
  if (!best) return undefined
  const upper =
    titleAboveByline(candidates, lines, kinds, best) ??
    titleBelow(candidates, lines, kinds, best) ??
    titleAbove(candidates, lines, kinds, best) ??
    best
  const chosen = titleIn(candidates, lines, upper) ?? upper
  const text = fold(lines[chosen.at] ?? '')
  const same = candidates.filter(({ at }) => fold(lines[at] ?? '') === text)
  const title = same.find(({ at }) => linesBetween(kinds, at, chosen.at) <= maxRepetitionLines) ?? chosen
  const last = same.findLast(({ at }) => !hasHeadBetween(lines, kinds, title.at, at))?.at ?? title.at
  const second = others.find(({ at }) => at !== title.at && fold(lines[at] ?? '') !== text)
  const isClose = second !== undefined && chosen.score - second.score < rivalPoints
  const rival =
    (isClose ? second : undefined) ??
    belowPicture(candidates, lines, kinds, last) ??
    belowKicker(candidates, lines, kinds, last)
  return { at: title.at, last, ...(rival && { rival: rival.at }) }
}

/** Finds the line directly above a byline or date that may be the title, because a photo credit stands between it and the title. */
function belowPicture(
  candidates: readonly Candidate[],
  lines: readonly string[],
  kinds: readonly LineKind[],
  title: number,
): Candidate | undefined {
  return candidates.find(({ at, isName, hasByline }) => {
    const between = kinds.slice(title + 1, at)
    const below = nextLine(kinds, at)
    const isAboveCredit = kinds[below] === 'date' || isNamed(lines[below] ?? '')
    return hasByline && !isName && isAboveCredit && between.includes('photo') && !between.includes('prose')
  })
}

/**
 * Finds the line directly below the title and above a byline or date that may be the title, because the line taken for it may be a
 * kicker of many words: the lower one is no sentence, and the text has more of its words.
 */
function belowKicker(
  candidates: readonly Candidate[],
  lines: readonly string[],
  kinds: readonly LineKind[],
  title: number,
): Candidate | undefined {
  const share = candidates.find(({ at }) => at === title)?.share ?? 1
  const lower = candidates.find(({ at }) => at === nextLine(kinds, title))
  if (!lower?.isTitle || lower.share <= share) return undefined
  const [line, below] = [lines[lower.at] ?? '', nextLine(kinds, lower.at)]
  const isAboveCredit = kinds[below] === 'date' || isNamed(lines[below] ?? '')
  return isAboveCredit && !endsSentence(line) && wordsOf(line).length <= maxLongTitleWords ? lower : undefined
}

/**
 * A standfirst has the same signs as the title directly above it, and so has a caption below the byline: the upper one of two
 * such lines is the title. Only bylines, dates and buttons may stand in between.
 */
function titleAbove(
  candidates: readonly Candidate[],
  lines: readonly string[],
  kinds: readonly LineKind[],
  best: Candidate,
): Candidate | undefined {
  const above = candidates.findLast(({ at, isName }) => at < best.at && !isName)
  if (above && isTextOfPicture(lines, kinds, above.at)) return undefined
  if (!above?.isTitle || (best.isRepeated && !above.isRepeated)) return undefined
  if (best.hasByline && !above.hasByline) return undefined
  const isNear = kinds.slice(above.at + 1, best.at).every((kind, step) => {
    const line = lines[above.at + 1 + step] ?? ''
    return ['blank', 'date', 'furniture', 'network', 'photo', 'signs'].includes(kind) || isNamed(line)
  })
  if (!isNear || isKicker(lines[above.at] ?? '', lines[best.at] ?? '')) return undefined
  return best.score - above.score < maxStandfirstPoints ? above : undefined
}

/**
 * The only line with the signs of a title that stands directly above a byline is the title, if no byline is below the best line, as
 * below a subheading, or if the best line is rather its kicker, such as the name of the site above a section. Headlines of a list of
 * articles are several.
 */
function titleAboveByline(
  candidates: readonly Candidate[],
  lines: readonly string[],
  kinds: readonly LineKind[],
  best: Candidate,
): Candidate | undefined {
  const isAboveByline = (at: number) => {
    const byline = parseByline(parsePageDates(lines[nextLine(kinds, at)] ?? '').rest)
    return byline !== undefined && byline.authors.length > 0
  }
  const [title, ...others] = candidates.filter(({ at, isTitle }) => isTitle && isAboveByline(at))
  if (!title || others.length > 0) return undefined
  if (title.at < best.at) return best.hasByline ? undefined : title
  const isAbove = best.score - title.score < rivalPoints && !kinds.slice(best.at, title.at).includes('prose')
  return isAbove && isKicker(lines[best.at] ?? '', lines[title.at] ?? '') ? title : undefined
}

/** A line of one or two words directly above a line of four or more, below which a byline or date follows, is its kicker. */
function titleBelow(
  candidates: readonly Candidate[],
  lines: readonly string[],
  kinds: readonly LineKind[],
  best: Candidate,
): Candidate | undefined {
  const words = (at: number) => wordsOf(lines[at] ?? '').length
  const below = candidates.find(({ at }) => at > best.at)
  if (
    !below?.hasByline ||
    below.isName ||
    words(best.at) > maxShortKickerWords ||
    words(below.at) < minTitleWords
  )
    return undefined
  const isDirect = kinds.slice(best.at + 1, below.at).every((kind) => kind === 'blank')
  return isDirect && !endsSentence(lines[below.at] ?? '') ? below : undefined
}

/** Tells whether the upper one of two lines is rather a kicker than a title, by their numbers of words. */
function isKicker(upper: string, lower: string): boolean {
  const words = wordsOf(lower).length
  return wordsOf(upper).length <= maxKickerWords && words >= minLongTitleWords && words <= maxLongTitleWords
}

const isNamed = (line: string): boolean => parseByline(line) !== undefined || isPerson(line)

/** A line that ends with the title, as a path through the sections does, is not the title itself. */
function titleIn(
  candidates: readonly Candidate[],
  lines: readonly string[],
  best: Candidate,
): Candidate | undefined {
  const text = fold(lines[best.at] ?? '')
  const last = isPath(text) ? text.split(/\s[>›»/|]\s/).at(-1) : undefined
  return candidates.find(({ at, isTitle }) => {
    const other = fold(lines[at] ?? '')
    return other.length < text.length && (other === last || (isTitle && text.endsWith(` ${other}`)))
  })
}

const linesBetween = (kinds: readonly LineKind[], from: number, to: number): number =>
  kinds.slice(from + 1, to).filter((kind) => kind !== 'blank').length

/** Tells whether a byline, a date or a paragraph stands between two lines. */
const hasHeadBetween = (
  lines: readonly string[],
  kinds: readonly LineKind[],
  from: number,
  to: number,
): boolean =>
  lines
    .slice(from + 1, to)
    .some(
      (line, at) => ['date', 'prose'].includes(kinds[from + 1 + at] ?? '') || parseByline(line) !== undefined,
    )

/** Returns the numbers of the lines with text before the main text and up to its first two paragraphs. */
function linesNear(kinds: readonly LineKind[], start: number): number[] {
  const above: number[] = []
  for (let at = start - 1; at >= 0 && above.length < maxUpperLines; at -= 1)
    if (kinds[at] !== 'blank') above.unshift(at)
  const below: number[] = []
  for (let at = start; at < kinds.length && below.length < maxLowerLines; at += 1)
    if (kinds[at] !== 'blank') below.push(at)
  return [...above, ...below]
}

const isCandidate = (line: string, kind: LineKind): boolean =>
  line.length <= maxTitleCharacters &&
  /[\p{L}\d]/u.test(line) &&
  !isNotice(line) &&
  !isNetworkName(line) &&
  (kind === 'short' || (kind === 'prose' && line.length <= 160 && /[?!»”"’]$/.test(line))) &&
  !parseByline(line)

/** Tells whether a line directly follows the heading of links to other articles. */
function isUnderRelated(kinds: readonly LineKind[], at: number): boolean {
  const above = kinds.slice(Math.max(0, at - 3), at).findLast((kind) => kind !== 'blank')
  return above === 'related'
}
