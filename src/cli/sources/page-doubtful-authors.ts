import { shortened } from '../../domain/text.ts'
import { parseName, wordsOf } from '../../ingest/byline.ts'
import { isNavigation } from '../../ingest/furniture.ts'
import { resemblesByline } from '../../ingest/unread-byline.ts'
import { isNewsroom, type PageCredits } from './page-bylines.ts'
import { textIn } from './page-data.ts'
import { isSiteName, keyOf, type PageFacts } from './page-facts.ts'
import type { HeadLines } from './page-parts.ts'

/** Programs that write their own name where a page has no author, in the form of `keyOf`. */
const programs = new Set(
  'wordpress joomla drupal typo3 wix squarespace blogger ghost contao webflow jimdo shopify hubspot'.split(
    ' ',
  ),
)

/** Tells whether the metadata names, in place of an author, a section of the paper or the program that wrote the page. */
export function isSectionOrProgram({ metas, data }: PageFacts, name: string): boolean {
  const key = keyOf(name)
  const generators = (metas.get('generator') ?? []).map(keyOf)
  const sections = [...(metas.get('article:section') ?? []), textIn(data.article, 'articleSection') ?? '']
  return (
    key !== '' &&
    (programs.has(key) ||
      generators.some((generator) => generator.startsWith(key)) ||
      sections.some((section) => keyOf(section) === key) ||
      (wordsOf(name).length <= 2 && isNavigation(name)))
  )
}

/** Returns the warnings about authors of a page that may be nobody, and about names that were not taken. */
export function warningsAboutAuthors(
  facts: PageFacts,
  credits: PageCredits | undefined,
  lines: HeadLines,
  named: readonly string[],
): string[] {
  const quoted = (text: string) => `"${shortened(text, 80)}"`
  if (!credits) {
    const unread = unreadBylineOf(facts, lines, named)
    if (unread !== undefined)
      return [`authors: none is taken from the line ${quoted(unread)}, because it was not understood`]
    const stated = facts.metas.get('author')?.find((name) => isSectionOrProgram(facts, name))
    if (stated === undefined) return []
    return [`authors: ${quoted(stated)} in the metadata names a section or a program, and is not taken`]
  }
  const odd = credits.authors.find((name) => !isLikePerson(name))
  return [
    ...(credits.guess === undefined ? [] : [`authors: ${credits.guess}`]),
    ...(odd === undefined || credits.guess !== undefined
      ? []
      : [`authors: ${quoted(odd)} may be no name of a person`]),
    ...(credits.behindComma ?? []).map(
      (name) => `authors: ${quoted(name)} behind a comma is taken for another author`,
    ),
    ...(credits.doubtful ?? []).map(
      (name) => `authors: ${quoted(name)} behind a comma may be another author, and is not taken`,
    ),
  ]
}

/** Tells whether a name is written like that of a person or of a desk. */
const isLikePerson = (name: string): boolean =>
  isNewsroom(name) || parseName(name)?.authors.join() === name || /^\p{Lu}[\p{Ll}'’-]+$/u.test(name)

/**
 * The line near the headline that seems to be a byline, such as `Par K3`, or the text of an element named for one; for a page without
 * authors, because it was not understood then. A line that names the site itself is understood.
 */
function unreadBylineOf(facts: PageFacts, { near }: HeadLines, named: readonly string[]): string | undefined {
  const isNamed = (text: string) =>
    text.length <= maxUnreadCharacters && /\p{L}/u.test(text) && !isSiteName(facts, text)
  return (
    near.slice(1).find((line) => {
      const text = line.replace(startOfByline, '')
      return line.length <= maxUnreadCharacters && (text !== line || resemblesByline(line)) && isNamed(text)
    }) ?? named.find((text) => isNamed(text) && /\p{Lu}\p{Ll}+\s+\p{Lu}\p{Ll}/u.test(text))
  )
}

const startOfByline =
  /^(?:[Pp]ar|[Bb]y|[Vv]on|[Pp]or|PAR|BY|VON|POR|Written by|Texte? (?:de|von))(?:\s*:\s*|\s+)(?=[\p{Lu}\d"«„@])/u
const maxUnreadCharacters = 120
