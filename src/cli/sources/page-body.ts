import { markSubheadings } from '../../ingest/capture-page.ts'
import {
  endsSentence,
  fold,
  isAdvertisement,
  isDateLine,
  isFurniture,
  isLink,
  kindOfLabel,
} from '../../ingest/furniture.ts'
import { kindOfLine } from '../../ingest/main-text.ts'
import { isNotice } from '../../ingest/notices.ts'
import { isBareCredit, isCreditedCaption, withoutCredit } from './page-credits.ts'
import { type Element, type Line, linesOf, type Node, textOf } from './page-dom.ts'
import { relatedLinkTest } from './page-links.ts'
import { isProse, linkedCharacters } from './page-prose.ts'
import { isRepeated, isTimeLabel, type ShownFields } from './page-repeats.ts'

/**
 * Removes from the body of an article what pages repeat around it: at the beginning and the end the title, the byline and the
 * date, as far as they are those of the fields (`isRepeated`); anywhere photo credits, buttons and links to other articles, also
 * behind a label such as `Lire aussi :`; at the end notices, headings with nothing below them, and everything from the first button
 * on below which no sentence stands. A label of a page that is a subheading, or an item or cell among others, stays, and so do dates
 * with text below them. `url` is the page's address.
 */
export function tidyBody(body: Element, fields: ShownFields, url: string | undefined): void {
  removeHeadline(body, fields.title)
  const lines = linesOf(body)
  const first = lines.findIndex(isProse)
  const last = lines.findLastIndex(isProse)
  const isOfText = textLabelTest(lines)
  const isAround = ({ text, element }: Line, at: number) =>
    !element.closest(ownTexts) &&
    (isRepeated(text, fields) || isTimeLabel(text)) &&
    !isEntry(lines, at, first)
  const lastSentence = Math.max(last, lines.findLastIndex(isSentence))
  const end = lines.findIndex(
    ({ text }, at) => at > lastSentence && isPageFurniture(text) && !isAdvertisement(text),
  )
  const isLinkAlone = relatedLinkTest(lines, url)
  lines.forEach((line, at) => {
    const goes =
      isCreditedCaption(line.text) ||
      (isPageFurniture(line.text) && !isOfText(line, at)) ||
      ((at < first || (at > last && last !== -1)) && isAround(line, at)) ||
      (at > last && last !== -1 && isNotice(line.text)) ||
      (end !== -1 && at >= end && last !== -1) ||
      (at > first && isLinkAlone(line))
    if (goes) for (const node of line.nodes) node.remove()
    else if (!isOfText(line, at)) removeEnd(line.nodes, line.text.slice(withoutCredit(line).length))
  })
  removeHeadingsAtEnd(body)
}

/** Removes the heading that repeats the title at the beginning of the body; line breaks may divide it. */
function removeHeadline(body: Element, title: string): void {
  const heading = body.querySelector('h1, h2')
  if (heading && linesOf(heading).length > 1 && fold(textOf(heading)) === fold(title)) heading.remove()
}

/** Tells whether a line is a button, a link to another article or a photo credit, and nothing else. */
const isPageFurniture = (text: string): boolean =>
  kindOfLabel(text) !== undefined || isLink(text) || isBareCredit(text)

/** Removes a text from the end of the nodes that contain it; spaces do not count. */
function removeEnd(nodes: readonly Node[], text: string): void {
  let left = text.replace(/\s/g, '').length
  const visit = (node: Node): void => {
    if (left === 0) return
    if (node.nodeType !== 3) {
      if (node.nodeType === 1) for (const child of [...(node as Element).childNodes].reverse()) visit(child)
      return
    }
    const characters = node.textContent
    let end = characters.length
    while (end > 0 && left > 0) {
      end -= 1
      if (!/[\s\u00ad]/.test(characters.charAt(end))) left -= 1
    }
    node.textContent = characters.slice(0, end)
  }
  for (const node of nodes.toReversed()) visit(node)
}

