import { graphemeEndsOf, graphemesOf } from './graphemes.ts'

/** The graphemes of the texts that one share text is made of. Each text is segmented once. */
export interface Segmentation {
  /** Returns where each grapheme of a text ends, as positions in UTF-16 units. */
  ends: (text: string) => readonly number[]
  /**
   * Returns the sum of the costs of all graphemes of a text. Of a text with which a segmented text begins, only the
   * last grapheme is read again. The cost of a grapheme must depend on the grapheme alone, and must be 1 for a
   * printable ASCII character.
   */
  sum: (text: string, costOf: CostOf) => number
}

type CostOf = (grapheme: string) => number

interface Segmented {
  text: string
  ends: readonly number[]
  /** For each cost, the sums of the costs up to the end of each grapheme. */
  sums: Map<CostOf, readonly number[]>
}

/** How many segmented texts are remembered: the parts of a message, and long parts after its last web address. */
const maxTexts = 8

/** Creates a memory of segmented texts for one request. */
export function openSegmentation(): Segmentation {
  const texts: Segmented[] = []

  const segmented = (text: string): Segmented => {
    // Two strings are compared faster than a string is with the beginning of another.
    const known = texts.find((one) => one.text.slice(0, text.length) === text)
    if (known) return known
    const ends = endsWithin(texts, text) ?? graphemeEndsOf(text)
    const made = { text, ends, sums: new Map() }
    texts.unshift(made)
    texts.length = Math.min(texts.length, maxTexts)
    return made
  }

  return {
    ends(text) {
      const { ends } = segmented(text)
      const within = ends.slice(0, countUpTo(ends, text.length))
      return (within.at(-1) ?? 0) < text.length ? [...within, text.length] : within
    },

    // A grapheme's end depends only on the text before it and on the next character (UAX #29). Therefore the
    // graphemes of a beginning of a text are those of the whole text, except the last one.
    sum(text, costOf) {
      if (printableAscii.test(text)) return text.length
      const whole = segmented(text)
      const count = countUpTo(whole.ends, text.length)
      const start = whole.ends[count - 1] ?? 0
      const sums = whole.sums.get(costOf) ?? sumsOf(whole, costOf)
      whole.sums.set(costOf, sums)
      return (sums[count - 1] ?? 0) + costsOf(text.slice(start), costOf)
    },
  }
}

/**
 * Where the graphemes of a text end, taken from a segmented text that ends with it. Undefined if there is none in which
 * the text follows a space or a quotation mark: only after such a character are the boundaries the same (UAX #29).
 */
function endsWithin(texts: readonly Segmented[], text: string): number[] | undefined {
  for (const { text: whole, ends } of texts) {
    const start = whole.length - text.length
    if (!neutral.test(whole.charAt(start - 1)) || !whole.endsWith(text)) continue
    const before = countUpTo(ends, start)
    if (ends[before - 1] === start) return ends.slice(before).map((end) => end - start)
  }
  return undefined
}

const neutral = /^[ \u00a0“„«]$/

const printableAscii = /^[ -~]*$/

function sumsOf({ text, ends }: Segmented, costOf: CostOf): number[] {
  let sum = 0
  let start = 0
  return ends.map((end) => {
    sum += costOf(text.slice(start, end))
    start = end
    return sum
  })
}

function costsOf(text: string, costOf: CostOf): number {
  let sum = 0
  for (const grapheme of graphemesOf(text)) sum += costOf(grapheme)
  return sum
}

/** Returns how many of the numbers, which are in ascending order, are not greater than a limit. */
export function countUpTo(numbers: readonly number[], limit: number): number {
  let [low, high] = [0, numbers.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((numbers[middle] as number) <= limit) low = middle + 1
    else high = middle
  }
  return low
}
