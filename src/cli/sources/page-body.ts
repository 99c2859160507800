import { markSubheadings } from '../../ingest/capture-page.ts'
import {
  endsSentence,
  fold,
  isAdvertisement,
  isDateLine,
  isFurniture,
  isNetworkName,
} from '../../ingest/furniture.ts'
import { kindOfLine } from '../../ingest/main-text.ts'
import { isNotice } from '../../ingest/notices.ts'
import { parsePageDates } from '../../ingest/page-dates.ts'
import { type Element, type Line, linesOf, type Node, type Page } from './page-dom.ts'
import { keyOf } from './page-facts.ts'

/** Words of a class or id that say that a part of a page is not the text of the article. Such a part often holds prose of its own. */
const otherTexts = phrasesOf(
  'newsletter related relatedposts recommend recommended recommendations cookie cookies consent advert adverts advertisement ' +
    'subscribe comment comments commentlist kommentare author-bio author-box authorbox about-author author-info author-card ' +
    'author-description author-profile author-avatar disclaimer disclosure affiliate relatedlinks relatedcontent more-on ' +
    'rec-posts saboxplugin outbrain taboola',
)

/** Words of a class or id of a part that holds buttons and links; with prose, it is more than that. */
const buttonTexts = phrasesOf(
  'share shares sharing sharedaddy social socials breadcrumb breadcrumbs promo promos tag-list taglist read-more readmore toolbar ' +
    'pagination skip-link credit credits copyright tag-links postmetadata post-ratings ratings rating submenu sub-menu ' +
    'menu crumb crumbs kommentar entry-utility wishlist',
)

/** Words that a class or id may have beside these: they say what kind of box it is, where it is, or of what. */
const boxWords = new Set(
  (
    'area article articles banner bar block body bottom box btn button buttons card cards container content count entry feed fixed footer ' +
    'form group header headline heading icon icons image inline inner item items left link links list main media menu module nav ' +
    'network networks news outer overlay page panel photo picture popup post posts promo row response respond right section sidebar ' +
    'signup single site sticky stories story teaser text thread title tool tools top view widget widgets wrap wrapper'
  ).split(' '),
)
const maxPrefixCharacters = 4
const maxTokenCharacters = 100

function phrasesOf(names: string): ReadonlySet<string> {
  return new Set(names.split(' '))
}

const elsewhere = 'nav, form, dialog, [role="navigation"], [role="search"], [role="dialog"]'

/** Tells whether a class or id consists of one of the names and of words that name boxes: `comments`, `article-share-buttons`. */
function isNamed(token: string, names: ReadonlySet<string>): boolean {
  if (token.length > maxTokenCharacters) return false
  const words = token
    .replace(/([a-z])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z\d]+/)
    .filter(Boolean)
  const rest = words.filter((word, at) => {
    const isName =
      names.has(word) || names.has(`${word}-${words[at + 1]}`) || names.has(`${words[at - 1]}-${word}`)
    // The first word may be the prefix of a theme: `td-share`.
    const isPrefix = at === 0 && word.length <= maxPrefixCharacters && words.length > 1
    return !isName && !isPrefix && !boxWords.has(word) && !/^\d+$/.test(word)
  })
  const hasName = words.some((word, at) => names.has(word) || names.has(`${word}-${words[at + 1]}`))
  return hasName && rest.length === 0
}

/** The part of a page's text that furniture has at most; a larger part is more than furniture. */
const maxShareOfCharacters = 0.2

/**
 * Removes the parts of a page that are known not to belong to the text of an article. A heading, a part with the headline and a
 * part with much of the page's text stay, whatever their names are; a paragraph stays unless its class names another text. Prose in
 * a part that stays although its name resembles furniture loses this name, because Readability would remove it for the name.
 */
