import { wordsOf } from '../../ingest/byline.ts'
import { endsSentence, isFurniture } from '../../ingest/furniture.ts'
import { isNotice } from '../../ingest/notices.ts'
import { elementsWithProse, isFurnitureBox, isOtherText } from './page-boxes.ts'
import { withoutCredit } from './page-credits.ts'
import { type Element, type Line, linesOf, type Page, textOf } from './page-dom.ts'
import { keyOf } from './page-facts.ts'
import { isNamedForOthers } from './page-parts.ts'
import { linkedCharacters, minProseCharacters } from './page-prose.ts'
import { isRepeated, type ShownFields } from './page-repeats.ts'

/** The lines of a page before anything is taken out of it, and the element around each element. */
export interface PageLines {
  readonly lines: readonly Line[]
  /** The same with the lines of hidden parts, which readers of the page do not see. */
  readonly all: readonly Line[]
  readonly parents: ReadonlyMap<Element, Element>
  /** The elements of boxes whose name says that they hold another text, and of the footer of the page. */
  readonly others: ReadonlySet<Element>
  /** The elements of menus, of forms, and of boxes without prose whose name says that they hold buttons or another text. */
  readonly boxed: ReadonlySet<Element>
  /** The elements that contain prose. */
  readonly withProse: ReadonlySet<Element>
}

/** Parts into which readers write, or that lead to other pages. */
const unread = new Set('a button select textarea dialog iframe'.split(' '))
/** Parts of which only sentences may be text of the article. */
const menus = 'nav, form'

/** Notes the lines of a page that may be text of its article: all but those of hidden parts, and of menus and forms only the sentences. */
export function pageLinesOf(page: Page, headline: Element | undefined): PageLines {
  const body = page.querySelector('body')
  const parents = new Map<Element, Element>()
  const [others, boxed] = [new Set<Element>(), new Set<Element>()]
  const [outside, hidden, inMenus] = [new Set<Element>(), new Set<Element>(), new Set<Element>()]
  const withProse = elementsWithProse(page)
  if (!body) return { lines: [], all: [], parents, others, boxed, withProse }
  for (const element of body.querySelectorAll('*')) {
    const parent = element.parentElement
    if (!parent) continue
    parents.set(element, parent)
    const isPart = /^(?:main|article|p|h[1-6])$/.test(element.localName)
    // Some programs put the whole page into a form.
    const isMenu = element.matches(menus) && !(headline && element.contains(headline))
    const isBox = isMenu || (!isPart && !withProse.has(element) && isFurnitureBox(element, withProse))
    if (inMenus.has(parent) || isMenu) inMenus.add(element)
    if (outside.has(parent) || unread.has(element.localName)) outside.add(element)
    if (hidden.has(parent) || isHidden(element)) hidden.add(element)
    if (boxed.has(parent) || isBox) boxed.add(element)
    const isOther = isOtherText(element) || isBelowArticle(element, headline)
    if (others.has(parent) || (!isPart && isOther)) others.add(element)
  }
  const isRead = (line: Line) => !outside.has(line.element) && (!inMenus.has(line.element) || isText(line))
  const all = linesOf(body).filter(isRead)
  const lines = all.filter(({ element }) => !hidden.has(element))
  return { lines, all, parents, others, boxed, withProse }
}

/** Tells whether an element is the footer of the page, or named for other articles and outside of the `article` with the headline. */
function isBelowArticle(element: Element, headline: Element | undefined): boolean {
  if (element.localName === 'footer') return !element.closest('article, main')
  if (!isNamedForOthers(element)) return false
  return !headline || !(element.contains(headline) || headline.closest('article')?.contains(element))
}

/** Tells whether readers of the page do not see an element. */
export const isHidden = (element: Element): boolean =>
  element.getAttribute('hidden') !== null ||
  element.getAttribute('aria-hidden') === 'true' ||
  /display:\s?none/.test(element.getAttribute('style') ?? '')

/**
 * Makes the notes of an article parts of the text: a `footer`, or an `aside` with several sentences, that is nothing but sentences
 * and headings. Readability would leave them out for the name of the element.
 */
