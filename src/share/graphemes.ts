const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' })

/** What a reader takes for single characters (UAX #29). */
export const graphemesOf = (text: string): string[] =>
  Array.from(segmenter.segment(text), ({ segment }) => segment)

/** How many bytes the text has in UTF-8. */
export const bytesOf = (text: string): number => new TextEncoder().encode(text).length

/** Whether one grapheme is shown as a picture: an emoji of any composition, a flag, a key cap. */
export const isEmoji = (grapheme: string): boolean =>
  /\p{Extended_Pictographic}|\p{Regional_Indicator}{2}|\u20e3/u.test(grapheme)
