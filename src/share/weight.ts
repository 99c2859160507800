import { graphemesOf } from './graphemes.ts'

/** The weight of every link in a post on X, however long the link is. */
export const linkWeight = 23

/** The ranges of characters whose weight on X is one; all others weigh two (X, "Counting characters"). */
const light = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const

/**
 * Patterns for the parts of a link that X recognizes in a text. The domain is followed by the characters that X
 * includes in the link; the link ends before quotation marks, brackets, dashes and letters of other scripts.
 */
const host = String.raw`(?<domain>[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.(?<ending>[\p{L}\p{N}_-]+))`
const path = String.raw`\/(?:[\w!*';:=+,.$\/%#\[\]~@|&À-ÖØ-öø-ÿ-]*[\w=#\/+À-ÖØ-öø-ÿ-])?`
const query = String.raw`(?:\?[\w!?*'@;:&=+$\/%#\[\].,~|-]*[\w&=#\/-])?`
const addresses = new RegExp(
  `(?<=(?<before>[-_./:@#])?)(?<scheme>(?<![\\w@#$])https?:\\/\\/)?${host}(?:(?::\\d+)?${path}${query})?(?=(?<after>@)?)`,
  'giu',
)

/**
 * Domain endings (the last parts of host names) that X certainly recognizes: those of countries, and the oldest
 * and commonest others.
 */
const known = /^(?:[a-z]{2}|com|org|net|edu|gov|int|info|news|quebec|paris|app|dev|social|blog|press|media)$/i

/**
 * Returns the weight of a text as X counts it; the limit is 280. X treats an address as a link only if its
 * domain ending is registered, and a domain without `https://` only in some cases. The function has no list of
 * registered endings. It returns the higher of the possible weights, so a text that fits by this count also
 * fits on X.
 */
export function weightOf(text: string): number {
  const plain = text.normalize('NFC')
  let weight = 0
  let end = 0
  for (const { 0: address, index, groups = {} } of plain.matchAll(addresses)) {
    weight += plainWeight(plain.slice(end, index)) + addressWeight(address, groups)
    end = index + address.length
  }
  return weight + plainWeight(plain.slice(end))
}

/**
 * Patterns for domains in which no hyphen is next to a dot. The second pattern allows only ASCII, because X
 * treats a domain without `https://` as a link only if the domain is in ASCII.
 */
const clean = /^[\p{L}\p{N}]+(?:(?:\.|-+)[\p{L}\p{N}]+)*$/u
const cleanAscii = /^[a-z\d]+(?:(?:\.|-+)[a-z\d]+)*$/i

/**
 * Returns the weight of a web address in a post on X. If it is uncertain where X would see the end of the
 * domain, the function counts one link for each dot that two letters follow. The result may then be too high,
 * but never too low.
 */
function addressWeight(
  address: string,
  { scheme, domain = '', ending = '', before, after }: Partial<Record<string, string>>,
) {
  const isKnown = known.test(ending) && !after
  if (scheme && isKnown && clean.test(domain)) return linkWeight
  const plain = plainWeight(address)
  const ends = address.match(/\.(?=\p{L}{2})/gu)?.length ?? 0
  const isOne = cleanAscii.test(domain) && ((isKnown && !before) || (ends === 1 && /^[a-z]+$/i.test(ending)))
  return isOne ? Math.max(linkWeight, plain) : ends * linkWeight + plain
}

/**
 * Returns the weight on X of a text without links. An emoji weighs two, however many characters it consists of.
 * An emoji that is not yet part of Unicode weighs as much as its characters together.
 */
const plainWeight = (text: string): number =>
  graphemesOf(text).reduce((sum, grapheme) => sum + (emoji.test(grapheme) ? 2 : sumOf(grapheme)), 0)

/** A pattern for all emoji that Unicode defines (UTS #51), and for key caps without their variation selector. */
const emoji = /^(?:\p{RGI_Emoji}|[0-9#*]\u20e3)$/v

const sumOf = (grapheme: string): number =>
  [...grapheme].reduce((sum, character) => sum + (isLight(character.codePointAt(0) ?? 0) ? 1 : 2), 0)

const isLight = (code: number): boolean => light.some(([first, last]) => first <= code && code <= last)
