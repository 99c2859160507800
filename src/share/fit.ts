import { graphemesOf } from './graphemes.ts'

/** A text as it fits; `length` is what it measures. */
export interface Fit {
  text: string
  length: number
  truncated: boolean
}

/**
 * The text, or as much of it as measures at most so much: cut at a space, so that a no-break space holds, else
 * between graphemes, and ended by `…`, which is measured too. Nothing where not even that fits.
 */
export function fitText(text: string, max: number, measure: (text: string) => number): Fit {
  const whole = measure(text)
  if (whole <= max) return { text, length: whole, truncated: false }
  const fits = (cut: string): boolean => measure(cut) <= max
  const cut = longest(endsOfWords(text), text, fits) ?? longest(endsOfGraphemes(text), text, fits) ?? ''
  return { text: cut, length: measure(cut), truncated: true }
}

/** The longest cut that fits, found by halves: a longer one never measures less. */
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

/** The start of a text without what leads on to the rest of it: commas, dashes, an opening quote. */
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
