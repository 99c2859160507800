import { isBesideName, namesRole, parseByline, parseName, wordsOf } from './byline.ts'
import { endsSentence, fold, isNavigation, isNetworkName } from './furniture.ts'
import { KnownLines, maxTitleCharacters, minContentWords } from './known-lines.ts'
import type { LineKind, MainText } from './main-text.ts'
import { isNotice } from './notices.ts'

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
}

/** The title that was found in a capture. */
export interface Headline {
  at: number
  /** The line with the last repetition of the title above the bylines and the text; the same line if the title is not repeated. */
  last: number
  /** The second choice, if nearly as much speaks for it. */
  rival?: number
}

/** The maximum number of lines with text above the main text among which the title is searched. */
const maxUpperLines = 80
/** The maximum number of lines with text in the main text among which the title is searched. */
const maxLowerLines = 12
/** The number of lines below a title in which a byline or date speaks for the title. */
const maxBylineLines = 5
/** The maximum number of lines with text between a title and its repetition above the text. */
const maxRepetitionLines = 25
/** The difference of scores below which the second choice is named. */
const rivalPoints = 0.75
/** The share of the words of a title that its text has at least. */
const minShareOfWords = 0.3
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
    .map((at) => ({
      at,
      score: scoreOf(lines, kinds, known, at),
      isTitle:
        wordsOf(lines[at] ?? '').length >= 4 &&
        !isPath(lines[at] ?? '') &&
        !isPerson(lines[at] ?? '') &&
        known.share(lines[at] ?? '', false) >= minShareOfWords,
      hasByline: hasBylineBelow(lines, kinds, at, known.end),
      isName: isPerson(lines[at] ?? ''),
      isRepeated: known.repeats(lines[at] ?? '') > 1,
    }))
  const [best, ...others] = candidates.toSorted((one, other) => other.score - one.score || one.at - other.at)
  if (!best) return undefined
  const upper =
    titleBelow(candidates, lines, kinds, best) ?? titleAbove(candidates, lines, kinds, best) ?? best
  const chosen = titleIn(candidates, lines, upper) ?? upper
  const text = fold(lines[chosen.at] ?? '')
  const same = candidates.filter(({ at }) => fold(lines[at] ?? '') === text)
  const title = same.find(({ at }) => linesBetween(kinds, at, chosen.at) <= maxRepetitionLines) ?? chosen
  const last = same.findLast(({ at }) => !hasHeadBetween(lines, kinds, title.at, at))?.at ?? title.at
  const rival = others.find(({ at }) => at !== title.at && fold(lines[at] ?? '') !== text)
  const isClose = rival !== undefined && chosen.score - rival.score < rivalPoints
  return { at: title.at, last, ...(isClose && { rival: rival.at }) }
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
  if (!above?.isTitle || (best.isRepeated && !above.isRepeated)) return undefined
  if (best.hasByline && !above.hasByline) return undefined
  const isNear = kinds.slice(above.at + 1, best.at).every((kind, step) => {
    const line = lines[above.at + 1 + step] ?? ''
    return ['blank', 'date', 'furniture', 'network', 'photo', 'signs'].includes(kind) || isNamed(line)
  })
  if (!isNear || isKicker(lines[above.at] ?? '', lines[best.at] ?? '')) return undefined
  return best.score - above.score < maxStandfirstPoints ? above : undefined
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

/** The maximum number of words of a name without a comma or another separator in it. */
const maxNameWords = 5

/** Tells whether a line consists of names of persons. A longer line of words with capitals is a title in English. */
const isPerson = (line: string): boolean =>
  parseName(line) !== undefined &&
  (wordsOf(line).length <= maxNameWords || /[,;|()/·•&–-]|\s(?:et|and|und|y)\s/.test(line))

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

function scoreOf(
  lines: readonly string[],
  kinds: readonly LineKind[],
  known: KnownLines,
  at: number,
): number {
  const line = lines[at] ?? ''
  const words = wordsOf(line).length
  const isSentence = /[.…]\s?$/.test(line)
  const isUnfinished = /[:,;]\s?$/.test(line)
  const distance = kinds.slice(at + 1, known.end).filter((kind) => kind !== 'blank').length
  return [
    scoreOfLength(words),
    4 * known.share(line, kinds[at] === 'prose', at === known.first ? 1 : minContentWords),
    hasBylineBelow(lines, kinds, at, known.end) ? 2 : 0,
    words >= 3 && known.repeats(line) > 1 ? 1 : 0,
    at === known.first ? (words < 5 ? 1.25 : 2.5) : 0,
    isSentence ? -2 : isUnfinished ? -4 : 0,
    scoreOfPlace(lines, kinds, known, at),
    isListOfTags(line) ? -1.5 : 0,
    isPath(line) || isNavigation(line) || isBesideName(line) ? -2 : 0,
    isPerson(line) || isUnderName(lines, at) ? -3 : 0,
    -0.08 * Math.min(distance, 40),
  ].reduce((sum, part) => sum + part, 0)
}

/** Tells whether a line is the job title of the author on the line above. */
function isUnderName(lines: readonly string[], at: number): boolean {
  const above = lines.slice(Math.max(0, at - 2), at).findLast(Boolean) ?? ''
  return namesRole(lines[at] ?? '') && (isPerson(above) || parseByline(above) !== undefined)
}

/** Tells whether a line is a list of three or more names or subjects with commas. */
const isListOfTags = (line: string): boolean => /^[^,.:]{2,40}(?:, \p{Lu}[^,.:]{1,40}){2,}$/u.test(line)

/** Tells whether a line is a path through the sections, or a title with the name of the site. */
const isPath = (line: string): boolean => /\s[>›»/|]\s|^[>›»/#@]|\s>$/.test(line)

/**
 * Prose above a line speaks against it, as the line then is a subheading. It speaks less against a line that has the signs
 * of a title, because notices of the page may stand above it. A date directly above a line speaks for it.
 */
function scoreOfPlace(
  lines: readonly string[],
  kinds: readonly LineKind[],
  known: KnownLines,
  at: number,
): number {
  if (!kinds.slice(known.start, at).includes('prose'))
    return kinds.slice(0, at).findLast((kind) => kind !== 'blank') === 'date' ? 1 : 0
  const line = lines[at] ?? ''
  const isTitle = wordsOf(line).length >= 4 && known.share(line, false) >= minShareOfWords
  return isTitle && hasBylineBelow(lines, kinds, at, known.end) ? -1 : -5
}

function scoreOfLength(words: number): number {
  if (words < 4) return [-3, -2.5, -1.5, -0.5][words] ?? 0
  return 1.5 - 0.02 * Math.max(0, words - 12) - (words > 35 ? 2 : 0)
}

/** Tells whether a byline or a date follows within a few lines; a second long line in between may be the standfirst. */
function hasBylineBelow(
  lines: readonly string[],
  kinds: readonly LineKind[],
  at: number,
  end: number,
): boolean {
  let seen = 0
  for (let below = at + 1; below <= end && seen < maxBylineLines; below += 1) {
    const line = lines[below] ?? ''
    if (line === '') continue
    seen += 1
    if (kinds[below] === 'date' || parseByline(line)) return true
    if (parseName(line) && isAboveDate(kinds, below)) return true
  }
  return false
}

/** Tells whether the next line with text is a date. */
const isAboveDate = (kinds: readonly LineKind[], at: number): boolean =>
  kinds.slice(at + 1, at + 4).find((kind) => kind !== 'blank') === 'date'
