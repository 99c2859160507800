import { graphemesOf } from './graphemes.ts'

/**
 * A text that is not longer than a network's limit. `truncated` says whether the text was shortened. `length`
 * is the length of the text, counted as the network counts.
 */
export interface Fit {
  text: string
  length: number
  truncated: boolean
}

/**
 * Shortens a text until its measured length is at most `max`. The text is cut at an ordinary space if possible,
 * otherwise between graphemes, and ends with `…`, which is included in the length. Words joined by a no-break
 * space stay together. The result is empty if nothing fits.
 */
export function fitText(text: string, max: number, measure: (text: string) => number): Fit {
  const whole = measure(text)
  if (whole <= max) return { text, length: whole, truncated: false }
  const fits = (cut: string): boolean => measure(cut) <= max
  const cut = longest(endsOfWords(text), text, fits) ?? longest(endsOfGraphemes(text), text, fits) ?? ''
  return { text: cut, length: measure(cut), truncated: true }
}

/**
 * Finds the longest beginning of a text for which `fits` returns true. Binary search is correct, because a
 * longer beginning never has a smaller measured length.
 */
function longest(ends: readonly number[], text: string, fits: (cut: string) => boolean): string | undefined {
  let found: string | undefined
  let [low, high] = [0, ends.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const cut = cutAt(text, ends[middle] as number)
    if (fits(cut)) [found, low] = [cut, middle + 1]
    else high = middle - 1
  }
  return found
}

/**
 * Cuts a text and adds `…`. Punctuation directly before the cut is removed, such as a comma, a dash or an
 * opening quotation mark.
 */
const cutAt = (text: string, end: number): string =>
  `${text.slice(0, end).replace(/[\s,;:.…!?([«“‘–—-]+$/u, '')}…`

const endsOfWords = (text: string): number[] =>
  [...text.matchAll(/ /g)].map(({ index }) => index).filter((index) => index > 0)

function endsOfGraphemes(text: string): number[] {
  let end = 0
  return graphemesOf(text).map((grapheme) => {
    end += grapheme.length
    return end
  })
}
