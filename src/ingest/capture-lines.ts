import { parseByline } from './byline.ts'
import { endsSentence } from './furniture.ts'
import { splitLinkList, withoutLinkMarks } from './lynx-links.ts'
import { isDatedLine } from './main-text.ts'
import { withoutPlaceholders } from './placeholders.ts'

/** A program that breaks lines at the width of a window makes no line longer than this. */
const maxWidthCharacters = 132
/** Lines that are shorter than this are not taken for lines that a program broke. */
const minBrokenCharacters = 40
/** The number of broken lines that show a window even if no line below one goes on in small letters, as below a long title. */
const minBrokenLines = 5
/** The number of characters by which a broken line may be shorter than the window, apart from the next word. */
const slackCharacters = 3
/** A line with a date and no more other words than this is not the beginning of a sentence. */
const maxBylineWords = 7

/**
 * Splits the text of a capture into lines without white space at their ends; a line without visible characters is empty.
 * If a program broke the lines at the width of a window, as `lynx -dump` and `w3m -dump` do, each paragraph becomes one
 * line again, and what these programs print for links, pictures and buttons is removed; `placeholders` are what may have been text.
 */
export function linesOf(text: string): { lines: string[]; placeholders: string[] } {
  const { lines: raw, links } = splitLinkList(text.split(/\r\n|\r|\n/))
  const lines = withoutLinkMarks(raw, links).map(trimmed)
  const width = widthOf(raw, lines)
  if (width === undefined) return { lines, placeholders: [] }
  const joined: string[] = []
  let isOpen = false
  for (const [at, line] of lines.entries()) {
    if (isOpen) joined.push(`${joined.pop()} ${line}`)
    else joined.push(line)
    isOpen = isBroken(raw, lines, at, width)
  }
  const unmarked = joined.map(withoutPlaceholders)
  return {
    lines: unmarked.map(({ line }) => trimmed(line)),
    placeholders: unmarked.flatMap(({ doubtful }) => doubtful),
  }
}

/**
 * Returns the width of the window at which a program broke the lines; undefined if no program did. Most long lines that
 * are followed by another line then end in mid-sentence and have no room for the next word.
 */
function widthOf(raw: readonly string[], lines: readonly string[]): number | undefined {
  const lengths = raw.filter((line) => /\S\s+\S/.test(line.slice(0, 200))).map(lengthOf)
  const width = lengths.toSorted((one, other) => one - other)[Math.ceil(0.98 * (lengths.length - 1))]
  if (width === undefined || width > maxWidthCharacters) return undefined
  const long = lines.flatMap((line, at) => (line.length >= minBrokenCharacters && lines[at + 1] ? [at] : []))
  const broken = long.filter((at) => isBroken(raw, lines, at, width) && !endsSentence(lines[at] ?? ''))
  const isEnough =
    broken.length >= minBrokenLines || broken.some((at) => /^\p{Ll}/u.test(lines[at + 1] ?? ''))
  return isEnough && broken.length * 2 > long.length ? width : undefined
}

/** Tells whether a program broke a line: it is followed by another one whose first word had no room in it. */
function isBroken(raw: readonly string[], lines: readonly string[], at: number, width: number): boolean {
  const next = lines[at + 1]
  if (!next || (lines[at] ?? '').length < minBrokenCharacters || /^[*+•□☆○●■o#-] /.test(next)) return false
  if (!/\p{L}/u.test(lines[at] ?? '') || isCredit(lines[at] ?? '') || isCredit(next)) return false
  const [word = ''] = trimmed(raw[at + 1] ?? '')
    .slice(0, maxWidthCharacters)
    .split(' ', 1)
  const length = lengthOf(raw[at] ?? '')
  return length <= maxWidthCharacters && length + 1 + word.length > width - slackCharacters
}

/** Tells whether a line is a byline or a date with a year, which is never joined with another line. */
const isCredit = (line: string): boolean =>
  line.length <= maxWidthCharacters &&
  (isDatedLine(line, maxBylineWords) || (!endsSentence(line) && parseByline(line) !== undefined))

const lengthOf = (line: string): number => line.trimEnd().length

/**
 * Removes ordinary white space from both ends of a line; returns an empty string if the line has no visible
 * character. No-break spaces are kept.
 */
function trimmed(line: string): string {
  if (!/[^\s\u200B-\u200D\u2060]/.test(line)) return ''
  let start = 0
  let end = line.length
  while (isOrdinarySpace(line[start])) start += 1
  while (isOrdinarySpace(line[end - 1])) end -= 1
  return line.slice(start, end)
}

const isOrdinarySpace = (character: string | undefined): boolean =>
  character === ' ' || character === '\t' || character === '\f' || character === '\v'
