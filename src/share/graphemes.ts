const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** Splits a text into graphemes, the units that readers see as single characters (UAX #29). */
export const graphemesOf = (text: string): string[] =>
  isOfSingles(text) ? Array.from(text) : Array.from(segmenter.segment(text), ({ segment }) => segment)

/** Returns where each grapheme of a text ends, as positions in UTF-16 units. */
export function graphemeEndsOf(text: string): number[] {
  const ends: number[] = []
  if (!isOfSingles(text)) {
    for (const { segment, index } of segmenter.segment(text)) ends.push(index + segment.length)
    return ends
  }
  for (let end = 0; end < text.length; ends.push(end)) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
  return ends
}

/**
 * Whether a text has only characters that never join each other, so that each character is a grapheme. This is found
 * at a tenth of the cost of a segmentation. The pattern names only letters of scripts without conjuncts and without
 * marks that stand before a letter, so that characters which Unicode adds later do not make it wrong.
 */
export const isOfSingles = (text: string): boolean => singles.test(text)

const singles =
  /^[[[\p{L}&&[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{sc=Hani}\p{sc=Hira}\p{sc=Kana}\p{sc=Hebr}\p{sc=Arab}]]\p{N}\p{P}\p{S}\p{Z}]--[\p{Grapheme_Extend}\p{Emoji_Modifier}\p{Regional_Indicator}]]*$/v

/** Returns the number of bytes of the text in UTF-8, in which a lone surrogate becomes U+FFFD. */
export function bytesOf(text: string): number {
  let bytes = 0
  for (let at = 0; at < text.length; at++) {
    const code = text.codePointAt(at) ?? 0
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4
    if (code > 0xffff) at++
  }
  return bytes
}

/** Tells whether a grapheme is displayed as an emoji, including flags, key caps and emoji sequences. */
export const isEmoji = (grapheme: string): boolean =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20e3/u.test(grapheme)
