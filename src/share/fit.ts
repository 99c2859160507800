import type { Measure } from './network.ts'
import type { Segmentation } from './segmentation.ts'

/**
 * A text that is not longer than a network's limit. `truncated` says whether the text was shortened. `length`
 * is the length of the text, counted as the network counts.
 */
export interface Fit {
  text: string
  length: number
  truncated: boolean
}

/** What stands directly before and after a text in the message whose length is limited. */
type Around = readonly [before: string, after: string]

/**
 * Shortens a text until the measured length of the text between `around` is at most `max`. The text is cut at an
 * ordinary space if possible, otherwise between graphemes, and ends with `…`, which is included in the length.
 * Words joined by a no-break space stay together. The result is empty if nothing fits.
 */
export function fitText(
  text: string,
  max: number,
  measure: Measure,
  segmentation: Segmentation,
  [before, after]: Around = ['', ''],
): Fit {
  const whole = measure(before + text, '', after)
  if (whole <= max) return { text, length: whole, truncated: false }
  const measureTo = (end: number): number => measure(before + text.slice(0, end), ellipsis, after)
  const cut =
    longest(endsOfWords(text), text, max, measureTo) ?? longest(segmentation.ends(text), text, max, measureTo)
  return cut ?? { text: '', length: measure(before, '', after), truncated: true }
}

const ellipsis = '…'

/**
 * Finds the longest beginning of a text whose measured length is at most `max`. Binary search is correct, because
 * a longer beginning never has a smaller measured length. (At a web address that X may or may not recognize, a
 * longer beginning can have a smaller length. The search then finds a beginning that fits, if not the longest.)
 */
function longest(
  ends: readonly number[],
  text: string,
  max: number,
  measureTo: (end: number) => number,
): Fit | undefined {
  let found: Fit | undefined
  let [low, high] = [0, ends.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const end = endBeforeMarks(text, ends[middle] as number)
    const length = measureTo(end)
    if (length <= max) {
      found = { text: `${text.slice(0, end)}${ellipsis}`, length, truncated: true }
      low = middle + 1
    } else high = middle - 1
  }
  return found
}

/**
 * Where a text that is cut at `end` really ends: punctuation directly before the cut is left out, such as a comma,
 * a dash or an opening quotation mark.
 */
function endBeforeMarks(text: string, end: number): number {
  let at = end
  while (at > 0 && mark.test(text.charAt(at - 1))) at--
  return at
}

const mark = /[\s,;:.…!?([«“‘–—-]/

function endsOfWords(text: string): number[] {
  const ends: number[] = []
  for (let at = text.indexOf(' ', 1); at > 0; at = text.indexOf(' ', at + 1)) ends.push(at)
  return ends
}
