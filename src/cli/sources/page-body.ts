import { endsSentence, fold, isDateLine, isFurniture, isNotice } from '../../ingest/furniture.ts'
import { parsePageDates } from '../../ingest/page-dates.ts'
import { type Element, type Line, linesOf, type Node, type Page } from './page-dom.ts'
import { keyOf } from './page-facts.ts'

/** Parts of a page whose class or role says that they are not the text of the article. */
const furnitureParts = [
  ...[
    'share',
    'sharing',
    'social',
    'newsletter',
    'related',
    'recommend',
    'breadcrumb',
    'cookie',
    'consent',
    'advert',
    'promo',
  ],
  ...[
    'subscribe',
    'comment',
    'tag-list',
    'taglist',
    'author-bio',
    'author-box',
    'authorbox',
    'about-author',
    'read-more',
    'readmore',
  ],
  ...['more-on', 'toolbar', 'pagination', 'skip-link', 'credit', 'copyright', 'outbrain', 'taboola'],
]
  .map((name) => `[class*="${name}" i]`)
  .concat([
    'nav',
    'form',
    'dialog',
    '[role="navigation"]',
    '[role="search"]',
    '[role="dialog"]',
    '[id*="comment" i]',
    '[id*="related" i]',
  ])
  .join(', ')

/** The part of a page's text that furniture has at most; a larger part is more than furniture. */
const maxShareOfCharacters = 0.2

/**
 * Removes the parts of a page that are known not to belong to the text of an article. A part with the headline or with much of
 * the page's text stays, whatever its name is.
 */
export function removeFurniture(page: Page, headline: Element | undefined): void {
  const all = page.querySelector('body')?.textContent.length ?? 0
  for (const part of page.querySelectorAll(furnitureParts)) {
    const isRoot = /^(?:html|body|main|article)$/.test(part.localName)
    const isLarge = part.textContent.length > maxShareOfCharacters * all
    if (!isRoot && !isLarge && !(headline && part.contains(headline))) part.remove()
  }
}

/** The length from which a line counts as a paragraph, with a full stop at its end. */
const minProseCharacters = 80

/**
 * Removes from the body of an article what pages repeat around it: at the beginning and the end the title, the byline and the date; anywhere
 * buttons and links to other articles; at the end notices and everything from the first button on. `names` are the article's authors.
 */
export function tidyBody(body: Element, title: string, names: readonly string[]): void {
  const lines = linesOf(body)
  const first = lines.findIndex(isProse)
  const last = lines.findLastIndex(isProse)
  const isAround = (line: Line) => isRepeated(line.text, title, names) || isDateLine(line.text)
  const end = lines.findIndex(({ text }, at) => at > last && isFurniture(text))
  lines.forEach((line, at) => {
    const goes =
      isFurniture(line.text) ||
      ((at < first || (at > last && last !== -1)) && isAround(line)) ||
      (at > last && last !== -1 && isNotice(line.text)) ||
      (end !== -1 && at >= end && last !== -1) ||
      (at > first && isLinkAlone(line))
    if (goes) for (const node of line.nodes) node.remove()
  })
  removeEmpty(body)
}

const isProse = ({ text, nodes }: Line): boolean =>
  text.length >= minProseCharacters && endsSentence(text) && linkedCharacters(nodes) * 2 < text.length

/** Tells whether a line consists of the title, or of names, dates and labels that the article's fields hold. */
function isRepeated(text: string, title: string, names: readonly string[]): boolean {
  if (fold(text) === fold(title)) return true
  if (text.length > 200) return false
  let others = parsePageDates(text).rest
  for (const name of names) others = others.replaceAll(name, '')
  return keyOf(others).length <= 5 || isDateLine(others.trim())
}

/** Tells whether a paragraph or item of a list is nothing but a link to another page, as links to further articles are. */
function isLinkAlone({ text, element, nodes }: Line): boolean {
  if (!/^(?:p|div|li|h[2-6])$/.test(element.localName) || endsSentence(text)) return false
  return linkedCharacters(nodes) >= text.length
}

function linkedCharacters(nodes: Line['nodes']): number {
  let count = 0
  for (const node of nodes) {
    if (node.nodeType !== 1) continue
    const element = node as Element
    const links = element.localName === 'a' ? [element] : element.querySelectorAll('a')
    for (const link of links) count += link.textContent.replace(/\s+/g, ' ').trim().length
  }
  return count
}

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
