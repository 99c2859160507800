import { isBesideName, namesRole, parseByline, parseName, wordsOf } from './byline.ts'
import { fold, isNavigation } from './furniture.ts'
import { type KnownLines, minContentWords } from './known-lines.ts'
import type { LineKind } from './main-text.ts'

/** The number of lines below a title in which a byline or date speaks for the title. */
const maxBylineLines = 5
/** A title has at least this share of its words in the text. */
export const minShareOfWords = 0.3
/** The maximum number of words of a name without a comma or another separator in it. */
const maxNameWords = 5

/** Tells whether a line consists of names of persons. A longer line of words with capitals is a title in English. */
export const isPerson = (line: string): boolean =>
  parseName(line) !== undefined &&
  (wordsOf(line).length <= maxNameWords || /[,;|()/·•&–-]|\s(?:et|and|und|y)\s/.test(line))

/** Returns the sum of what speaks for a line as the title of the article, and against it. */
export function scoreOf(
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
    scoreOfPicture(lines, kinds, at),
    -0.08 * Math.min(distance, 40),
  ].reduce((sum, part) => sum + part, 0)
}

/** What speaks against a line that may be a caption, because a photo credit follows, and against the text of a picture. */
const captionPoints = 1.5
const pictureTextPoints = 4

function scoreOfPicture(lines: readonly string[], kinds: readonly LineKind[], at: number): number {
  if (isTextOfPicture(lines, kinds, at)) return -pictureTextPoints
  return kinds[nextLine(kinds, at)] === 'photo' ? -captionPoints : 0
}

/** Tells whether a line is the text of a picture: the caption with the photo credit directly below it begins with the same words. */
export function isTextOfPicture(lines: readonly string[], kinds: readonly LineKind[], at: number): boolean {
  const below = nextLine(kinds, at)
  return kinds[below] === 'photo' && fold(lines[below] ?? '').startsWith(fold(lines[at] ?? ''))
}

/** Returns the number of the next line with text below a line; -1 if there is none. */
export const nextLine = (kinds: readonly LineKind[], at: number): number =>
  kinds.findIndex((kind, number) => number > at && kind !== 'blank')

/** Tells whether a line is the job title of the author on the line above. */
function isUnderName(lines: readonly string[], at: number): boolean {
  const above = lines.slice(Math.max(0, at - 2), at).findLast(Boolean) ?? ''
  return namesRole(lines[at] ?? '') && (isPerson(above) || parseByline(above) !== undefined)
}

/** Tells whether a line is a list of three or more names or subjects with commas. */
const isListOfTags = (line: string): boolean => /^[^,.:]{2,40}(?:, \p{Lu}[^,.:]{1,40}){2,}$/u.test(line)

/** Tells whether a line is a path through the sections, or a title with the name of the site. */
export const isPath = (line: string): boolean => /\s[>›»/|]\s|^[>›»/#@]|\s>$/.test(line)

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
export function hasBylineBelow(
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
