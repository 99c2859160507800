import { maxArticleBytes } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { shortened } from '../domain/text.ts'
import { creditsOf, parseByline, wordsOf } from './byline.ts'
import { readBody } from './capture-body.ts'
import { parseHead, partlyMarked } from './capture-head.ts'
import { linesOf } from './capture-lines.ts'
import { warningsOf } from './capture-warnings.ts'
import { fold, isFurniture, isFurnitureAbove, isNotice } from './furniture.ts'
import { findHeadline } from './headline.ts'
import { guessLanguage } from './language.ts'
import { findMainText, kindOfLine, type LineKind } from './main-text.ts'
import { parsePageDates } from './page-dates.ts'
import type { Warned } from './warned.ts'

/**
 * Fields of an article that the text of a web page does not contain, or that the person who submits the capture
 * knows better.
 */
export type Beside = Omit<
  ArticleInput,
  'title' | 'summary' | 'html' | 'markdown' | 'text' | 'authors' | 'source'
>

const maxSummaryCharacters = 300

/** Decodes the bytes of a capture: UTF-8 without the byte order mark, with each line ended by LF. */
export function decodeCapture(bytes: Uint8Array): Result<string> {
  if (bytes.length > maxArticleBytes)
    return failure({ kind: 'too-large', bytes: bytes.length, maxBytes: maxArticleBytes })
  if (isUtf16(bytes)) return unreadable('it is UTF-16; a capture is UTF-8, so save it again as UTF-8')
  if (bytes.includes(0))
    return unreadable('it has NUL bytes, as a binary file has; a capture is plain text in UTF-8')
  try {
    return success(
      new TextDecoder('utf-8', { fatal: true, ignoreBOM: false }).decode(bytes).replaceAll('\r\n', '\n'),
    )
  } catch {
    return unreadable('it has bytes that are not UTF-8, as Windows-1252 has; save it again as UTF-8')
  }
}

/**
 * Extracts an article (title, byline, date and paragraphs) from the text of a saved newspaper page, and drops the parts of
 * the page that are not the article. A blank line separates paragraphs; without blank lines, each line is a paragraph.
 * Lines that a program broke at the width of a window are joined. The fields of `beside` override those of the page. The
 * warnings say what was guessed, what was left out, and what could not be decided.
 */
export function parseCapture(text: string, beside: Beside = {}): Result<Warned<ArticleInput>> {
  const lines = linesOf(text)
  const kinds = kindsOf(lines)
  const main = findMainText(lines, kinds)
  const headline = main && findHeadline(lines, kinds, main)
  const at = headline?.at ?? firstCandidate(lines, kinds)
  const title = lines[at]
  if (!title)
    return unreadable('no title: a capture begins with the title of the article, on a line of its own')
  const below = withoutRepeats(title, lines)
  const language = beside.language ?? guessLanguage(textAround(lines, at, main?.start))
  const head = parseHead(below, (headline?.last ?? at) + 1, language)
  const body = readBody(below, head, main?.end, isBelowMenu(kinds, at))
  const paragraphs = [...head.standfirst, ...body.paragraphs]
  const [first] = paragraphs
  if (first === undefined)
    return unreadable(`no body under the title "${shortened(title, 80)}": a capture has paragraphs below it`)
  const above = creditsAbove(lines, at, language)
  const isDated = head.published !== undefined || head.updated !== undefined
  const published = isDated ? (head.published ?? head.updated) : above.published
  const bylinesAbove = head.bylines.length > 0 ? [] : above.bylines
  const signature = head.bylines.length > 0 || bylinesAbove.length > 0 ? [] : body.bylines
  return success({
    value: {
      title,
      summary: shortened(first, maxSummaryCharacters),
      text: paragraphs.join('\n\n'),
      ...(language && { language }),
      ...creditsOf([...head.bylines, ...bylinesAbove, ...signature]),
      ...(published && { published }),
      ...beside,
    },
    warnings: warningsOf({
      ...{ lines, kinds, title, at, headline, head, bylinesAbove, signature },
      isDateAbove: !isDated && published !== undefined,
      leftOut: body.leftOut,
      removed: body.removed,
      hasLanguage: language !== undefined,
    }).filter((warning) => !((warning.split(':', 1)[0] as string) in beside)),
  })
}

const unreadable = (reason: string) => failure({ kind: 'unreadable', reason })

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

/** The minimum number of words of a title that looks like a link or a photo credit. */
const minTitleWords = 4

/** Classifies the lines. The first line, directly above a byline or a date, is a title even if it begins like furniture. */
function kindsOf(lines: readonly string[]): LineKind[] {
  const kinds = lines.map(kindOfLine)
  const [first = -1, second = -1] = kinds.flatMap((kind, at) => (kind === 'blank' ? [] : [at]))
  const line = lines[first] ?? ''
  const isCreditNext = kinds[second] === 'date' || parseByline(lines[second] ?? '') !== undefined
  const isLikeFurniture = kinds[first] === 'furniture' || kinds[first] === 'related'
  if (isLikeFurniture && isCreditNext && wordsOf(line).length >= minTitleWords && !isNotice(line))
    kinds[first] = 'short'
  return kinds
}

/**
 * The title of a capture in which no line has the signs of a title: the first line above the first prose that is no
 * furniture, else the first line that no button has. A byline is
 * never the title.
 */
function firstCandidate(lines: readonly string[], kinds: readonly LineKind[]): number {
  const end = kinds.indexOf('prose')
  const above = end === -1 ? lines : lines.slice(0, end)
  const isTitle = (line: string) => line !== '' && !parseByline(line)
  const at = above.findIndex((line) => isTitle(line) && !isFurnitureAbove(line))
  return at === -1 ? lines.findIndex((line) => isTitle(line) && !isFurniture(line)) : at
}

function withoutRepeats(title: string, lines: readonly string[]): string[] {
  const folded = fold(title)
  return lines.map((line) => (line && line.length <= 2 * title.length && fold(line) === folded ? '' : line))
}

const textAround = (lines: readonly string[], at: number, start = at): string =>
  [
    lines[at],
    ...lines
      .slice(Math.max(at + 1, start))
      .filter(Boolean)
      .slice(0, 50),
  ].join('\n')

/** The number of lines with text above a title that only a menu has. */
const minMenuLines = 8

const isBelowMenu = (kinds: readonly LineKind[], at: number): boolean =>
  kinds.slice(0, at).filter((kind) => kind !== 'blank').length >= minMenuLines

/** The number of lines with text above the title in which a date is searched that does not stand below it. */
const maxUpperLines = 6

/** Finds the date and the authors in the lines directly above a title. */
function creditsAbove(lines: readonly string[], at: number, language: string | undefined) {
  const above = lines.slice(0, at).filter(Boolean).slice(-maxUpperLines)
  const dates = above.map((line) => parsePageDates(line, language))
  const bylines = dates.flatMap(({ rest }) => parseByline(rest) ?? partlyMarked(rest) ?? [])
  const published = dates.findLast((one) => one.published)?.published
  return { bylines: bylines.filter(({ authors }) => authors.length > 0), published }
}
