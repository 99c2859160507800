import { shortened } from '../../domain/text.ts'
import { isFurniture, isLink } from '../../ingest/furniture.ts'
import { isBareCredit, isRightsNotice } from './page-credits.ts'
import type { Element, Line } from './page-dom.ts'
import { isOtherRole } from './page-other-people.ts'
import { isLinkOnly, isProse, linkedCharacters, linksIn } from './page-prose.ts'
import { isPageLabel, isRepeated } from './page-repeats.ts'
import {
  chainOf,
  closestAround,
  isText,
  isWithin,
  keptTest,
  type PageLines,
  type ReadParts,
} from './page-rest.ts'
import { charactersOf, minRunCharacters } from './page-runs.ts'

/** What was left out of the article's part of a page, in the order of the page. */
interface LeftOut {
  readonly lines: readonly string[]
  /** How many of the lines are nothing but links. */
  readonly links: number
}

/**
 * Returns the lines of the article's part of a page that are neither in its body nor in a field. The part is the closest element
 * around the headline and the paragraphs of the body. Short lines and links count from the headline on if they stand beside or
 * between the paragraphs, and so do the lines of boxes of buttons, and the sentences of menus, between paragraphs. No exact labels of
 * pages, photo credits, notices on rights, labelled links to other articles and links to places of the same page count, and
 * below the text no footer of the page and no boxes named for other texts.
 */
function leftOutOf(before: PageLines, parts: ReadParts): LeftOut {
  const { lines, parents, others, boxed } = before
  const { headline } = parts
  const isKept = keptTest(parts)
  const known = lines.filter((line) => !boxed.has(line.element) && isKept(line))
  const kept = known.filter(isText)
  const part = closestAround(
    [...(headline ? [headline] : []), ...kept.map(({ element }) => element)],
    parents,
  )
  const last = kept.findLast(({ element }) => !others.has(element)) ?? kept.at(-1)
  const end = last ? lines.indexOf(last) : -1
  const start = headline ? lines.findLastIndex(({ element }) => isWithin(element, headline, parents)) : -1
  const spans = spansOf(lines, kept, known, parents)
  const classes = new Set(kept.filter(({ element }) => others.has(element)).map(classOf))
  const isOther = (line: Line) => others.has(line.element) && !classes.has(classOf(line))
  const isLeftOut = (line: Line, at: number): boolean => {
    const { text, element } = line
    if (!part || !/[\p{L}\p{N}]/u.test(text) || isKept(line)) return false
    const chain = chainOf(element, parents)
    if (!chain.includes(part) || (headline && chain.includes(headline))) return false
    if (isPageLabel(text) || isBareCredit(text) || isRightsNotice(text)) return false
    if (at > end && isOther(line)) return false
    const isBetween = chain.some((one) => {
      const span = spans.get(one)
      return span !== undefined && span.first < at && at < span.last
    })
    const isBeside = isBetween || spans.has(containerOf(chain))
    const counts = boxed.has(element)
      ? isBetween && !isFurniture(text) && !isLinkOnly(line)
      : isText(line) || isOtherRole(text) || (isBeside && at >= start && !isOfPage(line))
    return counts && !isRepeated(text, parts)
  }
  const found = lines.filter(isLeftOut)
  return { lines: found.map(({ text }) => text), links: found.filter(isLinkOnly).length }
}

/** The name of the box that a line stands in; the article may use such a name for its own parts. */
const classOf = ({ element }: Line): string => element.closest('[class]')?.getAttribute('class') ?? ''

/** Returns the warning about what was left out of the article's part of a page (`leftOutOf`); undefined if nothing was. */
export function leftOutWarning(before: PageLines, parts: ReadParts): string | undefined {
  const { lines, links } = leftOutOf(before, parts)
  if (lines.length === 0) return undefined
  const counts = [counted(lines.length - links, 'line'), counted(links, 'link')].filter((one) => one !== '')
  return `html: ${counts.join(' and ')} inside the article left out, first "${shortened(lines[0] ?? '', 80)}"`
}

const counted = (count: number, noun: string): string =>
  count === 0 ? '' : count === 1 ? `1 ${noun}` : `${count} ${noun}s`

/** The numbers of the first and last paragraph in an element. */
interface Span {
  first: number
  last: number
}

/**
 * Returns the elements around the paragraphs that were kept (`kept`), and around many short lines (of `known`, which are all that
 * were kept). Without long paragraphs, all sentences count.
 */
function spansOf(
  lines: readonly Line[],
  kept: readonly Line[],
  known: readonly Line[],
  parents: ReadonlyMap<Element, Element>,
): ReadonlyMap<Element | undefined, Span> {
  const numbers = new Map(lines.map((line, at) => [line, at]))
  const long = kept.filter(isProse)
  const spans = new Map<Element | undefined, Span>()
  const container = (line: Line) => containerOf(chainOf(line.element, parents))
  const lists = [...Map.groupBy(known, container)].filter(
    ([, list]) => list.length >= minListLines && charactersOf(list) >= minRunCharacters,
  )
  for (const line of [...(long.length > 0 ? long : kept), ...lists.flatMap(([, list]) => list)]) {
    const at = numbers.get(line) ?? 0
    const { first, last } = spans.get(container(line)) ?? { first: at, last: at }
    spans.set(container(line), { first: Math.min(first, at), last: Math.max(last, at) })
  }
  return spans
}

const minListLines = 5

/** The closest element of a chain that may contain several paragraphs. */
const containerOf = (chain: readonly Element[]): Element | undefined =>
  chain.find(({ localName }) => !blocks.has(localName))

const blocks = new Set(
  (
    'p h1 h2 h3 h4 h5 h6 li ul ol dl dt dd table tbody thead tfoot tr td th blockquote pre figure figcaption ' +
    'center strong em b i span font'
  ).split(' '),
)

/** Tells whether a line is a labelled link to another article, or nothing but links to places of the same page. */
function isOfPage({ text, nodes }: Line): boolean {
  const others = text.length - linkedCharacters(nodes)
  if (isLink(text) && others < text.length && others <= maxLabelCharacters) return true
  return (
    isLinkOnly({ text, nodes }) &&
    linksIn(nodes).every((link) => link.getAttribute('href')?.startsWith('#') === true)
  )
}

const maxLabelCharacters = 30
