import { type LanguageName, languages } from '../domain/language.ts'

/** The function words of each language for which the project has texts. */
const functionWords = Object.entries(languages).map(
  ([name, language]) => [name as LanguageName, new Set(language.functionWords.split(' '))] as const,
)

/**
 * The number of characters that are examined to guess the language of a text; more of them would cost time
 * without improving the guess.
 */
const maxCharacters = 20_000

/** Guesses the language of a text by its function words; returns undefined if no language clearly prevails. */
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

/**
 * In a text in one of these languages, far more than a twelfth of the words are function words of that
 * language. In a text in another language, fewer than a twelfth of the words are function words of any of these
 * languages.
 */
const standsOut = (share: number, other: number): boolean => share > 1 / 12 && share > 2 * other

const share = (words: readonly string[], known: ReadonlySet<string>): number =>
  words.length === 0 ? 0 : words.filter((word) => known.has(word)).length / words.length
