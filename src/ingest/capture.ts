import { maxArticleBytes } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { shortened } from '../domain/text.ts'
import { type Byline, creditsOf, parseByline, parseName } from './byline.ts'
import { readBody } from './capture-body.ts'
import { parseHead } from './capture-head.ts'
import { type CapturePage, parseLines, withoutRepeats } from './capture-page.ts'
import { restOf } from './capture-rest.ts'
import { aboutPlaceholders, warningsOf } from './capture-warnings.ts'
import { isNavigation } from './furniture.ts'
import { partlyMarked } from './head-lines.ts'
import { findHeadline } from './headline.ts'
import { guessLanguage } from './language.ts'
import { findMainText, type LineKind } from './main-text.ts'
import { isNotice } from './notices.ts'
import { parsePageDates } from './page-dates.ts'
import { secondTitleIn } from './second-article.ts'
import { mayNameAuthors, resemblesByline } from './unread-byline.ts'
import type { Warned } from './warned.ts'
import { replacedMarks, withWindowsMarks } from './windows-marks.ts'

/**
 * Fields of an article that the text of a web page does not contain, or that the person who submits the capture knows better.
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
 * Extracts an article (title, byline, date and paragraphs) from the text of a saved newspaper page, and drops the parts of the
 * page that are not the article. A blank line separates paragraphs; without blank lines, each line is a paragraph. Lines that a
 * program broke at the width of a window are joined. The fields of `beside` override those of the page. The warnings say what was
 * guessed, what was left out, and what could not be decided: no line vanishes without a warning unless it certainly is no part of
 * an article. `guessOther` guesses the language of a text that is in none of the project's own.
 */
export function parseCapture(
  given: string,
  beside: Beside = {},
  guessOther?: (text: string) => string | undefined,
): Result<Warned<ArticleInput>> {
  const { text, count } = withWindowsMarks(given)
  const page = parseLines(text)
  const { lines, kinds, placeholders } = page
  const main = findMainText(lines, kinds)
  const headline = main && findHeadline(lines, kinds, main)
  const at = headline?.at ?? firstCandidate(page)
  const title = lines[at]
  if (!title)
    return unreadable('no title: a capture begins with the title of the article, on a line of its own')
  const below = withoutRepeats(at, page)
  const sample = textAround(lines, at, main?.start)
  const known = beside.language ?? guessLanguage(sample)
  const language = known ?? guessOther?.(sample)
  const head = parseHead(below, (headline?.last ?? at) + 1, language)
  const body = readBody(below, head, main?.end, isBelowMenu(kinds, at))
  const kept = [...head.standfirst, ...body.kept]
  const paragraphs = kept.map((number) => lines[number] ?? '')
  const [first] = paragraphs
  if (first === undefined)
    return unreadable(`no body under the title "${shortened(title, 80)}": a capture has paragraphs below it`)
  const isDated = head.published !== undefined || head.updated !== undefined
  const above = creditsAbove(page, at, language, { isDated, isNamed: head.bylines.length > 0 })
  const published = head.published ?? head.updated ?? above.published
  const signature = above.bylines.length > 0 ? undefined : body.signature
  const isNamed = head.bylines.length > 0 || above.bylines.length > 0 || signature !== undefined
  const used = [...head.used, ...above.used, ...(body.signature ? [body.signature.at] : [])]
  return success({
    value: {
      title,
      ...(!('text' in beside) && { summary: shortened(first, maxSummaryCharacters) }),
      text: paragraphs.join('\n\n'),
      ...(language && { language }),
      ...creditsOf([...head.bylines, ...above.bylines, ...(signature?.bylines ?? [])]),
      ...(published && { published }),
      ...beside,
    },
    warnings: [
      ...(count > 0 ? [`text: ${replacedMarks(count)}`] : []),
      ...aboutPlaceholders(placeholders),
      ...warningsOf({
        ...{ lines, title, headline, head, bylinesAbove: above.bylines },
        rest: restOf(below, { title: at, start: head.end, kept, used }),
        signature: signature?.bylines ?? [],
        unreadByline: isNamed ? undefined : unreadBylineIn(below, at + 1, head.end, kept),
        isDateAbove: above.published !== undefined,
        secondTitle: secondTitleIn(below, body.kept),
      }),
    ].filter((warning) => !((warning.split(':', 1)[0] as string) in beside)),
    guessesLanguage: language !== undefined && beside.language === undefined,
  })
}

