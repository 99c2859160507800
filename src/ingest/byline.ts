import { isAgency } from '../domain/agencies.ts'
import type { ArticleInput } from '../domain/input.ts'
import { conjunction, leadingConjunction, type Part, partsOf } from './byline-parts.ts'
import { fold } from './furniture.ts'
import {
  alsoNames,
  markerPattern,
  modifiersOfRoles,
  namesNobody,
  particles,
  roles,
  rolesAfterWords,
} from './name-words.ts'
import { namesOffice, namesOrganization } from './organization-words.ts'

/** The authors and the news source named in one line of a newspaper page. */
export interface Byline {
  authors: string[]
  agencies: string[]
  /** Names behind a comma or a label that may be those of further authors or of what the author works for, and are not taken. */
  doubtful?: string[]
}

const maxBylineCharacters = 200
const maxNameWords = 6
const marker = new RegExp(`^${markerPattern}(?:\\s*:\\s*|\\s+)`, 'iu')
/** A browser copies neighbouring elements without a space between them: `ByKim Tremblay`. */
const gluedMarker = /^(?:By|Par|Von|Por)(?=\p{Lu}[\p{Ll}.])/u
const loneMarker = new RegExp(`^${markerPattern}\\s*:?$`, 'iu')
/** A name to which a job title sticks, because a browser copies neighbouring elements without a space: `Kim RoyStaff Writer`. */
const gluedRole =
  /(\p{Ll})(?=(?:Staff|Senior|Chief|Reporter|Editor|Writer|Correspondent|Columnist|Contributor|Redakteur|Journalist)\p{Ll}*(?:\s|$))/gu
