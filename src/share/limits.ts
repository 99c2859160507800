import { bytesOf, graphemesOf, isEmoji } from './graphemes.ts'
import type { Fitted, Limit } from './network.ts'
import { linkWeight, weightOf } from './weight.ts'

/**
 * Returns the text with the URL on a line of its own at the end, for networks that accept the URL only as a
 * part of the text.
 */
export const withUrl = (text: string, url: string, between = '\n'): string =>
  [text, url].filter(Boolean).join(between)

/** Makes a limit for a network that appends the URL to the text and counts every link with the same weight. */
const besideLink = (max: number, count: (text: string) => number): Limit => ({
  max,
  measure: (text) => (text === '' ? 0 : count(text) + 1) + linkWeight,
})

const countOf = (text: string): number => graphemesOf(text).length

/** The limit of X: a total weight of 280. Every character weighs one or two, and every link weighs 23. */
export const byWeight = besideLink(280, weightOf)

/**
 * The limit of Mastodon: 500 graphemes, unless the administrator of a server has set another limit. Mastodon
 * counts every link as 23 graphemes, as X does.
 */
export const byServer = besideLink(500, countOf)

/**
 * The limits of Bluesky: 300 graphemes and 3,000 bytes, both including the URL. The length is the number of
 * graphemes or a tenth of the number of bytes, whichever is greater, so one maximum covers both limits.
 */
export const byGraphemesAndBytes: Limit = {
  max: 300,
  measure: (text, { url }) => {
    const whole = withUrl(text, url)
    return Math.max(countOf(whole), Math.ceil(bytesOf(whole) / 10))
  },
}

/**
 * The limit of Threads: 500. Every grapheme counts as one, except that an emoji counts as its number of bytes.
 * The URL is counted in full, because Threads may insert it into the text.
 */
export const byThreads: Limit = {
  max: 500,
  measure: (text, { url }) =>
    graphemesOf(withUrl(text, url)).reduce((sum, one) => sum + (isEmoji(one) ? bytesOf(one) : 1), 0),
}

/**
 * Makes a limit on the number of characters of the text without the URL. The characters are counted in UTF-16
 * units. If a network does not say how it counts, UTF-16 units are the safe choice, because counting code
 * points or graphemes never gives a greater number.
 */
export const characters = (max: number): Limit => ({ max, measure: (text) => text.length })

/** Makes a limit on the number of characters of the text including the URL. */
export const charactersWithUrl = (max: number): Limit => ({
  max,
  measure: (text, { url }) => withUrl(text, url).length,
})

/**
 * Makes a limit on the length of the whole share link, because some mail programs accept links of at most 2,000
 * characters.
 */
export const wholeLink = (href: (shared: Fitted) => string): Limit => ({
  max: 2000,
  measure: (text, shared) => href({ ...shared, text }).length,
})