export function removeFurniture(page: Page, headline: Element | undefined): void {
  const all = page.querySelector('body')?.textContent.length ?? 0
  const withProse = elementsWithProse(page)
  for (const part of page.querySelectorAll(`[class], [id], ${elsewhere}`)) {
    if (/^(?:html|body|main|article)$/.test(part.localName)) continue
    const isParagraph = /^(?:p|h[1-6])$/.test(part.localName)
    // A part within one that was removed already.
    if (!part.closest('body')) continue
    if (part.localName === 'p' && isOtherParagraph(part)) part.remove()
    else if (!isParagraph && isFurnitureBox(part, withProse)) {
      const isLarge = part.textContent.length > maxShareOfCharacters * all
      if (isLarge || (headline && part.contains(headline))) continue
      part.remove()
    } else if (resembling.test(namesOf(part)) && (isParagraph || withProse.has(part))) {
      for (const name of ['class', 'id']) part.removeAttribute(name)
    }
  }
}

/** All elements of a page that contain a line of prose; found once, because to look into each part takes too long. */
export function elementsWithProse(page: Page): ReadonlySet<Element> {
  const found = new Set<Element>()
  const body = page.querySelector('body')
  for (const line of body ? linesOf(body).filter(isProse) : [])
    for (let one: Element | null = line.element; one && !found.has(one); one = one.parentElement)
      found.add(one)
  return found
}

/** Tells whether the class of a paragraph says that it is another text; an id such as `comment` may be the target of a link. */
const isOtherParagraph = (paragraph: Element): boolean =>
  (paragraph.getAttribute('class') ?? '').split(/\s+/).some((token) => isNamed(token, otherTexts))

const resembling = /share|social|newsletter|related|promo|comment(?!s\b)|credit/i

const namesOf = (part: Element): string =>
  `${part.getAttribute('class') ?? ''} ${part.getAttribute('id') ?? ''}`

export function isFurnitureBox(part: Element, withProse: ReadonlySet<Element>): boolean {
  if (part.matches(elsewhere) || isOtherText(part)) return true
  return !withProse.has(part) && tokensOf(part).some((token) => isNamed(token, buttonTexts))
}

/** Tells whether a class or id of a part says that it holds another text than the article. */
export const isOtherText = (part: Element): boolean =>
  tokensOf(part).some((token) => isNamed(token, otherTexts))

const tokensOf = (part: Element): string[] => namesOf(part).split(/\s+/).filter(Boolean)

/** The length from which a line counts as a paragraph, with a full stop at its end. */
export const minProseCharacters = 80

/**
 * Removes from the body of an article what pages repeat around it: at the beginning and the end the title, the byline and the date;
 * anywhere buttons and links to other articles, also behind a label such as `Lire aussi :`; at the end notices, headings with nothing below
 * them, and everything from the first button on below which no sentence stands.
 * A label of a page that is a subheading, or an item or cell among others, stays, and so do dates with text below them. `names` are
 * the article's authors, `url` is the page's address.
 */
export function tidyBody(
  body: Element,
  title: string,
  names: readonly string[],
  url: string | undefined,
): void {
  const lines = linesOf(body)
  const first = lines.findIndex(isProse)
  const last = lines.findLastIndex(isProse)
  const isOfText = textLabelTest(lines)
  const isAround = ({ text, element }: Line, at: number) =>
    !element.closest(ownTexts) &&
    (isRepeated(text, title, names) || isDateLine(text)) &&
    !isEntry(lines, at, first)
  const lastSentence = Math.max(last, lines.findLastIndex(isSentence))
  const end = lines.findIndex(
    ({ text }, at) => at > lastSentence && isFurniture(text) && !isAdvertisement(text),
  )
  const isLinkAlone = linkTest(url)
  lines.forEach((line, at) => {
    const goes =
      (isFurniture(line.text) && !isOfText(line, at)) ||
      ((at < first || (at > last && last !== -1)) && isAround(line, at)) ||
      (at > last && last !== -1 && isNotice(line.text)) ||
      (end !== -1 && at >= end && last !== -1) ||
      (at > first && isLinkAlone(line))
    if (goes) for (const node of line.nodes) node.remove()
  })
  removeHeadingsAtEnd(body)
}