const organization =
  /^(?:(?:la|die|the|el) |l['’])?(?:rédaction|redaktion|redacción|newsroom|équipe|editorial board|staff)(?:$|\s)/iu

/** An article and one word are the name of a newspaper or a place: `Le Soleil`, `La Malbaie`, `Los Angeles`. */
const placeWithArticle = /^(?:the|le|la|les|el|los|las)\s[^\s,;|()/·•]+(?:[,;|()/·•]|\s[–—-]|$)/iu

/** Tells whether a line consists only of the word with which a byline begins: `Par`, `By`, `Von`, `Por`, `Autor:`. */
export const isLoneMarker = (line: string): boolean => line.length <= 40 && loneMarker.test(line)

/**
 * Parses a line that clearly is a byline: it begins with a word such as `Par`, `By`, `Von` or `Por`, or names an agency,
 * and all its other parts are names, job titles or places. Returns undefined for all other lines. `isList`: commas separate authors,
 * as in metadata.
 */
export function parseByline(line: string, { isList = false } = {}): Byline | undefined {
  if (line.length > maxBylineCharacters) return undefined
  const marked = (marker.exec(line) ?? gluedMarker.exec(line))?.[0]
  const named = line.slice(marked?.length ?? 0).replace(/^[–—-]\s*/, '')
  const byline = creditsIn(marked === undefined ? named : withoutOutlet(named), {
    isMarked: marked !== undefined,
    isList,
  })
  if (!byline) return undefined
  // `Von der Brücke` and `Por la noche` are headlines; a name of one word is rare in German and Spanish bylines.
  const isShort = marked === undefined || /^(?:von|por|de|escriben?)\b/i.test(marked)
  const isPerson = (name: string): boolean =>
    isName(name, isShort ? 2 : 1) || isNameWithWord(name, marked) || organization.test(name)
  if (!byline.authors.every(isPerson)) return undefined
  if (isShort && byline.authors.some((name) => /^\p{Ll}/u.test(name) && !organization.test(name)))
    return undefined
  // An organization such as `Agencia Uno` also stands behind the name of a photographer.
  const isByline =
    byline.agencies.some((name) => isAgencyName(name) || isNewspaper(name)) ||
    (marked !== undefined && byline.authors.length > 0)
  return isByline ? byline : undefined
}

/** Leaves out the last part of a marked byline if it has a digit, as the name of a channel has: `Kim Tremblay, 7 News`. */
const withoutOutlet = (named: string): string =>
  named.replace(/,\s\d{1,3}\s(?=[^,.]*\p{L})[\p{Lu}\d][^,.]{0,40}$/u, '')

/**
 * Parses a byline that consists only of names, job titles and places: `Jean Roy et Marie Côté`. Returns undefined for
 * all other lines.
 */
export function parseName(line: string, { isList = false } = {}): Byline | undefined {
  if (line.length > maxBylineCharacters || /[!?»”"]|:\s/.test(line) || marker.test(line)) return undefined
  if (placeWithArticle.test(line) && !organization.test(line)) return undefined
  const byline = creditsIn(line, { isMarked: false, isList })
  if (!byline || byline.authors.length === 0) return undefined
  const areNames = byline.authors.every(
    (name) =>
      organization.test(name) ||
      (isName(name, 2) && wordsOf(name).filter((word) => !particles.has(word)).length <= 4),
  )
  return areNames ? byline : undefined
}

/** Tells whether a line consists of a job title, an address or a user's name, as pages write it under an author. */
export function isBesideName(line: string): boolean {
  if (line.length > maxLabelCharacters) return false
  if (/^@[\p{L}\d_.-]+$|^[^\s@]+@[^\s@]+\.[a-z]+$/iu.test(line)) return true
  const words = wordsOf(line)
  return words.length <= 6 && namesRole(line) && !/[.!?:]$/.test(line)
}

const maxLabelCharacters = 80

/** What a part of a byline behind a name is if it is no further author. */
type Beside = 'organization' | 'office' | 'doubtful'

/**
 * Says what each part of a byline is if it is no further author: an organization or an office by its words, or a name behind a
 * comma in a line that is no list of names, as one is that ends with a word such as `and` before the last name.
 */
function kindsOf(parts: readonly Part[], isList: boolean): (Beside | undefined)[] {
  const isAffiliation = (text: string) => namesOffice(text) || namesOrganization(text)
  const isJoined = ({ text }: Part) =>
    (conjunction.test(text) || leadingConjunction.test(text)) && !isAffiliation(text)
  const lastOfList = parts.findLastIndex(isJoined)
  // Where an organization or an office follows, other names behind a comma are parts of it: `Kim Roy, Digital Life, Example Project`.
  const areAuthors = isList && !parts.some(({ text }, at) => at > 0 && isAffiliation(text))
  let isNamed = false
  return parts.map((part, at) => {
    const text = part.text.replace(leadingConjunction, '')
    const names = text.split(conjunction)
    const isOffice = isBehind(text) || (names.length === 1 && namesOffice(text))
    // `Member of Parliament for Thunder Bay` is an office.
    const isOfAuthor = part.isBehind === 'for' && namesAuthor(parts[at - 1]?.text ?? '')
    const isEmployer = isOfAuthor || isDomain(text) || namesOrganization(text)
    const isOutlet = names.length === 1 && isEmployer && wordsOf(text).every(isWordOfOutlet)
    // A label such as `Editor:` or `Photos :` names another task than writing.
    const isLabelled = at > 0 && /^[^:]{2,30}:\s/.test(text)
    const mayBeNone = part.isBehindComma || part.isBehind !== undefined
    const isDoubtful = isLabelled || (mayBeNone && at > lastOfList && !areAuthors && isName(text, 2))
    const kind = isOffice ? 'office' : isOutlet ? 'organization' : isDoubtful ? 'doubtful' : undefined
    const wasNamed = isNamed
    isNamed ||= namesAuthor(text)
    return wasNamed ? kind : undefined
  })
}

const namesAuthor = (text: string): boolean =>
  text.split(conjunction).some((name) => withoutRole(name).some((one) => isName(one, 2)))

const isWordOfOutlet = (word: string): boolean =>
  isNameWord(word) || isDomain(word) || /^(?:&|of|for|and|\p{Lu}[\p{Lu}\d.]+)$/u.test(word)

/** Tells whether a word is the address of a site, as some newspapers are named: `Gazette.example`. */
const isDomain = (word: string): boolean => /^\p{Lu}?[\p{L}\d-]{2,60}\.\p{Ll}{2,10}$/u.test(word)

/** Tells whether a part is a job title with words before it that say where: `Queen's Park Reporter`, `Local News Initiative Reporter`. */
function isBehind(part: string): boolean {
  const words = wordsOf(part)
  const isRole =
    roles.has(bareWords(words.at(-1) ?? '')) && !rolesAfterWords.has(bareWords(words.at(-1) ?? ''))
  return isRole && words.length > 2 && !modifiersOfRoles.has(bareWords(words.at(-2) ?? ''))
}

/**
 * Splits a byline into authors and source; undefined if a part can be neither. The last part may be the newspaper for
 * which the author writes: `Jean Roy, Le Devoir`. A part of one word between or after whole names is a place.
 */
function creditsIn(
  line: string,
  { isMarked, isList }: { isMarked: boolean; isList: boolean },
): Byline | undefined {
  const isOpen = /\s(?:et|and|und|sowie|y|&)\s*$/i.test(line)
  const all = partsOf(line, isMarked)
  const kinds = kindsOf(all, isList || isOpen)
  const [, second] = all
  if (second?.isBehind === 'of' && kinds[1] === undefined && isOfOffice(second.text)) return undefined
  const texts = (kind: Beside) => all.filter((_, at) => kinds[at] === kind).map(({ text }) => text)
  const organizations = texts('organization').filter((text) => !isAgencyName(text))
  const doubtful = texts('doubtful').filter((text) => !isAgencyName(text) && !isNewspaper(text))
  const parts = all
    .filter(
      ({ text }, at) =>
        kinds[at] === undefined || isAgencyName(text) || (kinds[at] === 'doubtful' && isNewspaper(text)),
    )
    .map(({ text }) => text.replace(leadingConjunction, ''))
  const newspapers = parts.filter(
    (part, at) =>
      parts.length > 1 &&
      isNewspaper(part) &&
      (at === parts.length - 1 || parts.slice(at + 1).every(isAgencyName)),
  )
  const credits = parts
    .filter((part) => !newspapers.includes(part))
    .flatMap((part) => part.split(conjunction))
  const agencies = credits.filter(isAgencyName)
  const named = credits
    .filter((credit) => !isAgencyName(credit))
    .flatMap(withoutRole)
    .map(withoutDouble)
  const hasName = named.some((name) => isName(name, 2))
  const isPlace = (name: string, at: number): boolean => at > 0 && hasName && wordsOf(name).length === 1
  const authors = named.filter((name, at) => !isPlace(name, at) || (isMarked && !hasName))
  return {
    authors,
    agencies: [...agencies, ...newspapers, ...organizations],
    ...(doubtful.length > 0 && { doubtful }),
  }
}

/** Tells whether `of` and the words behind it make an office of those before them: `Mayor of Hull`, and not `Kim Roy of The Gazette`. */
const isOfOffice = (text: string): boolean =>
  !/^the\s/i.test(text) && !isAgencyName(text) && !isNewspaper(text)

const isAgencyName = (credit: string): boolean =>
  isAgency(credit.replace(/^(?:agencia|agentur|agenzia)\s+/i, ''))

/** Tells whether a text contains a job title in a newsroom. */
export const namesRole = (text: string): boolean =>
  wordsOf(bareWords(text.slice(0, maxBylineCharacters))).some((word) => roles.has(word))

const bareWords = (text: string): string => text.toLowerCase().replace(/[.:*]/g, '')

/**
 * Returns the name in a credit without the job title: `Kim Tremblay` in `Kim Tremblay Education editor`. Returns no
 * name if the credit is only a job title. In English the words that say which editor it is stand before `editor`, so
 * the first two words are the name; in other languages they stand behind it. A job title may also stand before the name.
 */
function withoutRole(credit: string): string[] {
  const words = wordsOf(credit.replace(gluedRole, '$1 '))
  const at = words.findIndex((word) => roles.has(bareWords(word).split('-').at(-1) ?? ''))
  if (at === -1) return [credit]
  let name = words.slice(0, at)
  while (name.length > 0 && modifiersOfRoles.has(bareWords(name.at(-1) ?? ''))) name = name.slice(0, -1)
  const isUnmodified =
    name.length < at ||
    modifiersOfRoles.has(bareWords(words[at] ?? '')) ||
    rolesAfterWords.has(bareWords(words[at] ?? ''))
  if (name.length > 2 && !isUnmodified && name.every((word) => !particles.has(word))) name = name.slice(0, 2)
  const behind = words.slice(at + 1).join(' ')
  if (name.length < 2) return isName(behind, 2) && /^\p{Lu}/u.test(behind) ? [behind] : []
  return [name.join(' ')]
}

/** Returns a name once if a line has it twice, as a picture’s text and beside it: `Kim Roy Kim Roy`. */
function withoutDouble(name: string): string {
  const words = wordsOf(name)
  const half = words.slice(0, words.length / 2).join(' ')
  return words.length % 2 === 0 && half === words.slice(words.length / 2).join(' ') ? half : name
}

const article = /^(?:the |le |la |les |l['’])/i

const isNewspaper = (credit: string): boolean =>
  !isAgency(credit) && article.test(credit) && wordsOf(credit.replace(article, '')).every(isNameWord)

/**
 * Tells whether a text is a person's name: each word has a capital letter or is a particle, and there are at
 * least `min` words.
 */
function isName(credit: string, min: number): boolean {
  const words = wordsOf(credit)
  if (words.length < min || words.length > maxNameWords) return false
  if (words.some((word) => namesNobody.has(word.toLowerCase()) && !particles.has(word))) return false
  return words.every(isNameWord) && words.some((word) => !particles.has(word))
}

/** Tells whether a marked name is a person's although one of its words is also a word of labels: `Par Una Roy`. */
function isNameWithWord(name: string, marked: string | undefined): boolean {
  const words = wordsOf(name)
  const others = words.filter((word) => !alsoNames.has(word.toLowerCase()))
  return (
    marked !== undefined &&
    others.length === words.length - 1 &&
    words.every((word) => /^\p{Lu}/u.test(word)) &&
    isName(others.join(' '), 1)
  )
}

/** Tells whether a word can be part of a person's name: `Kim`, `Tong-hyung`, `d’Astous`, `O'Neill`, `J.-P.`, `de`. */
const isNameWord = (word: string): boolean =>
  particles.has(word) ||
  /^(?:[dl]['’]|al-|el-)?[\p{Lu}\p{Lo}][\p{L}\p{M}'’-]*$/u.test(word.replace(/^\(|\)$/g, '')) ||
  isInitials(word.replace(/^\(|\)$/g, ''))

/** Initials, or an academic title such as `Dr.` and `Prof.`. */
const isInitials = (word: string): boolean =>
  /^(?:(?:\p{Lu}\p{Ll}?\.-?){1,3}|Prof\.|Dipl\.(?:-Ing\.)?|Sra\.|Dra\.|Mag\.|Rev\.)$/u.test(word)

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
