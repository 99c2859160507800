import { de } from './languages/de.ts'
import { en } from './languages/en.ts'
import { fr } from './languages/fr.ts'
import type { Apology, Language, Words } from './words.ts'

/** The languages that have words. A new one is a file in `languages/`, and its name here. */
export const languages = { en, fr, de } as const satisfies Record<string, Language>

/** A language that has words, by its primary subtag. */
export type LanguageName = keyof typeof languages

const nameIn = (tag: string): LanguageName | undefined => {
  const [primary = ''] = tag.toLowerCase().split('-')
  return Object.hasOwn(languages, primary) ? (primary as LanguageName) : undefined
}

/**
 * The language for a tag (RFC 5646): the one that its primary subtag names, in any case and region, else English.
 * That is the lookup of RFC 4647 §3.4, so `de-AT` is German, and `frr` (North Frisian) is not French.
 */
export const languageOf = (tag: string): LanguageName => nameIn(tag) ?? 'en'

/** The words for a tag: those of its language, in the wording of its region where that differs. */
export function wordsIn(tag: string): Words {
  const { words, otherRegions = words }: Language = languages[languageOf(tag)]
  const region = regionOf(tag)
  return region === '' || region === regionOf(words.tag) ? words : otherRegions
}

/** The region in a tag, in lower case, behind the primary subtag and a script; empty where it has none. */
const regionOf = (tag: string): string =>
  /^[a-z]+(?:-[a-z]{3})*(?:-[a-z]{4})?-([a-z]{2}|\d{3})(?![^-])/.exec(tag.toLowerCase())?.[1] ?? ''

/** The title and text of a problem's page in the language of a tag; undefined for a status that only has the problem's own words. */
export function apologyIn(tag: string, status: number): Apology | undefined {
  const apologies: Partial<Record<number, Apology>> = wordsIn(tag).page.apologies
  return apologies[status]
}

/** The locale in which dates, sizes and lists of names go with the words for a tag. */
export function localeOf(tag: string): string {
  if (nameIn(tag) === undefined) return 'en-CA'
  return tag.includes('-') ? tag : wordsIn(tag).tag
}

/** No tag that is in use is longer. */
const maxTagCharacters = 100

/** A tag as BCP 47 spells it, or undefined where it is none; `fr_CA`, as systems and pages write it too, is `fr-CA`. */
export function canonicalTag(tag: string): string | undefined {
  try {
    return tag.length <= maxTagCharacters ? Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] : undefined
  } catch {
    return undefined
  }
}