export function keepNotes(page: Page, headline: Element | undefined): void {
  const article = headline?.closest('article')
  if (!article) return
  for (const note of article.querySelectorAll('aside, footer')) {
    const lines = linesOf(note)
    const isNote = ({ text, element, nodes }: Line) =>
      linkedCharacters(nodes) * 2 < text.length &&
      !isFurniture(text) &&
      !isNotice(text) &&
      (endsSentence(text) || /^h[2-6]$/.test(element.localName))
    const needed = note.localName === 'aside' ? minAsideLines : 1
    const isLong = lines.filter(isText).length >= needed
    if (note.closest('article') !== article || !isLong || !lines.every(isNote)) continue
    const part = page.createElement('div')
    part.append(...note.childNodes)
    note.replaceWith(part)
  }
}

const minAsideLines = 2

/** What became of a page: its headline, the body, and the texts of the other fields. */
export interface ReadParts extends ShownFields {
  headline: Element | undefined
  body: Element
  summary: string | undefined
}

/**
 * Puts the sentences between the headline and the text, such as a standfirst, at the beginning of the body if they are not
 * in it.
 */
export function addStandfirst(page: Page, before: PageLines, parts: ReadParts): void {
  const { headline, body } = parts
  if (!headline) return
  const { parents, others, boxed } = before
  const lines = before.lines.filter(({ element }) => !boxed.has(element))
  const isKept = keptTest(parts)
  const start = lines.findLastIndex(({ element }) => isWithin(element, headline, parents))
  const end = lines.findIndex((line, at) => at > start && isText(line) && isKept(line))
  if (start === -1 || end === -1) return
  const part = closestAround([headline, (lines[end] as Line).element], parents)
  const added = lines
    .slice(start + 1, end)
    .filter(
      (line) =>
        (isText(line) || isSubtitle(line)) &&
        !isKept(line) &&
        !isFurniture(line.text) &&
        !isNotice(line.text) &&
        !isRepeated(line.text, parts) &&
        !others.has(line.element) &&
        part &&
        isWithin(line.element, part, parents) &&
        !chainOf(line.element, parents).some((one) => besideText.has(one.localName)),
    )
  if (added.length > maxStandfirstLines) return
  const paragraphs = added.map(({ text, nodes }) => {
    const paragraph = page.createElement('p')
    paragraph.append(...nodes.map((node) => node.cloneNode(true)))
    if (textOf(paragraph) !== text) paragraph.textContent = text
    return paragraph
  })
  const inner = body.firstElementChild ?? body
  inner.prepend(...paragraphs)
}

/** Tells whether a line is a heading of several words, as newspapers write one below the headline. */
const isSubtitle = ({ text, element, nodes }: Line): boolean =>
  /^h[2-4]$/.test(element.localName) &&
  wordsOf(text).length >= minSubtitleWords &&
  linkedCharacters(nodes) === 0

const maxStandfirstLines = 4
const minSubtitleWords = 5
const besideText = new Set('aside figure figcaption footer ul ol table dl'.split(' '))

/** Returns the test whether a line stands in the body, or is a field. */
export function keptTest({ body, title, summary = '' }: ReadParts): (line: Line) => boolean {
  const known = new Set([...linesOf(body).map(({ text }) => text), title, summary].map(keyOf))
  return (line) => known.has(keyOf(line.text)) || known.has(keyOf(withoutCredit(line)))
}

export const isText = ({ text, nodes }: Line): boolean =>
  (endsSentence(text) || text.length >= minProseCharacters) && linkedCharacters(nodes) * 2 < text.length

/** Returns the closest element around all elements. */
export function closestAround(
  elements: readonly Element[],
  parents: ReadonlyMap<Element, Element>,
): Element | undefined {
  const [first, ...others] = elements
  let around = first && chainOf(first, parents)
  for (const other of others) {
    const chain = new Set(chainOf(other, parents))
    around = around?.slice(around.findIndex((one) => chain.has(one)))
  }
  return around?.[0]
}

/** Returns an element and the elements around it, as they were before the page was changed. */
export function chainOf(element: Element, parents: ReadonlyMap<Element, Element>): Element[] {
  const chain: Element[] = []
  for (let one: Element | undefined = element; one; one = parents.get(one)) chain.push(one)
  return chain
}

export const isWithin = (element: Element, part: Element, parents: ReadonlyMap<Element, Element>): boolean =>
  chainOf(element, parents).includes(part)
