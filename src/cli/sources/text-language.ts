import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import { guessLanguage } from '../../ingest/language.ts'

/** A text with fewer characters has too few words to tell its language. */
const minCharacters = 100
const maxCharacters = 5000

/** The library's table takes a large part of a second to load, so it is loaded for texts in other languages only. */
const require = createRequire(import.meta.url)

/**
 * Guesses the language of a text; returns its tag, or undefined if the text is short or resembles several languages. The
 * function words of the project's own languages decide first.
 */
export function guessTextLanguage(text: string): string | undefined {
  if (text.length < minCharacters) return undefined
  const known = guessLanguage(text)
  if (known !== undefined) return known
  const { eld } = require(fileURLToPath(import.meta.resolve('eld/small'))) as typeof import('eld/small')
  const guess = eld.detect(text.slice(0, maxCharacters))
  return guess.isReliable() && guess.language !== '' ? guess.language : undefined
}
