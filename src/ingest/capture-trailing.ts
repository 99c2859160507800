import { parseByline } from './byline.ts'
import { linksAt, noLinks } from './capture-links.ts'
import type { CapturePage } from './capture-page.ts'
import type { LineKind } from './main-text.ts'
import { isNotice } from './notices.ts'
import { isTableLine } from './table-line.ts'

/** The maximum number of short lines of any form that belong to the article below its last paragraph. */
const maxTrailingLines = 8
/** The maximum number of lines of a table, list or poem below the last paragraph. */
const maxTableLines = 500
/** The maximum number of lines of closing sentences, such as short answers, and of the lines between two of them. */
const maxClosingLines = 40
const maxBetweenLines = 10
/** The maximum length of a closing sentence below a line that is no sentence. */
const maxClosingCharacters = 140
/** The share of the lines of a table that have the form of such lines. */
const minShareOfLines = 0.6

/** What is known of the lines above those below the main text. */
interface Above {
  hasMenu: boolean
  hasText: boolean
}

/**
 * Finds the lines below the main text of an article that belong to it: few short lines, a table or list, or everything if no
 * furniture follows; if a menu stands above the article, only a table or list, and sentences directly below the text with the
 * lines between them. `next` is the first line that is left out directly below the text.
 */
export function trailingIn(
  page: CapturePage,
  from: number,
  isEnd: (at: number) => boolean,
  above: Above,
): { kept: number[]; next?: number } {
  const kept: number[] = []
  for (const block of blocksIn(page, from, isEnd)) {
    if (block.numbers.length === 0) continue
    const isDirect = block.below === 'text'
    if (!isOfArticle(page, block, from, above)) {
      const closing = isDirect ? closingSentences(page, block.numbers) : []
      const next = block.numbers[closing.length]
      return { kept: [...kept, ...closing], ...(isDirect && next !== undefined && { next }) }
    }
    kept.push(...block.numbers)
  }
  return { kept }
}

/** Lines between furniture. */
interface Block {
  numbers: number[]
  /** What stands above: nothing but photo credits and advertisements, a button, or links to other articles. */
  below: 'text' | 'button' | 'links'
  /** Whether the capture ends with the block. */
  isLast: boolean
}

/** Yields the lines below the main text, divided at buttons and links, up to what ends an article for certain. */
function* blocksIn(
  { lines, kinds }: CapturePage,
  from: number,
  isEnd: (at: number) => boolean,
): Generator<Block> {
  let numbers: number[] = []
  let below = 'text' as Block['below']
  let links = noLinks
  for (let at = from; at < lines.length; at += 1) {
    const [line = '', kind = 'blank'] = [lines[at], kinds[at]]
    links = linksAt(line, kind, links)
    if (kind === 'blank' || links.count > 0 || isInterruption(line, kind)) continue
    const isOver = isEnd(at)
    if (isOver || kind === 'related' || isFurnitureBelow(line, kind)) {
      yield { numbers: withoutNetworks(numbers, kinds), below, isLast: false }
      if (isOver) return
      numbers = []
      below = kind === 'related' || below === 'links' ? 'links' : 'button'
    } else numbers.push(at)
  }
  yield { numbers, below, isLast: true }
}

/** Tells whether an article may go on below a line: an advertisement or a photo credit, but not the owner of the page. */
const isInterruption = (line: string, kind: LineKind): boolean =>
  kind === 'advertisement' || (kind === 'photo' && !/^©.*\d{4}/.test(line))

const isFurnitureBelow = (line: string, kind: LineKind): boolean =>
  kind === 'furniture' || kind === 'photo' || isNotice(line)

/** Names of social networks directly above a button belong to it. */
function withoutNetworks(numbers: readonly number[], kinds: CapturePage['kinds']): number[] {
  return numbers.slice(0, numbers.findLastIndex((at) => kinds[at] !== 'network') + 1)
}

/**
 * Returns the lines from the first one up to the last sentence; none if they have what teasers of other articles have: a date, a
 * byline, or a long sentence below a short line.
 */
function closingSentences({ lines, kinds }: CapturePage, numbers: readonly number[]): number[] {
  let count = 0
  for (const [place, at] of numbers.slice(0, maxClosingLines).entries()) {
    const line = lines[at] ?? ''
    const isTeaser = line.length > maxClosingCharacters && place > 0 && count < place
    if (kinds[at] === 'date' || isTeaser || parseByline(line)) return []
    if (place - count >= maxBetweenLines) break
    if (kinds[at] === 'prose') count = place + 1
  }
  return numbers.slice(0, count)
}

function isOfArticle(
  { lines, kinds }: CapturePage,
  { numbers, below, isLast }: Block,
  from: number,
  { hasMenu, hasText }: Above,
): boolean {
  const hasProse = numbers.some((at) => kinds[at] === 'prose')
  const isWhole = isLast && !hasMenu && numbers.every((at) => kinds[at] !== 'date')
  if (below === 'links') return isWhole && hasProse && numbers.length <= maxTrailingLines
  const text = lines.slice(0, from).findLast(Boolean) ?? ''
  const table = numbers.filter((at) => isTableLine(lines[at] ?? '')).length
  const isTable =
    numbers.length >= 2 && numbers.length <= maxTableLines && table >= minShareOfLines * numbers.length
  if (!hasProse && (isTable || (below === 'text' && text.endsWith(':')))) return true
  if (below === 'button' || hasMenu) return false
  return isWhole || (!hasProse && (numbers.length <= maxTrailingLines || !hasText))
}