/** Tells whether a line below the first paragraph is the date of an entry, as in an agenda: text stands directly below it. */
function isEntry(lines: readonly Line[], at: number, first: number): boolean {
  const [line, next] = [lines[at], lines[at + 1]]
  if (!line || !next || at < first || !isDateLine(line.text) || /\p{L}{3,}.*:/u.test(line.text)) return false
  return isSentence(next) || (/^h[2-6]$/.test(line.element.localName) && !isFurniture(next.text))
}

/**
 * Returns the test whether a label of a page belongs to the text: it is a subheading, by the same rule as in captures, or a heading
 * element directly above prose, or the only line of an item or cell, and others of the list or row are no furniture.
 */
function textLabelTest(lines: readonly Line[]): (line: Line, at: number) => boolean {
  const texts = lines.map(({ text }) => text)
  const kinds = texts.map(kindOfLine)
  const marked = [...kinds]
  markSubheadings(texts, marked, [...marked.keys()])
  const linesIn = Map.groupBy(lines, ({ element }) => element.closest(items))
  const groups = new Set<Element | null | undefined>()
  for (const { text, element } of lines)
    if (!isFurniture(text)) groups.add(element.closest(items)?.closest(itemGroups))
  const isHeadingOfProse = ({ element }: Line, at: number): boolean => {
    const [kind, next] = [kinds[at], lines[at + 1]]
    const isLabel = kind === 'furniture' || kind === 'advertisement'
    return isLabel && /^h[2-6]$/.test(element.localName) && next !== undefined && isProse(next)
  }
  return (line, at) => {
    const { element } = line
    if (marked[at] !== kinds[at] || isHeadingOfProse(line, at)) return true
    const item = element.closest(items)
    return item !== null && linesIn.get(item)?.length === 1 && groups.has(item.closest(itemGroups))
  }
}

const items = 'li, td, th, dt, dd'
const itemGroups = 'ul, ol, tr, dl'

/**
 * Removes the headings at the end of a body: what stood below them was no text of the article. A line that ends with a colon is a
 * heading too.
 */
function removeHeadingsAtEnd(body: Element): void {
  const elements = [...body.querySelectorAll('*')]
  const order = new Map(elements.map((element, at) => [element, at]))
  const lastMedia = elements.findLastIndex((element) => element.matches(media))
  const lines = linesOf(body)
  for (let line = lines.pop(); line && isHeading(line); line = lines.pop()) {
    // A heading above a picture or a map stays.
    if ((order.get(line.element) ?? 0) < lastMedia) break
    for (const node of line.nodes) node.remove()
  }
  removeEmpty(body)
}

const isHeading = ({ text, element }: Line): boolean =>
  text.length <= maxHeadingCharacters &&
  !endsSentence(text) &&
  !element.closest(ownTexts) &&
  (/^h[2-6]$/.test(element.localName) || text.endsWith(':'))

const maxHeadingCharacters = 80

/** Elements whose short lines belong to the text of the article. */
const ownTexts = 'table, li, dl, pre, blockquote'

const isSentence = ({ text, nodes }: Line): boolean =>
  endsSentence(text) && !isFurniture(text) && !isNotice(text) && linkedCharacters(nodes) * 2 < text.length

/** Elements that are nothing without their text. */
const containers = new Set('p li ul ol dl div section header blockquote h1 h2 h3 h4 h5 h6'.split(' '))
const media = 'img, picture, video, audio, iframe, table'

/** Removes the containers without text and media in an element. */
function removeEmpty(element: Element): void {
  for (const child of [...element.children]) {
    removeEmpty(child)
    if (!containers.has(child.localName) || hasText(child) || child.querySelector(media)) continue
    child.remove()
  }
}

const hasText = (node: Node): boolean =>
  node.nodeType === 3
    ? node.textContent.trim() !== ''
    : node.nodeType === 1 && [...(node as Element).childNodes].some(hasText)
