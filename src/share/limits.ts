import { bytesOf, graphemesOf, isEmoji } from './graphemes.ts'
import type { Fitted, Limit } from './network.ts'
import { linkWeight, weightOf } from './weight.ts'

/** The text with the URL alone on the last line, for a network that takes the URL only inside it. */
export const withUrl = (text: string, url: string, between = '\n'): string =>
  [text, url].filter(Boolean).join(between)

/** So many, where the URL stands behind the text and weighs as every link does. */
const besideLink = (max: number, count: (text: string) => number): Limit => ({
  max,
  measure: (text) => (text === '' ? 0 : count(text) + 1) + linkWeight,
})

const countOf = (text: string): number => graphemesOf(text).length

/** X: 280 by its own weights. */
export const byWeight = besideLink(280, weightOf)

/** Mastodon: 500 graphemes unless the server says otherwise; links in the text weigh 23 there too. */
export const byServer = besideLink(500, countOf)

/** Bluesky: 300 graphemes and 3,000 bytes, URL included; the bytes count as a tenth each. */
export const byGraphemesAndBytes: Limit = {
  max: 300,
  measure: (text, { url }) => {
    const whole = withUrl(text, url)
    return Math.max(countOf(whole), Math.ceil(bytesOf(whole) / 10))
  },
}

/** Threads: 500, an emoji by its bytes; the URL is counted in full, lest it is put into the text. */
export const byThreads: Limit = {
  max: 500,
  measure: (text, { url }) =>
    graphemesOf(withUrl(text, url)).reduce((sum, one) => sum + (isEmoji(one) ? bytesOf(one) : 1), 0),
}

/** So many characters of the text alone: in UTF-16, since where nobody says how they are counted none counts more. */
export const characters = (max: number): Limit => ({ max, measure: (text) => text.length })

/** So many characters of the text with the URL in it. */
export const charactersWithUrl = (max: number): Limit => ({
  max,
  measure: (text, { url }) => withUrl(text, url).length,
})

/** The whole link: some mail programs take no more than 2,000 characters of it. */
export const wholeLink = (href: (shared: Fitted) => string): Limit => ({
  max: 2000,
  measure: (text, shared) => href({ ...shared, text }).length,
})
