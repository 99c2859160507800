import type { Shared } from '../../src/share/network.ts'

/**
 * The lengths of texts, each computed from the whole text in the plainest way. `src/share/limits.ts` must return the
 * same lengths, although it reads each part of a text only once.
 */
const graphemesOf = (text: string): string[] =>
  Array.from(new Intl.Segmenter('und', { granularity: 'grapheme' }).segment(text), ({ segment }) => segment)
const bytesOf = (text: string): number => new TextEncoder().encode(text).length
const withUrl = (text: string, url: string): string => (text === '' ? url : `${text}\n${url}`)

const isEmoji = /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20e3/u
const emoji = /^(?:\p{RGI_Emoji}|[0-9#*]\u20e3)$/v

const weightIn = (text: string): number =>
  graphemesOf(text).reduce((sum, grapheme) => {
    const characters = [...grapheme].map((one) =>
      /[\0-\u10ff\u2000-\u200d\u2010-\u201f\u2032-\u2037]/.test(one) ? 1 : 2,
    )
    return sum + (emoji.test(grapheme) ? 2 : characters.reduce<number>((whole, one) => whole + one, 0))
  }, 0)

const host = String.raw`(?<domain>[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.(?<ending>[\p{L}\p{N}_-]+))`
const path = String.raw`\/(?:[\w!*';:=+,.$\/%#\[\]~@|&À-ÖØ-öø-ÿ-]*[\w=#\/+À-ÖØ-öø-ÿ-])?`
const query = String.raw`(?:\?[\w!?*'@;:&=+$\/%#\[\].,~|-]*[\w&=#\/-])?`
const addresses = new RegExp(
  `(?<=(?<before>[-_./:@#])?)(?<scheme>(?<![\\w@#$])https?:\\/\\/)?${host}(?:(?::\\d+)?${path}${query})?(?=(?<after>@)?)`,
  'giu',
)
const known = /^(?:[a-z]{2}|com|org|net|edu|gov|int|info|news|quebec|paris|app|dev|social|blog|press|media)$/i

/** The weight of a text on X, computed with one search for addresses from each character of the text. */
export function plainWeightOf(text: string): number {
  const plain = text.normalize('NFC')
  let [weight, end] = [0, 0]
  for (const { 0: address, index, groups = {} } of plain.matchAll(addresses)) {
    weight += weightIn(plain.slice(end, index)) + addressWeight(address, groups)
    end = index + address.length
  }
  return weight + weightIn(plain.slice(end))
}

function addressWeight(address: string, groups: Partial<Record<string, string>>): number {
  const { scheme, domain = '', ending = '', before, after } = groups
  const isKnown = known.test(ending) && !after
  if (scheme && isKnown && /^[\p{L}\p{N}]+(?:(?:\.|-+)[\p{L}\p{N}]+)*$/u.test(domain)) return 23
  const ends = address.match(/\.(?=\p{L}{2})/gu)?.length ?? 0
  const isOne =
    /^[a-z\d]+(?:(?:\.|-+)[a-z\d]+)*$/i.test(domain) &&
    ((isKnown && !before) || (ends === 1 && /^[a-z]+$/i.test(ending)))
  return isOne ? Math.max(23, weightIn(address)) : ends * 23 + weightIn(address)
}

const besideLink = (count: (text: string) => number) => (text: string) =>
  (text === '' ? 0 : count(text) + 1) + 23

/** The limits of networks whose way of counting depends on the text, by the network's id. */
export const plainLimits: Record<string, { max: number; measure: (text: string, shared: Shared) => number }> =
  {
    x: { max: 280, measure: besideLink(plainWeightOf) },
    mastodon: { max: 500, measure: besideLink((text) => graphemesOf(text).length) },
    bluesky: {
      max: 300,
      measure: (text, { url }) =>
        Math.max(graphemesOf(withUrl(text, url)).length, Math.ceil(bytesOf(withUrl(text, url)) / 10)),
    },
    threads: {
      max: 500,
      measure: (text, { url }) =>
        graphemesOf(withUrl(text, url)).reduce((sum, one) => sum + (isEmoji.test(one) ? bytesOf(one) : 1), 0),
    },
    teams: { max: 200, measure: (text) => text.length },
    viber: { max: 200, measure: (text, { url }) => withUrl(text, url).length },
  }

/** Shortens a text as `fitText` of `src/share/fit.ts` must, and measures each candidate as a whole. */
export function plainFit(text: string, max: number, measure: (text: string) => number) {
  if (measure(text) <= max) return { text, length: measure(text), truncated: false }
  const words = [...text.matchAll(/ /g)].map(({ index }) => index).filter((index) => index > 0)
  let end = 0
  const graphemes = graphemesOf(text).map((grapheme) => {
    end += grapheme.length
    return end
  })
  const cut = longest(words, text, max, measure) ?? longest(graphemes, text, max, measure) ?? ''
  return { text: cut, length: measure(cut), truncated: true }
}

function longest(ends: number[], text: string, max: number, measure: (text: string) => number) {
  let found: string | undefined
  let [low, high] = [0, ends.length - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    const cut = `${text.slice(0, ends[middle]).replace(/[\s,;:.…!?([«“‘–—-]+$/u, '')}…`
    if (measure(cut) <= max) [found, low] = [cut, middle + 1]
    else high = middle - 1
  }
  return found
}
