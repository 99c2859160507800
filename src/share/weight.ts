import { graphemesOf } from './graphemes.ts'
import { countUpTo, openSegmentation, type Segmentation } from './segmentation.ts'

/** The weight of every link in a post on X, however long the link is. */
export const linkWeight = 23

/** The weight of an ellipsis in a post on X. */
export const ellipsisWeight = 2

/** The ranges of characters whose weight on X is one; all others weigh two (X, "Counting characters"). */
const light = [
  { first: 0, last: 0x10ff },
  { first: 0x2000, last: 0x200d },
  { first: 0x2010, last: 0x201f },
  { first: 0x2032, last: 0x2037 },
]

/**
 * Patterns for the parts of a link that X recognizes in a text. The domain is followed by the characters that X
 * includes in the link; the link ends before quotation marks, brackets, dashes and letters of other scripts.
 */
const host = String.raw`([\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.([\p{L}\p{N}_-]+))`
const path = String.raw`\/(?:[\w!*';:=+,.$\/%#\[\]~@|&À-ÖØ-öø-ÿ-]*[\w=#\/+À-ÖØ-öø-ÿ-])?`
const query = String.raw`(?:\?[\w!?*'@;:&=+$\/%#\[\].,~|-]*[\w&=#\/-])?`
const addresses = new RegExp(
  `(?<=([-_./:@#])?)((?<![\\w@#$])https?:\\/\\/)?${host}(?:(?::\\d+)?${path}${query})?(?=(@)?)`,
  'iuy',
)

/** A part of a domain, with the dot after it if another part follows. */
const label = /[\p{L}\p{N}_-]+(\.(?=[\p{L}\p{N}_-]))?/giu

/** A web address in a text, with its parts and the characters next to it that decide whether X sees a link. */
interface Found {
  address: string
  index: number
  before: string | undefined
  scheme: string | undefined
  domain: string
  /** The last part of the domain. */
  ending: string
  after: string | undefined
}

/**
 * Finds the next address at or after a position, in time proportional to the text that it passes. A search by the
 * pattern `addresses` alone would read a long word again from each of its letters. An address without a scheme can
 * only begin where a word begins, and an address with a scheme only where `http` or `https` ends a word before `://`.
 */
function nextAddress(text: string, from: number): Found | undefined {
  if (!text.includes('.', from)) return undefined
  label.lastIndex = from
  for (let word = label.exec(text); word; word = label.exec(text)) {
    const start = word[1] ? word.index : schemeIn(text, word)
    if (start === undefined) continue
    addresses.lastIndex = start
    const found = addresses.exec(text)
    if (!found) continue
    const [address, before, scheme, domain = '', ending = '', after] = found
    return { address, index: start, before, scheme, domain, ending, after }
  }
  return undefined
}

/** The position of `http` or `https` at the end of a word that `://` follows. */
function schemeIn(text: string, { 0: word, index }: RegExpExecArray): number | undefined {
  const end = index + word.length
  if (!text.startsWith('://', end)) return undefined
  const scheme = /https?$/iu.exec(word.slice(-'https'.length))?.[0]
  return scheme === undefined ? undefined : end - scheme.length
}

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
export const weightOf = (text: string): number => openWeight(openSegmentation())(text)

/**
 * Creates a function that returns the weights of texts. For a text that weighs more than `max`, the function may
 * return any number above `max`, because it stops reading as soon as the addresses alone weigh more. The function
 * remembers the text that it measured last and continues where the next text begins to differ. Therefore a search
 * among the beginnings of one text reads each part of the text about once.
 */
export function openWeight(
  segmentation: Segmentation,
  max = Number.POSITIVE_INFINITY,
): (text: string) => number {
  let measured = ''
  /** For each address in the measured text: where it ends, and the weight of the text up to there. */
  const ends: number[] = []
  const weights: number[] = []

  return (text) => {
    const plain = text.normalize('NFC')
    // Whether an address ends at a place depends on the text before the place and on the next character, which may
    // have two UTF-16 units.
    const kept = countUpTo(ends, commonLength(measured, plain) - 2)
    ends.length = kept
    weights.length = kept
    measured = plain
    let end = ends.at(-1) ?? 0
    let weight = weights.at(-1) ?? 0
    let atLeast = weight
    const found: number[] = []
    const between: string[] = []
    for (let next = nextAddress(plain, end); next; next = nextAddress(plain, end)) {
      between.push(plain.slice(end, next.index))
      end = next.index + next.address.length
      ends.push(end)
      found.push(addressWeight(next))
      atLeast += found.at(-1) ?? 0
      if (atLeast > max) break
    }
    for (const [at, plainPart] of plainWeights(between).entries()) {
      weight += plainPart + (found[at] ?? 0)
      weights.push(weight)
    }
    if (weight > max) return weight
    const rest = plain.slice(end)
    return weight + (isShort(rest) ? plainWeight(rest) : segmentation.sum(rest, weightOfGrapheme))
  }
}

