import { endsSentence, isPhotoCredit } from '../../ingest/furniture.ts'
import { type Element, type Page, textOf } from './page-dom.ts'
import { isInSiteHeader } from './page-parts.ts'

/** Blocks that hold a line of text. */
const blocks =
  'p, li, td, dd, dt, h2, h3, h4, h5, h6, div, section, article, aside, header, footer, figcaption'

/** A word or phrase before somebody who worked on an article but did not write it. */
const otherRole = new RegExp(
  `^(?:${[
    '(?:edited|translated|illustrated|photographed|produced|designed|reviewed|fact[- ]checked|moderated)(?: [^.:]{1,40})? by',
    '(?:copy )?editing by|editors?:|translators?:|translation(?: by|:)',
    "(?:traduit|édité|révisé|corrigé|relu|illustré|photographié)e?s?(?: d[eu] [^.:]{1,30}| de l[’']\\p{L}{1,20})? par|traduction(?: de| par|\\s?:)|révision(?: de| par|\\s?:)|traduct(?:eur|rice)\\s?:",
    '(?:(?:aus dem \\p{L}{1,20} )?übersetzt|redigiert|lektoriert|bearbeitet|illustriert|fotografiert)(?: aus dem \\p{L}{1,20})? von|übersetzung(?: von|:)|bearbeitung(?: von|:)',
    '(?:editado|traducido|ilustrado|revisado|fotografiado)(?: del \\p{L}{1,20})? por|traducción(?: de|:)|edición(?: de|:)',
  ].join('|')})(?:\\s|$)`,
  'iu',
)

/** Tells whether a line names somebody who worked on an article but did not write it, such as `Translated by Kim Tremblay`. */
export const isOtherRole = (line: string): boolean => otherRole.test(line)

/** Words that may stand before an author in a sentence such as `Posted by Kim Tremblay on Monday.` */
const beforeAuthor = /(?:^|\s)(?:by|par|von|por|de|di|av|door|author|auteure?|autor(?:in)?|:)\s*:?$/i

/**
 * Returns the test whether an element that is named for an author concerns somebody else: a photographer, an editor or a translator, somebody
 * who is quoted or whom a sentence names, or the reader in the header of the site.
 */
export function otherPersonTest(headline: Element | undefined): (element: Element) => boolean {
  const isBesideWords = besideWordsTest()
  return (element) =>
    isQuoted(element, headline) || isBesideWords(element) || isInSiteHeader(element, headline)
}

const isQuoted = (
  element: Element,
  headline: Element | undefined,
  quotes = 'blockquote, q, figure',
): boolean => {
  const quote = element.closest(quotes)
  return quote !== null && !(headline && quote.contains(headline))
}

/**
 * Returns the test whether the line around an element is a photo credit or names a role, or is a sentence with the name within it.
 */
function besideWordsTest(): (element: Element) => boolean {
  // Many elements may stand in one long block.
  const lines = new Map<Element, string>()
  const lineOf = (block: Element): string => {
    const line = lines.get(block) ?? (block.textContent.length > maxLineCharacters ? '' : textOf(block))
    lines.set(block, line)
    return line
  }
  return (element) => {
    const block = element.parentElement?.closest(blocks)
    const line = block ? lineOf(block) : ''
    return block != null && line !== '' && isBesideWords(textOf(element), line, block)
  }
}

function isBesideWords(name: string, line: string, block: Element): boolean {
  if (isOtherRole(line) || isOtherRole(name)) return true
  // A portrait of the author may have a credit beside the name.
  if (isPhotoCredit(line) && !line.startsWith('©')) return true
  const at = line.indexOf(name)
  const before = line.slice(0, Math.max(0, at)).trim()
  const after = line.slice(at + name.length).trim()
  return (
    /^(?:p|li|td|dd)$/.test(block.localName) &&
    endsSentence(line) &&
    before !== '' &&
    /\p{Ll}{2,}.*\s.*\p{Ll}{2,}/u.test(after) &&
    !beforeAuthor.test(before)
  )
}

const maxLineCharacters = 1000

/**
 * Takes the names for an author from elements that concern other people, because Readability would take the first of them for the
 * byline of the article and out of its text.
 */
export function keepOtherPeople(page: Page, headline: Element | undefined): void {
  const isBesideWords = besideWordsTest()
  for (const element of [...page.querySelectorAll(bylineElements)].slice(0, maxElements)) {
    if (element.textContent.length > maxNamedCharacters) continue
    if (headline?.closest('article')?.contains(element) === false) continue
    if (!isQuoted(element, headline, 'blockquote, q') && !isBesideWords(element)) continue
    for (const name of ['class', 'id', 'rel', 'itemprop']) element.removeAttribute(name)
  }
}

const bylineElements = [
  '[rel~="author"], [itemprop*="author"]',
  ...['byline', 'author', 'dateline', 'writtenby'].map((name) => `[class*="${name}" i], [id*="${name}" i]`),
].join(', ')
const maxNamedCharacters = 100
/** At most this many elements are looked at; Readability takes the first one. */
const maxElements = 100