/** Tells whether a line below the first paragraph is the date of an entry, as in an agenda: text stands directly below it. */
function isEntry(lines: readonly Line[], at: number, first: number): boolean {
  const [line, next] = [lines[at], lines[at + 1]]
  if (!line || !next || at < first || !isDateLine(line.text) || /\p{L}{3,}.*:/u.test(line.text)) return false
  return isSentence(next) || (/^h[2-6]$/.test(line.element.localName) && !isFurniture(next.text))
}

/**
 * Returns the test whether a label of a page belongs to the text: it is a subheading, by the same rule as in captures, or the only
 * line of an item or cell, and others of the list or row are no furniture.
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
  return ({ element }, at) => {
    if (marked[at] !== kinds[at]) return true
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

const isProse = ({ text, nodes }: Line): boolean =>
  text.length >= minProseCharacters && endsSentence(text) && linkedCharacters(nodes) * 2 < text.length

/** Elements whose short lines belong to the text of the article. */
const ownTexts = 'table, li, dl, pre, blockquote'

const isSentence = ({ text, nodes }: Line): boolean =>
  endsSentence(text) && !isFurniture(text) && !isNotice(text) && linkedCharacters(nodes) * 2 < text.length

/** Tells whether a line consists of the title, or of names, dates and labels that the article's fields hold. */
export function isRepeated(text: string, title: string, names: readonly string[]): boolean {
  if (fold(text) === fold(title)) return true
  if (text.length > 200) return false
  let others = parsePageDates(text).rest
  for (const name of names) others = others.replaceAll(name, '')
  if (keyOf(others) === keyOf(text)) return false
  return keyOf(others).length <= 5 || isDateLine(others.trim())
}

/**
 * Returns the test whether a paragraph or item of a list is nothing but a link to another page, as links to further articles are.
 * A list of links to other sites belongs to the article, unless they are the buttons of networks.
 */
function linkTest(url: string | undefined): (line: Line) => boolean {
  const listsAway = new Map<Element, boolean>()
  const isAway = (list: Element): boolean => {
    const known = listsAway.get(list) ?? [...list.querySelectorAll('a')].every((link) => leadsAway(link, url))
    listsAway.set(list, known)
    return known
  }
  return ({ text, element, nodes }) => {
    if (!/^(?:p|div|li|h[2-6])$/.test(element.localName) || endsSentence(text)) return false
    const lead = leadOf(nodes, text, url)
    if (linkedCharacters(nodes) < text.length - lead || element.closest('blockquote')) return false
    const list = element.closest('ul, ol')
    return !list || isNetworkName(text) || !isAway(list)
  }
}

/** The number of characters of a label such as `Lire aussi :` before links to the same site. */
function leadOf(nodes: Line['nodes'], text: string, url: string | undefined): number {
  const lead = /^\p{Lu}[\p{L} ]{1,24}\s?:\s/u.exec(text)?.[0].length ?? 0
  return lead > 0 && linksIn(nodes).some((link) => leadsAway(link, url)) ? 0 : lead
}

/** Tells whether a link leads to another host than the page's own; a page without an address has relative links only. */
function leadsAway(link: Element, url: string | undefined): boolean {
  const address = link.getAttribute('href') ?? ''
  return /^https?:/i.test(address) && URL.parse(address)?.host !== (url && new URL(url).host)
}

export function linkedCharacters(nodes: Line['nodes']): number {
  const texts = linksIn(nodes).map((link) => link.textContent.replace(/\s+/g, ' ').trim())
  return texts.reduce((sum, text) => sum + text.length, 0)
}

const linksIn = (nodes: Line['nodes']): Element[] =>
  nodes
    .filter((node) => node.nodeType === 1)
    .flatMap((node) =>
      (node as Element).localName === 'a' ? [node as Element] : [...(node as Element).querySelectorAll('a')],
    )

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
