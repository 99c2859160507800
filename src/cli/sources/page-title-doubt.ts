import { shortened } from '../../domain/text.ts'
import type { Element } from './page-dom.ts'
import { isSiteName, keyOf, type PageFacts } from './page-facts.ts'
import { ownHeadingOf } from './page-masthead.ts'

const maxQuotedCharacters = 80

/** What is known of the title that was found for a page. */
interface FoundTitle {
  readonly title: string
  /** The heading of the page that shows it. */
  readonly element: Element | undefined
  /** The titles in the metadata, and the one in `title`; each split into the segments between separators. */
  readonly stated: readonly string[]
  readonly inTitle: string
  readonly segments: readonly string[]
  readonly isAlike: (one: string, other: string) => boolean
}

/**
 * Says why the title of a page is perhaps not the headline of its article: a program wrote it, it is the name of the paper or short
 * beside other parts of `title`, only `title` has it, or the heading that was taken shares nothing with the titles in the metadata.
 * Undefined if nothing speaks against it.
 */
export function doubtAbout(facts: PageFacts, found: FoundTitle): string | undefined {
  const { title, element, stated, inTitle, segments, isAlike } = found
  const quoted = `"${shortened(title, maxQuotedCharacters)}"`
  if (isOfProgram(title)) return `${quoted} is what a program writes if nobody gives a title`
  if (isSiteName(facts, title)) return `${quoted} is the name of the site`
  const key = keyOf(title)
  const isOnlyInTitle = stated.every((one) => one === inTitle || !keyOf(one).includes(key))
  if (!element) return isOnlyInTitle ? `${quoted} is taken from <title>; no heading shows it` : undefined
  const other = stated[0]
  if (other === undefined) return undefined
  const specific = stated.filter((one) => one !== inTitle)
  const isKnown = (specific.length > 0 ? specific : stated).some(
    (one) => isAlike(title, one) || keyOf(one).includes(key) || key.includes(keyOf(one)),
  )
  if (!isKnown)
    return `the heading ${quoted} is taken; the page calls itself "${shortened(other, maxQuotedCharacters)}"`
  const others = segments.filter(
    (part) => keyOf(part) !== key && !isSiteName(facts, part) && wordsIn(part) > 1,
  )
  if (
    isOnlyInTitle &&
    wordsIn(title) <= maxShortWords &&
    others.some((part) => wordsIn(part) >= wordsIn(title))
  )
    return `the heading ${quoted} is taken; the page calls itself "${shortened(inTitle, maxQuotedCharacters)}"`
  const own = specific.length > 0 ? undefined : ownHeadingOf(facts.page, element)
  return own === undefined
    ? undefined
    : `the heading ${quoted} is taken; the article begins with the heading "${shortened(own, maxQuotedCharacters)}"`
}

const maxShortWords = 2

const wordsIn = (text: string): number => text.match(/[\p{L}\p{N}]+/gu)?.length ?? 0

/** Tells whether a title is the name of a file, or one that programs give a document without a title. */
const isOfProgram = (title: string): boolean => ofProgram.test(title) || fileName.test(title)

const ofProgram =
  /^(?:(?:untitled|no title|new page|index|home ?page|document|page)(?: document| page)?(?: ?\d{1,4})?|(?:document|page|nouvelle page|new page) (?:sans titre|sans nom|1)|sans[ -]titre(?: \d{1,4})?|unbenannt(?:es dokument|e seite)?(?: \d{1,4})?|(?:documento |página )?(?:sin|sem) título(?: \d{1,4})?|microsoft word - .*|print(?:ing)?|impression)$/iu
const fileName = /^\S{1,200}\.(?:docx?|odt|rtf|pdf|html?|txt|indd|qxd|pub|php|aspx?)$/i
