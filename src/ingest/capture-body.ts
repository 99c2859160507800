import type { Byline } from './byline.ts'
import { parseByline, parseName } from './byline.ts'
import type { CaptureHead } from './capture-head.ts'
import { linksAt, noLinks } from './capture-links.ts'
import type { CapturePage } from './capture-page.ts'
import { trailingIn } from './capture-trailing.ts'
import { fold, isAuthorHeading } from './furniture.ts'
import { isFurnitureKind } from './main-text.ts'
import { isNotice } from './notices.ts'
import { parsePageDates } from './page-dates.ts'

/** The text of an article below its head, and the authors that are named at its end. */
interface CaptureBody {
  /** The numbers of the lines that are the paragraphs. */
  kept: number[]
  /** The line below the last paragraph that names authors, and the authors, unless they are known already. */
  signature?: { at: number; bylines: Byline[] }
}

/**
 * Finds the paragraphs of an article in the lines of a capture. `end` is the end of the main text, undefined if there is
 * none. `hasMenu` tells whether the capture begins with a menu, because it then ends with one.
 */
export function readBody(
  page: CapturePage,
  head: CaptureHead,
  end: number | undefined,
  hasMenu: boolean,
): CaptureBody {
  const last = end === undefined ? head.end : Math.max(end, head.end)
  const isEnd = endOfArticle(page, head)
  const start = startOfEnd(page, head.end, last)
  const stop = numbersBetween(start, last).find(isEnd)
  const main = withoutFurniture(page, numbersBetween(head.end, endOf(page, head.end, stop ?? last)))
  const trailing =
    stop === undefined ? trailingIn(page, last, isEnd, { hasMenu, hasText: main.length > 0 }) : undefined
  const kept = [...main, ...(trailing?.kept ?? [])]
  const candidates = trailing?.next === undefined ? kept : [...kept, trailing.next]
  const signature = signatureIn(page, candidates, head.bylines)
  if (!signature || kept.length < 2) return { kept }
  return { kept: signature.isInText ? kept : kept.filter((at) => at !== signature.at), signature }
}

const numbersBetween = (start: number, end: number): number[] =>
  Array.from({ length: Math.max(0, end - start) }, (_, step) => start + step)

/** The number of paragraphs, and the share of the lines, above the line at which an article can end. */
const minParagraphs = 3
const minShareOfLines = 0.25

function startOfEnd({ kinds }: CapturePage, start: number, end: number): number {
  let prose = 0
  for (let at = start; at < end; at += 1) {
    if (kinds[at] === 'prose') prose += 1
    if (prose === minParagraphs) return Math.max(at, start + Math.ceil((end - start) * minShareOfLines))
  }
  return end
}

/** The maximum number of paragraphs of a text about the author. */
const maxAuthorParagraphs = 3

/**
 * Returns a function that tells whether a line ends the article: the heading of the comments or of a text about the author, or
 * such a text. Where many paragraphs follow, the line is a subheading or a sentence.
 */
function endOfArticle({ lines, kinds }: CapturePage, head: CaptureHead): (at: number) => boolean {
  const names = head.bylines.flatMap(({ authors }) => authors).map(fold)
  const beginsText = (line: string): boolean => {
    const text = fold(line.slice(0, 120))
    const name = names.find((one) => text.startsWith(one))
    if (name === undefined) return false
    return text === name || /^ (?:is|est|ist|es|covers|joined|a été|war) /.test(text.slice(name.length))
  }
  const counts = paragraphsBelow(kinds)
  const isLong = (at: number): boolean => (counts[at] ?? 0) > maxAuthorParagraphs
  return (at) => {
    const [line = '', kind] = [lines[at], kinds[at]]
    if (kind === 'comments') return true
    return (
      (kind === 'short' || kind === 'prose') && (isAuthorHeading(line) || beginsText(line)) && !isLong(at)
    )
  }
}

/** Counts for each line the paragraphs between it and the next furniture below it. */
function paragraphsBelow(kinds: CapturePage['kinds']): Uint32Array {
  const counts = new Uint32Array(kinds.length)
  let prose = 0
  for (let at = kinds.length - 1; at >= 0; at -= 1) {
    counts[at] = prose
    const kind = kinds[at] ?? 'blank'
    if (kind === 'prose') prose += 1
    else if (isFurnitureKind(kind) && kind !== 'photo' && kind !== 'advertisement') prose = 0
  }
  return counts
}

/** Returns the number of the line at which the main text ends: the first notice or furniture after its last prose. */
function endOf(page: CapturePage, start: number, end: number): number {
  const isClosing = (at: number): boolean => {
    const kind = page.kinds[at] ?? 'blank'
    return ['furniture', 'related', 'comments'].includes(kind) || isNotice(page.lines[at] ?? '')
  }
  const numbers = numbersBetween(start, end)
  const tail = numbers.findLast((at) => page.kinds[at] === 'prose' && !isClosing(at)) ?? start - 1
  return numbers.find((at) => at > tail && isClosing(at)) ?? end
}

/**
 * Finds the signature of an author or agency in the last line of an article, or in brackets behind its last sentence. A name in
 * a list is none.
 */
function signatureIn({ lines, kinds }: CapturePage, kept: readonly number[], known: readonly Byline[]) {
  const at = kept.at(-1)
  const above = kept.at(-2)
  if (at === undefined || above === undefined) return undefined
  const line = lines[at] ?? ''
  if (known.length === 0) {
    const inBrackets = /[.!?…»"”]\s*\(([^()]{3,60})\)[\s+]*$/.exec(line.slice(-120))?.[1] ?? ''
    const named = parseByline(inBrackets) ?? parseName(inBrackets)
    if (named) return { at, bylines: [named], isInText: true }
  }
  if (line.length > 120) return undefined
  const { rest } = parsePageDates(line.replace(/^[–—-]\s?(?=\p{L})/u, ''))
  const marked = parseByline(rest)
  const isBelowText = kinds[above] === 'prose' && !(lines[above] ?? '').endsWith(':')
  const byline = marked ?? (isBelowText ? parseName(rest) : undefined)
  if (!byline) return undefined
  const names = known.flatMap(({ authors, agencies }) => [...authors, ...agencies]).map(fold)
  const isKnown = [...byline.authors, ...byline.agencies].every((name) => names.includes(fold(name)))
  if (known.length > 0 && !isKnown) return undefined
  return { at, bylines: known.length === 0 ? [byline] : [], isInText: false }
}

/**
 * Returns the lines of a body without page furniture. A line of known furniture is removed wherever it is; so are the
 * headlines that directly follow the heading of links to other articles, and the name of a social network if the line above
 * it was removed.
 */
function withoutFurniture({ lines, kinds }: CapturePage, numbers: readonly number[]): number[] {
  const kept: number[] = []
  let aboveWent = false
  let links = noLinks
  for (const at of numbers) {
    const [line = '', kind = 'blank'] = [lines[at], kinds[at]]
    links = linksAt(line, kind, links)
    if (kind === 'blank') continue
    const isKnown = ['furniture', 'photo', 'advertisement', 'related', 'comments'].includes(kind)
    const goes: boolean = isKnown || links.count > 0 || (aboveWent && kind === 'network')
    if (!goes) kept.push(at)
    aboveWent = goes
  }
  return kept
}
