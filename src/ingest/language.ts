/** Words that hold sentences together in one of the two languages and are rare or absent in its neighbours. */
const functionWords = {
  fr: new Set(
    'les des du une et est dans qui pour sur aux au avec cette ses leur leurs pas elle ils ont sont été selon mais ce'.split(
      ' ',
    ),
  ),
  en: new Set(
    'the of and to that with from are has have this by it not which they their said but been an'.split(' '),
  ),
}

/** Enough to decide; the rest of a long article would only cost time. */
const maxCharacters = 20_000

/** The language of a text, told by its function words; undefined when neither French nor English stands out. */
export function guessLanguage(text: string): 'fr' | 'en' | undefined {
  const words =
    text
      .slice(0, maxCharacters)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const french = share(words, functionWords.fr)
  const english = share(words, functionWords.en)
  if (standsOut(french, english)) return 'fr'
  if (standsOut(english, french)) return 'en'
  return undefined
}

/** A text in either language is far above a twelfth, one in Spanish, Italian, Dutch or German below it. */
const standsOut = (share: number, other: number): boolean => share > 1 / 12 && share > 2 * other

const share = (words: readonly string[], known: ReadonlySet<string>): number =>
  words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length
