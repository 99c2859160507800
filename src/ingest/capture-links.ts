import { wordsOf } from './byline.ts'
import type { LineKind } from './main-text.ts'
import { isTableLine } from './table-line.ts'

/** The maximum number of headlines under a heading such as `À lire aussi`. */
const maxHeadlines = 8
/** A headline has at least so many words. */
const minHeadlineWords = 3

/** The state of a list of links to other articles: whether a headline may follow, and how many did up to the present line. */
interface Links {
  isOpen: boolean
  count: number
}

/** The state where there is no list of links. */
export const noLinks: Links = { isOpen: false, count: 0 }

/**
 * Returns the state at the next line of a capture. A list of links begins with its heading. A paragraph or another line that is
 * no headline ends it, and so does a blank line after a headline. `count` is more than 0 at a headline.
 */
export function linksAt(line: string, kind: LineKind, { isOpen, count }: Links): Links {
  if (kind === 'related') return { isOpen: true, count: 0 }
  if (kind === 'blank') return { isOpen: isOpen && count === 0, count: 0 }
  const isHeadline = isOpen && count < maxHeadlines && kind === 'short' && isHeadlineLike(line)
  return isHeadline ? { isOpen, count: count + 1 } : noLinks
}

const isHeadlineLike = (line: string): boolean =>
  wordsOf(line).length >= minHeadlineWords && !isTableLine(line) && !line.endsWith(':')
