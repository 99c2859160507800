import type { ArticleInput } from '../domain/input.ts'
import { fold } from './furniture.ts'

/** Who wrote an article, and for whom, as one line of a page says it. */
export interface Byline {
  authors: string[]
  agencies: string[]
}

/** Agencies and wire services, as `agencyKey` writes them. */
const agencies = new Set([
  'aap',
  'afp',
  'anadolu',
  'ansa',
  'ap',
  'apa',
  'associated press',
  'ats',
  'belga',
  'bloomberg',
  'bloomberg news',
  'canadian press',
  'chine nouvelle',
  'cp',
  'deutsche presse-agentur',
  'dpa',
  'efe',
  'france presse',
  'france-presse',
  'initiative de journalisme local',
  'interfax',
  'keystone-ats',
  'kyodo',
  'kyodo news',
  'local journalism initiative',
  'lusa',
  'pa',
  'pa media',
  'pc',
  'postmedia news',
  'press association',
  'presse associée',
  'presse canadienne',
  'qmi',
  'reuters',
  'ritzau',
  'tass',
  'télégraphique suisse',
  'thomson reuters',
  'united press international',
  'upi',
  'xinhua',
  'yonhap',
])

/** What somebody does for a newsroom, which is no part of their name. */
const roles = new Set(
  `journaliste correspondant correspondante chroniqueur chroniqueuse rédacteur rédactrice envoyé envoyée photographe
   collaborateur collaboratrice collaboration éditorialiste journalist reporter writer correspondent columnist editor
   photographer contributor staff`.split(/\s+/),
)

/** Words that begin or stand in a subheading, and in nobody's name. */
const namesNobody = new Set(
  'the a an this these what why how who when where our your we un une les des ce cette ces que qui pourquoi comment'.split(
    ' ',
  ),
)

/** Words that stand in a name without a capital. */
const particles = new Set(
  'de du des d la le van von der den ten ter da dos di del bin ben ibn al el y e'.split(' '),
)

const maxBylineCharacters = 160
const marker =
  /^(?:un texte de|texte de|texte|par|written by|story by|by|auteurs?|autrice|authors?|source)(?:\s*:\s*|\s+)/i
const separator = /\s*[,;|()/·•]\s*|\s+[–—-]\s+|\s+(?:pour|avec|for|of|with)\s+/i
const conjunction = /\s+(?:et|and|&)\s+/i

/** A byline that says so: it begins with `Par` or `By`, or names an agency; every other part is a name or role. */
export function parseByline(line: string): Byline | undefined {
  if (line.length > maxBylineCharacters) return undefined
  const marked = marker.test(line)
  const named = line.replace(marker, '').replace(/^[–—-]\s*/, '')
  const byline = creditsIn(named)
  if (!byline.authors.every((name) => isName(name, marked ? 1 : 2))) return undefined
  const isByline = byline.agencies.length > 0 || (marked && byline.authors.length > 0)
  return isByline ? byline : undefined
}

/** A byline that is nothing but names: `Jean Roy et Marie Côté`. */
export function parseName(line: string): Byline | undefined {
  if (line.length > maxBylineCharacters) return undefined
  const { authors } = creditsIn(line)
  const isByline = authors.length > 0 && authors.every((name) => isName(name, 2) && wordsOf(name).length <= 4)
  return isByline ? { authors, agencies: [] } : undefined
}

/** The parts of a byline; its last may be the newspaper that somebody writes for: `Jean Roy, Le Devoir`. */
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

const isAgency = (credit: string): boolean => agencies.has(agencyKey(credit))

const agencyKey = (credit: string): string => fold(credit).replace(/^(?:the |la |l'|agence )+/, '')

const isRole = (credit: string): boolean => wordsOf(credit.toLowerCase()).some((word) => roles.has(word))

const isNewspaper = (credit: string): boolean =>
  !isAgency(credit) && /^(?:the |le |la |les |l['’])/i.test(credit) && wordsOf(credit).every(isNameWord)

/** Whether every word is one of a name, with a capital or a particle, and there are at least so many. */
function isName(credit: string, min: number): boolean {
  const words = wordsOf(credit)
  if (words.length < min || words.length > 6) return false
  if (words.some((word) => namesNobody.has(word.toLowerCase()))) return false
  return words.every(isNameWord) && words.some((word) => !particles.has(word))
}

/** `Kim`, `Tong-hyung`, `d’Astous`, `O'Neill`, `J.-P.`, `de`. */
const isNameWord = (word: string): boolean =>
  particles.has(word) ||
  /^(?:[dl]['’]|al-|el-)?[\p{Lu}\p{Lo}][\p{L}\p{M}'’-]*$/u.test(word) ||
  isInitials(word)

const isInitials = (word: string): boolean => /^(?:\p{Lu}\p{Ll}?\.-?){1,3}$/u.test(word)

/** Authors and source of all bylines together, each once. */
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

/** The words of a text. */
export const wordsOf = (text: string): string[] => text.split(/\s+/).filter(Boolean)
