import { isAgency } from '../domain/agencies.ts'
import type { ArticleInput } from '../domain/input.ts'
import { fold } from './furniture.ts'

/** The authors and the news source named in one line of a newspaper page. */
export interface Byline {
  authors: string[]
  agencies: string[]
}

/** Job titles in a newsroom. A job title is not part of a person's name. */
const roles = new Set(
  `journaliste correspondant correspondante chroniqueur chroniqueuse rédacteur rédactrice envoyé envoyée photographe
   collaborateur collaboratrice collaboration éditorialiste journalist reporter writer correspondent columnist editor
   photographer contributor staff`.split(/\s+/),
)

/** Words that occur in subheadings but never in a person's name. */
const namesNobody = new Set(
  'the a an this these what why how who when where our your we un une les des ce cette ces que qui pourquoi comment'.split(
    ' ',
  ),
)

/** Name particles that are written without a capital letter. */
const particles = new Set(
  'de du des d la le van von der den ten ter da dos di del bin ben ibn al el y e'.split(' '),
)

const maxBylineCharacters = 160
const marker =
  /^(?:un texte de|texte de|texte|par|written by|story by|by|auteurs?|autrice|authors?|source)(?:\s*:\s*|\s+)/i
const separator = /\s*[,;|()/·•]\s*|\s+[–—-]\s+|\s+(?:pour|avec|for|of|with)\s+/i
const conjunction = /\s+(?:et|and|&)\s+/i

/**
 * Parses a line that clearly is a byline: it begins with `Par` or `By`, or names an agency, and all its other
 * parts are names or job titles. Returns undefined for all other lines.
 */
export function parseByline(line: string): Byline | undefined {
  if (line.length > maxBylineCharacters) return undefined
  const marked = marker.test(line)
  const named = line.replace(marker, '').replace(/^[–—-]\s*/, '')
  const byline = creditsIn(named)
  if (!byline.authors.every((name) => isName(name, marked ? 1 : 2))) return undefined
  const isByline = byline.agencies.length > 0 || (marked && byline.authors.length > 0)
  return isByline ? byline : undefined
}

/** Parses a byline that consists only of names: `Jean Roy et Marie Côté`. Returns undefined for all other lines. */
export function parseName(line: string): Byline | undefined {
  if (line.length > maxBylineCharacters) return undefined
  const { authors } = creditsIn(line)
  const isByline = authors.length > 0 && authors.every((name) => isName(name, 2) && wordsOf(name).length <= 4)
  return isByline ? { authors, agencies: [] } : undefined
}

/**
 * Splits a byline into authors and source. The last part may be the newspaper for which the author writes:
 * `Jean Roy, Le Devoir`.
 */
function creditsIn(line: string): Byline {
  const parts = line.split(separator).filter(Boolean)
  const last = parts.at(-1)
  const newspaper = parts.length > 1 && last !== undefined && isNewspaper(last) ? [last] : []
  const credits = (newspaper.length > 0 ? parts.slice(0, -1) : parts).flatMap((part) =>
    part.split(conjunction),
  )
  return {
    authors: credits.filter((credit) => !isAgency(credit) && !isRole(credit)),
    agencies: [...credits.filter(isAgency), ...newspaper],
  }
}

const isRole = (credit: string): boolean => wordsOf(credit.toLowerCase()).some((word) => roles.has(word))

const isNewspaper = (credit: string): boolean =>
  !isAgency(credit) && /^(?:the |le |la |les |l['’])/i.test(credit) && wordsOf(credit).every(isNameWord)

/**
 * Tells whether a text is a person's name: each word has a capital letter or is a particle, and there are at
 * least `min` words.
 */
function isName(credit: string, min: number): boolean {
  const words = wordsOf(credit)
  if (words.length < min || words.length > 6) return false
  if (words.some((word) => namesNobody.has(word.toLowerCase()))) return false
  return words.every(isNameWord) && words.some((word) => !particles.has(word))
}

/** Tells whether a word can be part of a person's name: `Kim`, `Tong-hyung`, `d’Astous`, `O'Neill`, `J.-P.`, `de`. */
const isNameWord = (word: string): boolean =>
  particles.has(word) ||
  /^(?:[dl]['’]|al-|el-)?[\p{Lu}\p{Lo}][\p{L}\p{M}'’-]*$/u.test(word) ||
  isInitials(word)

const isInitials = (word: string): boolean => /^(?:\p{Lu}\p{Ll}?\.-?){1,3}$/u.test(word)

/** Returns the authors and the source of several bylines together, without repetition. */
export function creditsOf(bylines: readonly Byline[]): Pick<ArticleInput, 'authors' | 'source'> {
  const names = once(bylines.flatMap((byline) => byline.authors))
  const sources = once(bylines.flatMap((byline) => byline.agencies))
  return {
    ...(names.length > 0 && { authors: names.map((name) => ({ name })) }),
    ...(sources.length > 0 && { source: { name: sources.join(', ') } }),
  }
}

const once = (names: readonly string[]): string[] =>
  [...new Map([...names].reverse().map((name) => [fold(name), name])).values()].reverse()

/** Splits a text into its words. */
export const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)
