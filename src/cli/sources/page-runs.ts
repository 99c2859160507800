import type { Element, Line } from './page-dom.ts'
import { isProse, linkedCharacters, minProseCharacters } from './page-prose.ts'
import { chainOf, type PageLines } from './page-rest.ts'

/** The paragraphs that stand in one element. */
export interface Run {
  /** The element around the paragraphs. */
  readonly element: Element
  readonly lines: readonly Line[]
  readonly characters: number
}

/** A shorter run of paragraphs is no article. */
export const minRunCharacters = 400

/**
 * Returns the longest run of paragraphs of a page, if it is long enough for an article. Boxes named for other texts, such as
 * comments, have no runs. A hidden part has one of sentences only, in the `article` or `main` with the headline, or in an
 * `articleBody`.
 */
export function longestRunOf(before: PageLines, headline: Element | undefined): Run | undefined {
  const { lines, all, parents, others, boxed } = before
  const visible = new Set(lines)
  const part = headline?.closest('article, main')
  const runs = new Map<Element, Line[]>()
  for (const line of all) {
    if (!isParagraph(line) || others.has(line.element) || boxed.has(line.element)) continue
    const element = line.element.localName === 'p' ? parents.get(line.element) : line.element
    if (!element) continue
    if (!visible.has(line) && !(isProse(line) && isOfArticle(element, part, parents))) continue
    const run = runs.get(element)
    if (run) run.push(line)
    else runs.set(element, [line])
  }
  let longest: Run | undefined
  for (const [element, paragraphs] of runs) {
    const characters = charactersOf(paragraphs)
    if (characters > (longest?.characters ?? minRunCharacters - 1))
      longest = { element, lines: paragraphs, characters }
  }
  return longest
}

const isOfArticle = (
  element: Element,
  part: Element | null | undefined,
  parents: ReadonlyMap<Element, Element>,
): boolean => chainOf(element, parents).some((one) => one === part || isNamedBody(one))

/** Tells whether microdata says that an element is the text of the article. */
export const isNamedBody = (element: Element): boolean =>
  /\barticleBody\b/.test(element.getAttribute('itemprop') ?? '')

/** Tells whether a line is long and not mostly links. */
export const isParagraph = ({ text, nodes }: Line): boolean =>
  text.length >= minProseCharacters && linkedCharacters(nodes) * 2 < text.length

/** Returns how many characters lines have together. */
export const charactersOf = (lines: readonly Line[]): number =>
  lines.reduce((sum, { text }) => sum + text.length, 0)
