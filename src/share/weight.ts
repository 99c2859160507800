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
const host = String.raw`(?<domain>[\p{L}\p{N}_-]+(?:\.[\p{L}\p{N}_-]+)*\.(?<ending>[\p{L}\p{N}_-]+))`
const path = String.raw`\/(?:[\w!*';:=+,.$\/%#\[\]~@|&À-ÖØ-öø-ÿ-]*[\w=#\/+À-ÖØ-öø-ÿ-])?`
const query = String.raw`(?:\?[\w!?*'@;:&=+$\/%#\[\].,~|-]*[\w&=#\/-])?`
const addresses = new RegExp(
  `(?<=(?<before>[-_./:@#])?)(?<scheme>(?<![\\w@#$])https?:\\/\\/)?${host}(?:(?::\\d+)?${path}${query})?(?=(?<after>@)?)`,
  'iuy',
)

/** A part of a domain, with the dot after it if another part follows. */
const label = /[\p{L}\p{N}_-]+(?<isHost>\.(?=[\p{L}\p{N}_-]))?/giu

interface Found {
  address: string
  index: number
  groups: Partial<Record<string, string>>
}

/**
 * Creates a function that finds the next address at or after a position, in time proportional to the text that it
 * passes. A search by the pattern `addresses` alone would read a long word again from each of its letters. An
 * address without a scheme can only begin where a word begins, and an address with a scheme only where `http` or
 * `https` ends a word before `://`.
 */
function openSearch(): (text: string, from: number) => Found | undefined {
  const words = new RegExp(label)
  const candidate = new RegExp(addresses)
  return (text, from) => {
    if (!text.includes('.', from)) return undefined
    words.lastIndex = from
    for (let word = words.exec(text); word; word = words.exec(text)) {
      const start = word.groups?.isHost ? word.index : schemeIn(text, word)
      if (start === undefined) continue
      candidate.lastIndex = start
      const found = candidate.exec(text)
      if (found) return { address: found[0], index: found.index, groups: found.groups ?? {} }
    }
    return undefined
  }
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
 * Creates a function that returns the weights of texts. The function remembers the text that it measured last and
 * continues where the next text begins to differ. Therefore a search among the beginnings of one text reads each part
 * of the text about once.
 */
export function openWeight(segmentation: Segmentation): (text: string) => number {
  let measured = ''
  /** For each address in the measured text: where it ends, and the weight of the text up to there. */
  const ends: number[] = []
  const weights: number[] = []
  const nextAddress = openSearch()

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
    for (let found = nextAddress(plain, end); found; found = nextAddress(plain, end)) {
      const { address, index, groups } = found
      weight += plainWeight(plain.slice(end, index)) + addressWeight(address, groups)
      end = index + address.length
      ends.push(end)
      weights.push(weight)
    }
    return weight + segmentation.sum(plain.slice(end), weightOfGrapheme)
  }
}

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
  joiner.test(text)
    ? graphemesOf(text).reduce((sum, grapheme) => sum + weightOfGrapheme(grapheme), 0)
    : sumOf(text)

/**
 * A character that an emoji of several characters contains (UTS #51). A text without one weighs as much as its
 * characters, so it need not be segmented.
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
