import { de } from './languages/de.ts'
import { en } from './languages/en.ts'
import { fr } from './languages/fr.ts'
import type { Apology, Language, Words } from './words.ts'

/**
 * The languages for which the project has texts. To add a language, add a file to `languages/` and its name to
 * this table.
 */
export const languages = { en, fr, de } as const satisfies Record<string, Language>

/** The primary subtag of a language for which the project has texts. */
export type LanguageName = keyof typeof languages

const nameIn = (tag: string): LanguageName | undefined => {
  const [primary = ''] = tag.toLowerCase().split('-')
  return Object.hasOwn(languages, primary) ? (primary as LanguageName) : undefined
}

/**
 * Returns the language for a tag (RFC 5646): the language of the tag's primary subtag, in any letter case and
 * for any region, otherwise English. This is the lookup of RFC 4647 §3.4, so `de-AT` gives German, and `frr`
 * (North Frisian) does not give French.
 */
export const languageOf = (tag: string): LanguageName => nameIn(tag) ?? 'en'

/**
 * Returns the texts for a language tag. If the language has a different wording for the tag's region, the texts
 * have that wording.
 */
export function wordsIn(tag: string): Words {
  const { words, otherRegions = words }: Language = languages[languageOf(tag)]
  const region = regionOf(tag)
  return region === '' || region === regionOf(words.tag) ? words : otherRegions
}

/** Returns the region in a language tag, in lower case; empty if the tag has no region. */
const regionOf = (tag: string): string =>
  /^[a-z]+(?:-[a-z]{3})*(?:-[a-z]{4})?-([a-z]{2}|\d{3})(?![^-])/.exec(tag.toLowerCase())?.[1] ?? ''

/**
 * Returns the text that tells a reader about a problem with this HTTP status, in the language of a tag;
 * undefined if the language has no text for the status.
 */
export function apologyIn(tag: string, status: number): Apology | undefined {
  const apologies: Partial<Record<number, Apology>> = wordsIn(tag).page.apologies
  return apologies[status]
}

/**
 * Returns the locale in which dates, sizes and lists of names are written together with the texts for a
 * language tag.
 */
export function localeOf(tag: string): string {
  if (nameIn(tag) === undefined) return 'en-CA'
  return tag.includes('-') ? tag : wordsIn(tag).tag
}

/** The maximum length of a language tag; no tag in use is longer. */
const maxTagCharacters = 100

/**
 * Writes a language tag as BCP 47 spells it; returns undefined for an invalid tag. The spelling `fr_CA`, which
 * operating systems and some pages use, becomes `fr-CA`.
 */
export function canonicalTag(tag: string): string | undefined {
  try {
    return tag.length <= maxTagCharacters ? Intl.getCanonicalLocales(tag.replaceAll('_', '-'))[0] : undefined
  } catch {
    return undefined
  }
}

/** The scripts that are written from right to left, as ISO 15924 names them. */
const rightToLeft = new Set('Adlm Arab Hebr Mand Nkoo Rohg Samr Syrc Thaa'.split(' '))

/** Returns the direction in which a language is written. The direction of an invalid tag is from left to right. */
export function directionOf(tag: string): 'ltr' | 'rtl' {
  const canonical = canonicalTag(tag)
  const script = canonical === undefined ? '' : new Intl.Locale(canonical).maximize().script
  return rightToLeft.has(script ?? '') ? 'rtl' : 'ltr'
}

/** A letter of a script that is written from right to left. */
const letterFromRight = new RegExp(
  `[${[...rightToLeft].map((script) => `\\p{Script=${script}}`).join('')}]`,
  'u',
)

/**
 * Returns the direction of a text whose language is not known: that of its first letter, as `dir="auto"` has it (HTML, "The dir
 * attribute"). The direction of a text without letters is from left to right.
 */
export function directionOfText(text: string): 'ltr' | 'rtl' {
  const [first = ''] = /\p{L}/u.exec(text) ?? []
  return letterFromRight.test(first) ? 'rtl' : 'ltr'
}
