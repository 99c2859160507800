const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/**
 * Returns the graphemes of a text, the units that readers see as single characters, with their positions
 * (UAX #29).
 */
export const segmentsOf = (text: string): Intl.Segments => segmenter.segment(text)

/** Splits a text into graphemes. */
export const graphemesOf = (text: string): string[] => Array.from(segmentsOf(text), ({ segment }) => segment)

/** Returns the number of bytes of the text in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Tells whether a grapheme is displayed as an emoji, including flags, key caps and emoji sequences. */
export const isEmoji = (grapheme: string): boolean =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20e3/u.test(grapheme)
