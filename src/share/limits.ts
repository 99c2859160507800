import { bytesOf, graphemesOf, isEmoji } from './graphemes.ts'
import type { Limit, Measure, Network } from './network.ts'
import { encodedLength, renderParameters } from './parameters.ts'
import type { Segmentation } from './segmentation.ts'
import { ellipsisWeight, linkWeight, openWeight } from './weight.ts'

/**
 * Returns the text with the URL on a line of its own at the end, for networks that accept the URL only as a
 * part of the text.
 */
export const withUrl = (text: string, url: string, between = '\n'): string =>
  [text, url].filter(Boolean).join(between)

type OpenMeasure = (segmentation: Segmentation) => Measure

/** Makes a limit for a network that appends the URL to the text and counts every link with the same weight. */
const besideLink = (max: number, openCount: OpenMeasure): Limit => ({
  max,
  openMeasure(_, segmentation) {
    const count = openCount(segmentation)
    return (...parts) => (isEmpty(parts) ? 0 : count(...parts) + 1) + linkWeight
  },
})

const isEmpty = (parts: readonly string[]): boolean => parts.every((part) => part === '')

/** Creates a measure that sums the costs of graphemes. An ellipsis, a space and a quotation mark must cost 1. */
const sumOf =
  (costOf: (grapheme: string) => number): OpenMeasure =>
  ({ sum }) =>
  (...parts) =>
    parts.reduce((whole, part) => whole + sum(part, costOf), 0) - (isJoined(parts) ? 1 : 0)

/** Whether the last grapheme of the first part includes the character that follows it (UAX #29, GB9b). */
function isJoined([start, ellipsis, after]: Parameters<Measure>): boolean {
  const next = ellipsis || after
  const last = /.$/su.exec(start.slice(-2))?.[0]
  return last !== undefined && next !== '' && graphemesOf(`${last}…`).length === 1
}

/** Creates a measure of a text and the URL, which is on a line of its own after the text, by a measure of texts. */
const withLine =
  (openMeasure: OpenMeasure): Limit['openMeasure'] =>
  ({ url }, segmentation) => {
    const measure = openMeasure(segmentation)
    const ofUrl = measure(url, '', '')
    // A line break is a grapheme of its own, whatever stands around it.
    return (...parts) => (isEmpty(parts) ? ofUrl : measure(...parts) + (url === '' ? 0 : 1 + ofUrl))
  }

const one = () => 1
const openCount = sumOf(one)

const maxWeight = 280

/** The limit of X: a total weight of 280. Every character weighs one or two, and every link weighs 23. */
export const byWeight = besideLink(maxWeight, (segmentation) => {
  const [ofStart, ofAfter] = [openWeight(segmentation, maxWeight), openWeight(segmentation, maxWeight)]
  return (start, ellipsis, after) => ofStart(start) + ellipsisWeight * ellipsis.length + ofAfter(after)
})

/**
 * The limit of Mastodon: 500 graphemes, unless the administrator of a server has set another limit. Mastodon
 * counts every link as 23 graphemes, as X does.
 */
export const byServer = besideLink(500, openCount)

/**
 * The limits of Bluesky: 300 graphemes and 3,000 bytes, both including the URL. The length is the number of
 * graphemes or a tenth of the number of bytes, whichever is greater, so one maximum covers both limits.
 */
export const byGraphemesAndBytes: Limit = {
  max: 300,
  openMeasure(...given) {
    const [count, bytes] = [openCountWithUrl(...given), openBytesWithUrl(...given)]
    return (...parts) => Math.max(count(...parts), Math.ceil(bytes(...parts) / 10))
  },
}

const openCountWithUrl = withLine(openCount)
const openBytesWithUrl = withLine(
  () =>
    (...parts) =>
      bytesOf(parts.join('')),
)

/**
 * The limit of Threads: 500. Every grapheme counts as one, except that an emoji counts as its number of bytes.
 * The URL is counted in full, because Threads may insert it into the text.
 */
export const byThreads: Limit = {
  max: 500,
  openMeasure: withLine(sumOf((grapheme) => (isEmoji(grapheme) ? bytesOf(grapheme) : 1))),
}

/**
 * Makes a limit on the number of characters of the text without the URL. The characters are counted in UTF-16
 * units. If a network does not say how it counts, UTF-16 units are the safe choice, because counting code
 * points or graphemes never gives a greater number.
 */
export const characters = (max: number): Limit => ({ max, openMeasure: () => lengthOf })

const lengthOf: Measure = (...parts) => parts.reduce((sum, part) => sum + part.length, 0)

/** Makes a limit on the number of characters of the text including the URL. */
export const charactersWithUrl = (max: number): Limit => ({ max, openMeasure: withLine(() => lengthOf) })

/**
 * Makes a limit on the length of the whole share link, because some mail programs accept links of at most 2,000
 * characters. The link must contain the text once, as the value of a parameter or a part of one.
 */
export const wholeLink = (href: Network['href']): Limit => ({
  max: 2000,
  openMeasure(shared) {
    const lengthWith = (text: string): number => href({ ...shared, text }, renderParameters).length
    const rest = lengthWith('a') - 1
    return (...parts) => (isEmpty(parts) ? lengthWith('') : rest + encodedLength(parts.join('')))
  },
})
