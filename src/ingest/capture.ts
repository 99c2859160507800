import { maxArticleBytes } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { shortened } from '../domain/text.ts'
import { type Byline, creditsOf, parseByline, parseName, wordsOf } from './byline.ts'
import {
  endsSentence,
  fold,
  isFurniture,
  isFurnitureAbove,
  isFurnitureAround,
  withoutFurniture,
} from './furniture.ts'
import { guessLanguage } from './language.ts'

/**
 * Fields of an article that the text of a web page does not contain, or that the person who submits the capture
 * knows better.
 */
export type Beside = Omit<
  ArticleInput,
  'title' | 'summary' | 'html' | 'markdown' | 'text' | 'authors' | 'source'
>

const maxSummaryCharacters = 300
const maxTitleCharacters = 400
/** The maximum number of lines in a menu, and the maximum number of lines from a title to its repetition. */
const maxMenuLines = 60

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
 * Extracts an article (title, byline and paragraphs) from the text of a saved newspaper page, and drops the
 * parts of the page that are not the article. A blank line separates paragraphs. Consecutive lines are joined
 * to one paragraph if most of them break off in mid-sentence after 40 characters or more; otherwise each line
 * is a paragraph.
 */
export function parseCapture(text: string, beside: Beside = {}): Result<ArticleInput> {
  const lines = text.split(/\r\n|\r|\n/).map(trimmed)
  const at = findTitle(lines)
  const title = lines[at]
  if (!title)
    return unreadable('no title: a capture begins with the title of the article, on a line of its own')
  const { bylines, body } = parseHead(withoutRepeats(title, lines.slice(at + 1)))
  const paragraphs = paragraphsOf(body)
  const [first] = paragraphs
  if (first === undefined)
    return unreadable(`no body under the title "${shortened(title, 80)}": a capture has paragraphs below it`)
  const language = guessLanguage([title, ...paragraphs.slice(0, 50)].join('\n'))
  return success({
    title,
    summary: shortened(first, maxSummaryCharacters),
    text: paragraphs.join('\n\n'),
    ...(language && { language }),
    ...creditsOf(bylines),
    ...beside,
  })
}

const unreadable = (reason: string) => failure({ kind: 'unreadable', reason })

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

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

/**
 * Returns the line number of the title; -1 if there is none. `candidatesAmong` lists the lines that may be
 * the title. The title is the first of them that has at least four words, but only if this line is repeated
 * near the byline, or if a menu stands above the candidates. If neither is true, the title is the first
 * candidate. If there are no candidates, the title is the first line that is not page furniture (buttons,
 * menus, notices).
 */
function findTitle(lines: readonly string[]): number {
  const candidates = candidatesAmong(lines)
  const headline = candidates.find((index) => isLong(lines[index]))
  if (headline !== undefined && isRepeated(lines, headline)) return headline
  const isUnderMenu = lines.slice(0, candidates[0] ?? 0).some((line) => line && isFurnitureAbove(line))
  if (headline !== undefined && isUnderMenu) return headline
  return candidates[0] ?? lines.findIndex((line) => line && !isFurniture(line))
}

/**
 * Returns the numbers of the lines that may be the title. These lines stand before the first paragraph and
 * the first byline, and are not page furniture (buttons, menus, notices).
 */
function candidatesAmong(lines: readonly string[]): number[] {
  const candidates: number[] = []
  for (const [index, line] of lines.entries()) {
    if (line === '' || isFurnitureAbove(line)) continue
    if (isParagraph(line) || (candidates.length > 0 && parseByline(line))) break
    if (candidates.push(index) === maxMenuLines) break
  }
  return candidates
}

const isLong = (line = ''): boolean => wordsOf(line.slice(0, maxTitleCharacters)).length >= 4

/**
 * Tells whether a line occurs again further below, with only bylines and page furniture (buttons, dates,
 * notices) in between.
 */
function isRepeated(lines: readonly string[], index: number): boolean {
  const title = fold(lines[index] ?? '')
  for (const line of lines.slice(index + 1, index + maxMenuLines)) {
    if (line === '' || isFurnitureAround(line)) continue
    if (fold(line.slice(0, maxTitleCharacters)) === title) return true
    if (!parseByline(line) && !parseName(line)) return false
  }
  return false
}

/**
 * A title may end with a question mark or a quotation mark, but hardly ever with a full stop, so a line that
 * ends with a full stop counts as a paragraph.
 */
const isParagraph = (line: string): boolean => line.length > maxTitleCharacters || line.endsWith('.')

function withoutRepeats(title: string, lines: readonly string[]): string[] {
  const folded = fold(title)
  return lines.map((line) => (line && fold(line) === folded ? '' : line))
}

/** Parses the lines below a title into bylines and body. One paragraph, the standfirst, may precede the bylines. */
function parseHead(lines: readonly string[]): { bylines: Byline[]; body: string[] } {
  const head = readCredits(lines, 0, parseByline, parseName)
  if (head.bylines.length > 0) return { bylines: head.bylines, body: lines.slice(head.end) }
  const lower = readCredits(lines, head.end + 1, parseByline)
  if (lower.bylines.length === 0) return { bylines: [], body: lines.slice(head.end) }
  return { bylines: lower.bylines, body: [lines[head.end] ?? '', '', ...lines.slice(lower.end)] }
}

type ReadByline = (line: string) => Byline | undefined

/**
 * Reads the bylines, beginning at the line `start` and skipping dates and buttons; also returns the number of
 * the line at which the body begins.
 */
function readCredits(lines: readonly string[], start: number, read: ReadByline, readFirst = read) {
  const bylines: Byline[] = []
  const seen = new Set<string>()
  let end = start
  for (; end < lines.length; end += 1) {
    const line = lines[end] ?? ''
    if (line === '' || seen.has(line) || isFurnitureAround(line)) continue
    const byline =
      read(line) ?? (bylines.length === 0 && hasBody(lines, end + 1) ? readFirst(line) : undefined)
    if (!byline) break
    bylines.push(byline)
    seen.add(line)
  }
  return { bylines, end }
}

const hasBody = (lines: readonly string[], start: number): boolean =>
  lines.slice(start).some((line) => line && !isFurnitureAround(line))

/** Splits the body of a capture into paragraphs, by the rules described at `parseCapture`. */
function paragraphsOf(body: readonly string[]): string[] {
  const lines = withoutFurniture(body)
  if (!isWrapped(lines)) return lines.filter(Boolean)
  const paragraphs: string[][] = [[]]
  for (const line of lines) {
    if (line === '') paragraphs.push([])
    else paragraphs.at(-1)?.push(line)
  }
  return paragraphs.filter((wrapped) => wrapped.length > 0).map((wrapped) => wrapped.join(' '))
}

/**
 * Tells whether a program broke the lines at the width of a window. The function assumes this if most lines
 * that are followed by a further line have at least 40 characters and end in mid-sentence.
 */
function isWrapped(lines: readonly string[]): boolean {
  const upper = lines.filter((line, index) => line && lines[index + 1])
  return upper.filter((line) => line.length >= 40 && !endsSentence(line)).length * 2 > upper.length
}