/** A short text after the last address is seldom the beginning of a text that was segmented, so it is read at once. */
const isShort = (text: string): boolean => text.length < 50

/** Returns the number of UTF-16 units with which both texts begin. */
function commonLength(one: string, other: string): number {
  const length = Math.min(one.length, other.length)
  let at = 0
  while (at < length && one.charCodeAt(at) === other.charCodeAt(at)) at++
  return at
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
function addressWeight({ address, scheme, domain, ending, before, after }: Found): number {
  const isKnown = known.test(ending) && !after
  if (scheme && isKnown && clean.test(domain)) return linkWeight
  const plain = sumOf(address)
  const ends = address.match(/\.(?=\p{L}{2})/gu)?.length ?? 0
  const isOne = cleanAscii.test(domain) && ((isKnown && !before) || (ends === 1 && /^[a-z]+$/i.test(ending)))
  return isOne ? Math.max(linkWeight, plain) : ends * linkWeight + plain
}

/**
 * Returns the weight on X of each of several texts without links. An emoji weighs two, however many characters it
 * consists of. An emoji that is not yet part of Unicode weighs as much as its characters together.
 *
 * All texts are segmented at once, because each call of the segmenter costs much more than a few characters. They are
 * separated by NUL, which always is a grapheme of its own (UAX #29, GB4 and GB5).
 */
function plainWeights(texts: readonly string[]): number[] {
  const whole = texts.join('\0')
  if (!joiner.test(whole)) return texts.map(sumOf)
  const graphemes = graphemesOf(whole).values()
  return texts.map(({ length }) => {
    let weight = 0
    for (let rest = length; rest > 0; ) {
      const grapheme = graphemes.next().value as string
      weight += weightOfGrapheme(grapheme)
      rest -= grapheme.length
    }
    graphemes.next()
    return weight
  })
}

const plainWeight = (text: string): number => plainWeights([text])[0] ?? 0

/**
 * A character that an emoji of several characters contains (UTS #51). A text without one weighs as much as its
 * characters, so it need not be segmented. No web address contains one.
 */
const joiner = /[\u200d\ufe0f\u20e3\p{Emoji_Modifier}\p{Regional_Indicator}\u{e0020}-\u{e007f}]/u

/**
 * Patterns for the emoji that Unicode defines and that have several characters (UTS #51, ED-27), and for key caps
 * without their variation selector. One pattern for the set RGI_Emoji would take ten times as long.
 */
const emoji = [
  /^\p{Basic_Emoji}$/v,
  /^[0-9#*]\ufe0f?\u20e3$/,
  /^\p{RGI_Emoji_Modifier_Sequence}$/v,
  /^\p{RGI_Emoji_Flag_Sequence}$/v,
  /^\p{RGI_Emoji_Tag_Sequence}$/v,
  /^\p{RGI_Emoji_ZWJ_Sequence}$/v,
]

/** An emoji of one character is not compared, because all such emoji have the weight of their character: two. */
const weightOfGrapheme = (grapheme: string): number =>
  !isCharacter(grapheme) && joiner.test(grapheme) && emoji.some((pattern) => pattern.test(grapheme))
    ? 2
    : sumOf(grapheme)

const isCharacter = (grapheme: string): boolean =>
  grapheme.length === 1 || (grapheme.length === 2 && (grapheme.codePointAt(0) ?? 0) > 0xffff)

function sumOf(grapheme: string): number {
  let sum = 0
  for (const character of grapheme) sum += isLight(character.codePointAt(0) ?? 0) ? 1 : 2
  return sum
}

function isLight(code: number): boolean {
  for (const { first, last } of light) if (first <= code && code <= last) return true
  return false
}
