import { parseByline, parseName, wordsOf } from './byline.ts'
import { linesOf } from './capture-lines.ts'
import { bare, monthNumbers } from './date-words.ts'
import { fold, isLabelOrSubheading } from './furniture.ts'
import { isFurnitureKind, kindOfLine, type LineKind } from './main-text.ts'
import { isNotice } from './notices.ts'

/** The lines of a capture, and what each of them looks like. */
export interface CapturePage {
  lines: readonly string[]
  kinds: readonly LineKind[]
}

/** The number of repetitions of the title in a text that are a refrain. */
const minRefrains = 2
/** The minimum number of words of a title that looks like a link or a photo credit. */
const minTitleWords = 4
/** The number of lines with text below a subheading in which signs of readers' comments are searched. */
const commentLines = 4

/**
 * Splits a capture into lines and classifies them, each once. A line that is like furniture by itself counts as text if the
 * lines around it show that it is the title, a subheading or an entry of a chronology. `placeholders` are the names of pictures in
 * brackets that were removed and may have been text.
 */
export function parseLines(text: string): CapturePage & { placeholders: string[] } {
  const { lines, placeholders } = linesOf(text)
  const kinds = lines.map(kindOfLine)
  const filled = kinds.flatMap((kind, at) => (kind === 'blank' ? [] : [at]))
  const title = likelyTitle({ lines, kinds }, filled)
  if (title !== undefined) kinds[title] = 'short'
  markSubheadings(lines, kinds, filled)
  for (const at of entriesOf({ lines, kinds }, filled)) kinds[at] = 'entry'
  return { lines, kinds, placeholders }
}

/**
 * Returns the page without the repetitions of its title, which is the line `title`. Two or more repetitions between lines of
 * text are the refrain of a song or poem, and stay.
 */
export function withoutRepeats(title: number, { lines, kinds }: CapturePage): CapturePage {
  const { length } = lines[title] ?? ''
  const folded = fold(lines[title] ?? '')
  const isTitle = lines.map(
    (line, at) => line && at !== title && line.length <= 2 * length && fold(line) === folded,
  )
  const filled = kinds.flatMap((kind, at) => (kind === 'blank' ? [] : [at]))
  const start = kinds.indexOf('prose', title)
  const end = kinds.lastIndexOf('prose')
  const isText = (at = -1) => kinds[at] === 'prose' || (kinds[at] === 'short' && !isTitle[at])
  const refrain = new Set(
    filled.filter(
      (at, place) =>
        isTitle[at] && at > start && at < end && isText(filled[place - 1]) && isText(filled[place + 1]),
    ),
  )
  const goes = (at: number) => isTitle[at] && !(refrain.size >= minRefrains && refrain.has(at))
  return {
    lines: lines.map((line, at) => (goes(at) ? '' : line)),
    kinds: kinds.map((kind, at) => (goes(at) ? 'blank' : kind)),
  }
}

/** The first line, directly above a byline or a date, is a title even if it begins like furniture. */
function likelyTitle(
  { lines, kinds }: CapturePage,
  [first = -1, second = -1]: readonly number[],
): number | undefined {
  const line = lines[first] ?? ''
  const isLikeFurniture = ['furniture', 'related', 'photo'].includes(kinds[first] ?? 'blank')
  const isLong = wordsOf(line).length >= minTitleWords
  if (!isLikeFurniture || !(isLong || isLabelOrSubheading(line)) || isNotice(line)) return undefined
  const isCreditNext = kinds[second] === 'date' || parseByline(lines[second] ?? '') !== undefined
  return isCreditNext ? first : undefined
}

/**
 * Makes subheadings such as `Contact` or `Réactions`, which are also labels of a page, short lines: text stands above and
 * directly below them, and nothing that comments or menus have. `filled` are the numbers of the lines with text.
 */
export function markSubheadings(
  lines: readonly string[],
  kinds: LineKind[],
  filled: readonly number[],
): void {
  const first = kinds.indexOf('prose')
  if (first === -1) return
  // The last one first, because a subheading that follows must not count as a label.
  for (const [place, at] of [...filled.entries()].reverse()) {
    if (at < first || !isLabel(kinds[at]) || !isLabelOrSubheading(lines[at] ?? '')) continue
    const below = filled.slice(place + 1, place + 1 + commentLines)
    const isText = (next: number) =>
      kinds[next] === 'prose' ||
      isLabelOrSubheading(lines[next] ?? '') ||
      (!isOfComments(kinds[next]) && !parseName(lines[next] ?? ''))
    if (kinds[below[0] ?? -1] === 'prose' && below.every(isText)) kinds[at] = 'short'
  }
}

const isLabel = (kind: LineKind | undefined): boolean =>
  kind === 'furniture' || kind === 'comments' || kind === 'related'

const isOfComments = (kind: LineKind = 'blank'): boolean =>
  isFurnitureKind(kind) && kind !== 'photo' && kind !== 'advertisement'

/** The first date of a chronology that has no prose above it may be the article's: only so many dates show that it is none. */
const minEntries = 3

/**
 * Finds the dates of a chronology: two or more lines with dates of the same form, each with text directly below it, all but
 * the first with prose directly above it, and no furniture between them. Of two such lines, the first is no entry if it has no
 * prose above it, as the date of the article has none.
 */
function entriesOf({ lines, kinds }: CapturePage, filled: readonly number[]): number[] {
  const entries = new Set<number>()
  let earlier: { form: string; first: number; count: number; isBelowText: boolean } | undefined
  for (const [place, at] of filled.entries()) {
    const kind = kinds[at] ?? 'blank'
    if (kind !== 'date') {
      if (isOfComments(kind)) earlier = undefined
      continue
    }
    const form = formOf(lines[at] ?? '')
    const [above, below] = [place - 1, place + 1].map((near) => kinds[filled[near] ?? -1])
    if (below !== 'prose') {
      earlier = undefined
      continue
    }
    const isNext = earlier?.form === form && above === 'prose'
    earlier =
      isNext && earlier
        ? { ...earlier, count: earlier.count + 1 }
        : { form, first: at, count: 1, isBelowText: above === 'prose' }
    if (isNext) entries.add(at)
    if (isNext && (earlier.isBelowText || earlier.count >= minEntries)) entries.add(earlier.first)
  }
  return [...entries]
}

/** Writes a line with `0` for each number, `m` for each month and `a` for any other word, so that lines of the same form are equal. */
const formOf = (line: string): string =>
  line
    .slice(0, 200)
    .replace(/\d+(?:er|st|nd|rd|th|\.)?/g, '0')
    .replace(/\p{L}+/gu, (word) => (monthNumbers.has(bare(word)) ? 'm' : 'a'))