const unreadable = (reason: string) => failure({ kind: 'unreadable', reason })

const isUtf16 = ([first, second]: Uint8Array): boolean =>
  (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff)

/**
 * The title of a capture in which no line has the signs of a title: the first line above the first prose that is no furniture,
 * else the first line that no button has. A byline or a date with a label is never the title.
 */
function firstCandidate({ lines, kinds }: CapturePage): number {
  const end = kinds.indexOf('prose')
  const above = end === -1 ? kinds : kinds.slice(0, end)
  const isBelowLabels = (line: string) => !isNotice(line) && !isNavigation(line) && !parseByline(line)
  const at = above.findIndex((kind, number) => kind === 'short' && isBelowLabels(lines[number] ?? ''))
  if (at !== -1) return at
  return kinds.findIndex((kind, number) => {
    const line = lines[number] ?? ''
    return !isLabelKind(kind) && !parseByline(line) && !(kind === 'date' && parsePageDates(line).isLabelled)
  })
}

const isLabelKind = (kind: LineKind): boolean =>
  ['blank', 'furniture', 'photo', 'advertisement', 'related', 'comments'].includes(kind)

const textAround = (lines: readonly string[], at: number, start = at): string =>
  [
    lines[at],
    ...lines
      .slice(Math.max(at + 1, start))
      .filter(Boolean)
      .slice(0, 50),
  ].join('\n')

/** The numbers of lines at the beginning and at the end of a text among which an unread byline is searched. */
const firstLines = 3
const lastLines = 2

/** Finds a line that resembles a byline between title and text, among the first lines of the text, or among its last ones. */
function unreadBylineIn(
  { lines, kinds }: CapturePage,
  start: number,
  end: number,
  kept: readonly number[],
): string | undefined {
  const head = lines.flatMap((line, at) => (at >= start && at < end && line ? [at] : []))
  const body = kept.filter((at) => at >= end)
  const near = [...head, ...body.slice(0, firstLines), ...body.slice(-lastLines)]
  const found = near.find((at) => {
    const [line = '', kind = 'blank'] = [lines[at], kinds[at]]
    return (
      kind !== 'prose' && (resemblesByline(line) || (at < end && kind === 'short' && mayNameAuthors(line)))
    )
  })
  return found === undefined ? undefined : lines[found]
}

/** The number of lines with text above a title that only a menu has. */
const minMenuLines = 8

const isBelowMenu = (kinds: readonly LineKind[], at: number): boolean =>
  kinds.slice(0, at).filter((kind) => kind !== 'blank').length >= minMenuLines

/** The number of lines with text above the title in which a date is searched that does not stand below it. */
const maxUpperLines = 6

/** Finds the date and the authors in the lines directly above a title, unless they are known, and the numbers of these lines. */
function creditsAbove(
  { lines, kinds }: CapturePage,
  at: number,
  language: string | undefined,
  known: { isDated: boolean; isNamed: boolean },
): { bylines: Byline[]; published?: string; used: number[] } {
  const above: number[] = []
  for (let line = at - 1; line >= 0 && above.length < maxUpperLines; line -= 1)
    if (lines[line]) above.unshift(line)
  const credits = above.map((line, place) => {
    const { published, rest } = parsePageDates(lines[line] ?? '', language)
    const next = above[place + 1]
    const isAboveDate = next !== undefined && kinds[next] === 'date'
    const byline = parseByline(rest) ?? partlyMarked(rest) ?? (isAboveDate ? parseName(rest) : undefined)
    return { line, published, rest, byline: byline && byline.authors.length > 0 ? byline : undefined }
  })
  const dated = known.isDated ? undefined : credits.findLast((one) => one.published)
  const named = known.isNamed ? [] : credits.filter(({ byline }) => byline)
  const used = dated && (dated.rest === '' || named.includes(dated)) ? [dated, ...named] : named
  return {
    bylines: named.flatMap(({ byline }) => byline ?? []),
    ...(dated?.published && { published: dated.published }),
    used: used.map(({ line }) => line),
  }
}
