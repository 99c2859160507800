import { type LanguageName, languages } from '../domain/language.ts'

/** The function words of each language that the site has words for. */
const functionWords = Object.entries(languages).map(
  ([name, language]) => [name as LanguageName, new Set(language.functionWords.split(' '))] as const,
)

/** Enough to decide; the rest of a long article would only cost time. */
const maxCharacters = 20_000

/** The language of a text, told by its function words; undefined when none stands out. */
export function guessLanguage(text: string): LanguageName | undefined {
  const words =
    text
      .slice(0, maxCharacters)
      .toLowerCase()
      .match(/\p{L}+/gu) ?? []
  const [first, second] = functionWords
    .map(([name, known]) => ({ name, share: share(words, known) }))
    .toSorted((one, other) => other.share - one.share)
  return first && standsOut(first.share, second?.share ?? 0) ? first.name : undefined
}

/** A text in one of the languages is far above a twelfth, one in Spanish, Italian or Dutch below it. */
const standsOut = (share: number, other: number): boolean => share > 1 / 12 && share > 2 * other

const share = (words: readonly string[], known: ReadonlySet<string>): number =>
  words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length
