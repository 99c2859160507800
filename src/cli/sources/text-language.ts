import { createRequire } from 'node:module'
import { fileURLToPath } from 'node:url'
import type { ArticleInput } from '../../domain/input.ts'
import { guessLanguage } from '../../ingest/language.ts'
import { htmlOfMarkdown } from '../../ingest/markdown.ts'
import type { Warned } from '../../ingest/warned.ts'
import { plainOf } from './values.ts'

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

/** The warning about an article whose language was guessed from its text. */
const languageGuessed = (tag: string): string => `language: ${tag} is guessed from the text`

/** The warning about an article of which no language is known. */
const languageUnknown = 'language: not recognized, so that of the site is taken'

/** An article, and the warning about its language, if that was not stated. */
type Guessed = Warned<ArticleInput> & { languageWarning?: string }

/**
 * Gives an article that states no language that of its text, with a warning; so has one whose reader has guessed the language. If
 * the text does not tell it, the article stays as it is, with a warning that it will have the site's language.
 */
export function withLanguage(article: Warned<ArticleInput>): Guessed {
  const { value, warnings, guessesLanguage = false } = article
  if (value.language !== undefined)
    return guessesLanguage ? { ...article, languageWarning: languageGuessed(value.language) } : article
  const language = guessTextLanguage(`${value.title}\n${beginningOf(value)}`)
  if (language === undefined) return { value, warnings, languageWarning: languageUnknown }
  return {
    value: { ...value, language },
    warnings,
    guessesLanguage: true,
    languageWarning: languageGuessed(language),
  }
}

const maxBodyCharacters = 20_000

/** The beginning of the body of an article as plain text; empty if it cannot be read. */
function beginningOf({ html, markdown, text }: ArticleInput): string {
  if (text !== undefined) return text
  const read = markdown === undefined ? undefined : htmlOfMarkdown(markdown.slice(0, maxBodyCharacters))
  const body = read?.ok ? read.value : html
  return body === undefined ? '' : plainOf(body.slice(0, maxBodyCharacters))
}
