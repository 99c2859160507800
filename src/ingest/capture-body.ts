import type { Byline } from './byline.ts'
import { parseByline, parseName } from './byline.ts'
import type { CaptureHead } from './capture-head.ts'
import {
  endsSentence,
  fold,
  isAdvertisement,
  isAuthorHeading,
  isCommentsHeading,
  isFurniture,
  isNetworkName,
  isNotice,
  isRelatedHeading,
} from './furniture.ts'
import { kindOfLine } from './main-text.ts'
import { parsePageDates } from './page-dates.ts'

/** The maximum number of headlines under a heading such as `À lire aussi`. */
const maxRelatedLines = 8

/** The maximum number of short lines that belong to the article below its last paragraph, as in a table of results. */
const maxTrailingLines = 8

/** The text of an article below its head, and the authors that are named at its end. */
interface CaptureBody {
  paragraphs: string[]
  bylines: Byline[]
  /** Lines below the article that are left out although they are not known to be furniture. */
  leftOut: string[]
  /** Sentences and long lines inside the article that are left out because they look like furniture. */
  removed: string[]
}

/**
 * Reads the paragraphs of an article from the lines of a capture. `end` is the end of the main text. A few short lines
 * behind it are kept, but not if the capture begins with a menu, because it then ends with one.
 */
export function readBody(
  lines: readonly string[],
  head: CaptureHead,
  end: number | undefined,
  hasMenu: boolean,
): CaptureBody {
  const last = end === undefined ? lines.length : Math.max(end, head.end)
  const whole = lines.slice(head.end, last)
  const names = head.bylines.flatMap(({ authors }) => authors).map(fold)
  const start = startOfEnd(whole)
  const at = whole.findIndex((line, index) => index >= start && isEnd(line, names))
  const main = at === -1 ? whole : whole.slice(0, at)
  const trailing = at === -1 ? trailingIn(lines.slice(last), names) : []
  const isTable = trailing.every((line) => kindOfLine(line) !== 'prose')
  const isKept = trailing.length <= maxTrailingLines && isTable && !hasMenu
  const unknown = new Set(isKept ? [] : trailing)
  const all = [...main, ...(isKept ? trailing : [])]
  const cleaned = withoutFurniture(all)
  const paragraphs = cleaned.filter(Boolean)
  const signature = signatureIn([...paragraphs, ...(isKept ? [] : trailing.slice(0, 1))], head.bylines)
  return {
    paragraphs:
      signature && paragraphs.length > 1 ? paragraphs.filter((line) => line !== signature.line) : paragraphs,
    bylines: signature ? signature.bylines : [],
    removed: all.filter((line, at) => cleaned[at] === '' && isSentenceOrLong(line)),
    leftOut: lines
      .slice(head.end + main.length)
      .filter((line) => line && (unknown.has(line) || kindOfLine(line) === 'prose')),
  }
}

/** A line of this length is named in a warning if it is left out, even if it does not end like a sentence. */
const minLongCharacters = 80

const isSentenceOrLong = (line: string): boolean =>
  line !== '' && (endsSentence(line) || line.length >= minLongCharacters)

/** The number of paragraphs, and the share of the lines, above the line at which an article can end. */
const minParagraphs = 3
const minShareOfLines = 0.25

function startOfEnd(lines: readonly string[]): number {
  let prose = 0
  const at = lines.findIndex((line) => kindOfLine(line) === 'prose' && ++prose === minParagraphs)
  return at === -1 ? lines.length : Math.max(at, lines.length * minShareOfLines)
}

/** Tells whether a line ends an article: the heading of the comments or of a text about the author, or such a text. */
function isEnd(line: string, names: readonly string[]): boolean {
  if (line === '') return false
  if (isCommentsHeading(line) || isAuthorHeading(line)) return true
  const text = fold(line.slice(0, 120))
  const name = names.find((one) => text.startsWith(one))
  if (name === undefined) return false
  return text === name || /^ (?:is|est|ist|es|covers|joined|a été|war) /.test(text.slice(name.length))
}

/** Returns the lines below the main text up to the first furniture. */
function trailingIn(lines: readonly string[], names: readonly string[]): string[] {
  const end = lines.findIndex((line) => isClosing(line) || isEnd(line, names))
  const above = (end === -1 ? lines : lines.slice(0, end)).filter(Boolean)
  return end === -1 ? above : above.slice(0, above.findLastIndex((line) => !isNetworkName(line)) + 1)
}

/** Finds the signature of an author or agency in the last line of an article. */
function signatureIn(paragraphs: readonly string[], known: readonly Byline[]) {
  const line = paragraphs.at(-1) ?? ''
  if (paragraphs.length < 2 || line.length > 120) return undefined
  const { rest } = parsePageDates(line)
  const byline = parseByline(rest) ?? parseName(rest)
  if (!byline) return undefined
  return { line, bylines: known.length === 0 ? [byline] : [] }
}

/**
 * Returns the lines of a body, with a blank line in place of each line of page furniture. A line of known furniture is
 * removed wherever it is; so are the headlines that directly follow the heading of links to other articles, and the name
 * of a social network if the line above it was removed. After the article's last prose, everything from the first line of
 * furniture on is removed, because the text below a share button or a comment form does not belong to the article.
 */
function withoutFurniture(lines: readonly string[]): string[] {
  const kept: string[] = []
  let aboveWent = false
  let related: Related = { isOpen: false, count: 0 }
  for (const line of lines.slice(0, endOf(lines))) {
    related = relatedAt(line, related)
    const goes: boolean = isFurniture(line) || related.count > 0 || (aboveWent && isNetworkName(line))
    kept.push(goes ? '' : line)
    if (line) aboveWent = goes
  }
  return kept
}

/** The state of a list of links: whether a headline may follow, and how many did. */
interface Related {
  isOpen: boolean
  count: number
}

/** A list of links begins with its heading; a paragraph ends it, and so does a blank line after a headline. */
function relatedAt(line: string, { isOpen, count }: Related): Related {
  if (isRelatedHeading(line)) return { isOpen: true, count: 0 }
  if (line === '') return { isOpen: isOpen && count === 0, count: 0 }
  const isHeadline = isOpen && count < maxRelatedLines && kindOfLine(line) === 'short'
  return isHeadline ? { isOpen, count: count + 1 } : { isOpen: false, count: 0 }
}

/**
 * Returns the number of the line at which the article ends: the first furniture after its last prose, or the
 * end of the page.
 */
function endOf(lines: readonly string[]): number {
  const tail = lines.findLastIndex((line) => kindOfLine(line) === 'prose' && !isClosing(line)) + 1
  let end = lines.findIndex((line, index) => index >= tail && isClosing(line))
  if (end === -1) return lines.length
  while (end > tail && isNetworkName(lines[end - 1] ?? '')) end -= 1
  return end
}

const isClosing = (line: string): boolean => isNotice(line) || (isFurniture(line) && !isAdvertisement(line))
