import { type Byline, parseByline, wordsOf } from '../../ingest/byline.ts'
import { keyOf } from './page-facts.ts'
import { creditsIn } from './page-names.ts'

/** The authors and agencies of a page. `guess` says how they were found if the page does not state them as data. */
export interface PageCredits extends Byline {
  guess?: string
  /** The authors behind a comma in an element that is named for authors: such an element is taken for a list. */
  behindComma?: readonly string[]
}

/** A byline that the page shows. It is certain if links, microdata or a line of text give it, and not only the name of a class. */
export interface ShownByline extends PageCredits {
  isCertain: boolean
}

/**
 * Compares the authors in the metadata with the bylines that the page shows. Metadata may give only a part of a name or a user
 * name such as `kim_tremblay`, the organisation instead of the person, the first of several authors, or the person who uploaded the
 * article; what the page shows is then better.
 */
export function confirmed(stated: Byline, shown: readonly ShownByline[]): PageCredits {
  const name = stated.authors[0] ?? ''
  if (stated.authors.length === 1 && wordsOf(name).length === 1) {
    const whole = shown.flatMap(({ authors }) => authors).find((author) => isFuller(author, name))
    if (whole !== undefined) return { authors: [whole], agencies: stated.agencies }
    const persons = isUserName(name) ? shown.find(areWholeNames) : undefined
    if (persons) return persons
  }
  if (stated.authors.length > 0 && stated.authors.some(isOrganisation)) {
    const persons = shown.find(areWholeNames)
    if (persons && !contains(stated, persons)) return persons
  }
  if (stated.authors.length === 0) {
    const persons = shown.find((one) => one.isCertain && areWholeNames(one))
    if (persons) return persons
  }
  const supported = shown.filter((one) => shown.some((other) => other !== one && isAlike(one, other)))
  const longer =
    supported.find((one) => contains(one, stated)) ??
    shown.find((one) => one.guess !== undefined && contains(one, stated) && one.authors.every(isWholeName))
  if (longer && longer.authors.length > stated.authors.length) return longer
  const isSupported = shown.some((one) => contains(one, stated) || contains(stated, one))
  const other = supported.find(({ isCertain, authors }) => isCertain && !authors.some(isNewsroom))
  return other && !isSupported ? other : stated
}

const maxLinkedAuthors = 4

/** A line such as `Von Kim Tremblay und Ana Roy` may name more authors than its links. */
export function fullerLine(first: ShownByline, shown: readonly ShownByline[]): PageCredits {
  // Links to all authors of the site may stand in a menu.
  const single = shown.find((one) => one.authors.length === 1 && contains(first, one))
  if (single && first.authors.length > maxLinkedAuthors) return single
  const longer = shown.find(
    (one) =>
      one.guess !== undefined &&
      one.authors.length > first.authors.length &&
      contains(one, first) &&
      one.authors.every(isWholeName),
  )
  return longer ?? first
}

const keysOf = ({ authors }: Byline): Set<string> => new Set(authors.map(keyOf))

const isAlike = (one: Byline, other: Byline): boolean => contains(one, other) && contains(other, one)

/** Tells whether a byline names all authors of another one, which names at least one. */
function contains(one: Byline, other: Byline): boolean {
  const keys = keysOf(one)
  return other.authors.length > 0 && other.authors.every((name) => keys.has(keyOf(name)))
}

/** Tells whether a name of several words has a single word as a part, or consists of the words of a user name, as `ktremblay` does. */
function isFuller(name: string, part: string): boolean {
  const words = wordsOf(name).map(keyOf)
  const parts = part.split(/[._-]+/).map(keyOf)
  if (words.length < 2 || !isWholeName(name)) return false
  return (
    words.includes(keyOf(part)) ||
    keyOf(name) === keyOf(part) ||
    `${words[0]?.charAt(0)}${words.at(-1)}` === keyOf(part) ||
    (parts.length > 1 && parts.every((one) => words.includes(one)))
  )
}

/** Tells whether a text is a person's name of two words or more. */
export const isWholeName = (name: string): boolean =>
  wordsOf(name).length > 1 && parseByline(`Par ${name}`)?.authors.length === 1 && !isOrganisation(name)

const areWholeNames = ({ authors }: Byline): boolean => authors.length > 0 && authors.every(isWholeName)

/** Tells whether a single word is the name with which a user logs in, by a digit or an underscore in it. */
const isUserName = (name: string): boolean => /[\d_]/.test(name)

/** Tells whether a name is a single word such as `Redaktion` or an acronym. */
export const isNewsroom = (name: string): boolean => wordsOf(name).length === 1 && isOrganisation(name)

/** Tells whether a name has an acronym or the abbreviation of a legal form, as names of organisations have. */
function isOrganisation(name: string): boolean {
  if (/\be\.\s?V\.|\b(?:GmbH|AG|Inc|Ltd|LLC|Redaktion|Rédaction|Redacción|Staff)\b/u.test(name)) return true
  const words = wordsOf(name)
  const isAcronym = (word: string) => /^(?:\p{Lu}{2,}|\p{Lu}-\p{Lu}{2,})$/u.test(word)
  // A name may be written in capitals as a whole.
  return words.some(isAcronym) && (words.length === 1 || !words.every(isAcronym))
}

/**
 * Writes the only author as a name if it is a user name of two words in small letters with a full stop between them, as in
 * `kim.tremblay`. The address of a site stays as it is.
 */
export function withNameOfUser(credits: PageCredits): PageCredits {
  const [name = ''] = credits.authors
  const words = /^(\p{Ll}{2,})\.(\p{Ll}{4,})$/u.exec(name)?.slice(1)
  if (credits.authors.length !== 1 || !words) return credits
  const written = words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(' ')
  return {
    guess: `"${written}" is written in place of the user name "${name}"`,
    ...credits,
    authors: [written],
  }
}

/** Reads an element that is named for authors, and says which of them stand behind a comma. */
export function listIn(
  texts: readonly string[],
  reading: Parameters<typeof creditsIn>[1],
): PageCredits | undefined {
  const line = creditsIn(texts, reading)
  const list = line?.doubtful && creditsIn(texts, { ...reading, isList: true })
  const names = new Set(list?.authors)
  const behindComma = [...names].filter((name) => line?.doubtful?.includes(name))
  return list && behindComma.length > 0 ? { ...list, behindComma } : line
}
