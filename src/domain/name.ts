import { hexOf } from './hex.ts'
import { slugOf } from './slug.ts'

const maxKeyCharacters = 80

/** Signs that typesetting writes in several ways, each with the form that stands for all of them. */
const variants: readonly (readonly [RegExp, string])[] = [
  [/[‘’‚‛′‵`´]/g, "'"],
  [/[“”„‟″«»]/g, '"'],
  [/[\p{Pd}\u2212\u00ad]/gu, '-'],
  [/♯/g, '#'],
]

/** White space, and invisible characters that only control how a text is written; a joiner is a part of emoji. */
const blanks = /(?:(?!\u200d)[\s\p{Cf}])+/gu
/** White space beside a sign that may be a word in the key (`spoken`) stays, so that spellings of a name want the same key. */
const blanksBesideMark = / ?([^\p{L}\p{M}\p{N}\s+#-]) ?/gu
const betweenWords = /(?<=[\p{L}\p{M}\p{N}])[ -]+(?=[\p{L}\p{M}\p{N}])/gu

/**
 * Returns the form by which names of sections, tags and authors are compared: two spellings are the same name if and only
 * if their folded forms are equal. They may differ in the case of letters, in Unicode normalization (NFKC), in the
 * typographic form of a sign (`’` and `'`, `–` and `-`, `♯` and `#`), in white space or hyphens between words, and in white
 * space beside a punctuation mark. Everything else makes another name: an accent (`Péché`, `Pêche`) or a sign (`C`, `C++`).
 * Spellings of the same name have the same `slugOf`.
 */
export function foldName(name: string): string {
  // The acute accent is a sign only before the normalization, some primes only after it.
  const normal = withoutVariants(name)
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll('i\u0307', 'i')
    .normalize('NFKC')
  return withoutVariants(normal)
    .replace(blanks, ' ')
    .replace(blanksBesideMark, '$1')
    .replace(/^ | $/g, '')
    .replace(betweenWords, ' ')
}

const withoutVariants = (name: string): string =>
  variants.reduce((folded, [variant, form]) => folded.replace(variant, form), name)

const word = '[\\p{L}\\p{M}\\p{N}]'

/**
 * Signs that belong to the name when they follow a letter or a digit, with the words that all languages have for them in
 * such names. Elsewhere they are punctuation (`#Climat`). Other signs have no such word, so they only separate words.
 */
const spoken: readonly (readonly [RegExp, string])[] = [
  [new RegExp(`(?<=${word})\\++`, 'gu'), ' plus '],
  [new RegExp(`(?<=${word})#(?!${word})`, 'gu'), ' sharp '],
]

/**
 * Returns the key that a name gets if no other name has it: `slugOf` with the words of signs that are pronounced, so that
 * `C++` becomes `c-plus-plus`. A name without letters and digits becomes the numbers of its characters: `★` becomes
 * `u2605`. The key is never empty for a name with a visible character.
 */
export function wantedKey(name: string): string {
  const folded = foldName(name)
  let words = folded
  for (const [signs, spokenWord] of spoken)
    words = words.replace(signs, (found) => spokenWord.repeat(found.length))
  const key = slugOf(words, maxKeyCharacters)
  if (/[\p{L}\p{N}]/u.test(key)) return key
  const visible = [...folded].filter(isVisible)
  return slugOf(visible.map(numberOf).join(' '), maxKeyCharacters)
}

/** Returns the number of a character as Unicode writes it, in lower case: `u2605`, `u1f389`. */
function numberOf(character: string): string {
  const number = character.codePointAt(0) ?? 0
  return `u${hexOf(Uint8Array.of(number >> 16, number >> 8, number)).replace(/^00?/, '')}`
}

/** Whether a text has a character that readers can see, and that does not stand for a lost one (U+FFFD). */
export const isVisible = (text: string): boolean =>
  /[^\p{Z}\p{Cc}\p{Cf}\p{Cs}\p{Default_Ignorable_Code_Point}\ufffd]/u.test(text)

/** Returns the candidate with this number for the key of a name, from the wanted key (1) on: `c`, `c-2`, `c-3` and so on. */
export function keyAt(wanted: string, number: number): string {
  if (number === 1) return wanted
  const suffix = `-${number}`
  return slugOf(wanted, maxKeyCharacters - suffix.length) + suffix
}

/** Whether a name can have this key: the wanted key, with or without a number, or the key of a former version (`slugOf`). */
export function isKeyOf(name: string, key: string): boolean {
  if (key === '') return false
  const number = Number(/-([1-9]\d{0,5})$/.exec(key)?.[1] ?? 1)
  return [slugOf(name), wantedKey(name)].some((wanted) => key === wanted || key === keyAt(wanted, number))
}

/** A name that is looked up: its folded form, and the paths that it may have, with its folder. */
export interface WantedName {
  folded: string
  paths: readonly string[]
}

/** A name that has a path. `name` is the folded form, or a spelling that an article or a selection has. */
export interface NamedPath {
  path: string
  name: string
}

/**
 * The path that a save gives to a name that had none. `name` is the folded form. If the path belongs already to a spelling
 * of the name, `shares` is the stored spelling. If it belongs to the selection that is renamed, `renames` is a stored name of
 * the selection.
 */
export interface Claim extends NamedPath {
  shares?: string
  renames?: string
}

/** The part of the store that knows which names have which paths. A name that has a path keeps it for ever. */
export interface NameStore {
  /** Returns the names that equal one of the folded names, and all names of the given paths. */
  names(wanted: readonly WantedName[]): Promise<NamedPath[]>
}
