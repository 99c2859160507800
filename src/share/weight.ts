import { graphemesOf } from './graphemes.ts'

/** What every link weighs in a post, however long it is. */
export const linkWeight = 23

/** The ranges of characters that weigh one; every other weighs two (X, "Counting characters"). */
const light = [
  [0, 0x10ff],
  [0x2000, 0x200d],
  [0x2010, 0x201f],
  [0x2032, 0x2037],
] as const

/** A domain, and of what follows it what X takes into the link: it ends before quotes, brackets, dashes, other scripts. */
const host = String.raw`(?<domain>[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.(?<ending>[\p{L}\p{N}_-]+))`
const path = String.raw`\/(?:[\w!*';:=+,.$\/%#\[\]~@|&À-ÖØ-öø-ÿ-]*[\w=#\/+À-ÖØ-öø-ÿ-])?`
const query = String.raw`(?:\?[\w!?*'@;:&=+$\/%#\[\].,~|-]*[\w&=#\/-])?`
const addresses = new RegExp(
  `(?<=(?<before>[-_./:@#])?)(?<scheme>(?<![\\w@#$])https?:\\/\\/)?${host}(?:(?::\\d+)?${path}${query})?(?=(?<after>@)?)`,
  'giu',
)

/** Endings that X surely knows: of a country, and the oldest and commonest others. */
const known = /^(?:[a-z]{2}|com|org|net|edu|gov|int|info|news|quebec|paris|app|dev|social|blog|press|media)$/i

/**
 * The weight of a text as X counts it, of 280. An address is a link only where its ending is a registered one, and a
 * bare domain not always; without that list it is taken for what weighs more, so a text that fits by this count fits
 * there too.
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

/** A domain in which no hyphen stands beside a dot; a bare one is a link only in ASCII. */
const clean = /^[\p{L}\p{N}]+(?:(?:\.|-+)[\p{L}\p{N}]+)*$/u
const cleanAscii = /^[a-z\d]+(?:(?:\.|-+)[a-z\d]+)*$/i

/** A domain ends in at least two letters; where one of several may end it, each is taken for the end of a link. */
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

/** An emoji weighs two, whatever it is composed of; one that is none yet weighs what its characters do. */
const plainWeight = (text: string): number =>
  graphemesOf(text).reduce((sum, grapheme) => sum + (emoji.test(grapheme) ? 2 : sumOf(grapheme)), 0)

/** The emoji that there are (UTS #51), and key caps without their variation selector. */
const emoji = /^(?:\p{RGI_Emoji}|[0-9#*]\u20e3)$/v

const sumOf = (grapheme: string): number =>
  [...grapheme].reduce((sum, character) => sum + (isLight(character.codePointAt(0) ?? 0) ? 1 : 2), 0)

const isLight = (code: number): boolean => light.some(([first, last]) => first <= code && code <= last)
