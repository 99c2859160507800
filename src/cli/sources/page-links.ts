import { endsSentence, isFurniture, isNetworkName } from '../../ingest/furniture.ts'
import type { Element, Line } from './page-dom.ts'
import { linkedCharacters, linksIn } from './page-prose.ts'

/**
 * Returns the test whether one of the lines of a body is nothing but a link to another page of the same site, as links to further
 * articles are. Links to other sites and to documents belong to the article, and so do lists behind a line that ends with a colon
 * and lists with an item that is no link; but not the buttons of networks. `url` is the page's own address.
 */
export function relatedLinkTest(lines: readonly Line[], url: string | undefined): (line: Line) => boolean {
  const own = new Set<Element>()
  const before = new Map<Element, Line | undefined>()
  let above: Line | undefined
  for (const line of lines) {
    const list = line.element.closest(lists)
    if (list && !before.has(list)) before.set(list, above)
    if (list && !isLinked(line, url)) own.add(list)
    if (!list) above = line
  }
  for (const [list, line] of before) if (line && isIntroduction(line)) own.add(list)
  return (line) => {
    const { text, element, nodes } = line
    if (!/^(?:p|div|li|h[2-6])$/.test(element.localName) || endsSentence(text)) return false
    if (!isLinked(line, url) || element.closest('blockquote')) return false
    if (isNetworkName(text)) return true
    const list = element.closest(lists)
    return (
      !(list && own.has(list)) && !linksIn(nodes).every((link) => leadsAway(link, url) || isDocument(link))
    )
  }
}

const lists = 'ul, ol'

/** Tells whether a line is nothing but links, perhaps behind a label. */
const isLinked = ({ text, nodes }: Line, url: string | undefined): boolean =>
  linkedCharacters(nodes) >= text.length - leadOf(nodes, text, url)

/** Tells whether a line introduces a list: it ends with a colon and is no label such as `Lire aussi :`. */
const isIntroduction = ({ text, nodes }: Line): boolean =>
  text.endsWith(':') && !isFurniture(text) && linkedCharacters(nodes) === 0

/** The number of characters of a label such as `Lire aussi :` before links to the same site. */
function leadOf(nodes: Line['nodes'], text: string, url: string | undefined): number {
  const lead = /^\p{Lu}[\p{L} ]{1,24}\s?:\s/u.exec(text)?.[0].length ?? 0
  return lead > 0 && linksIn(nodes).some((link) => leadsAway(link, url)) ? 0 : lead
}

/** Tells whether a link leads to another host than the page's own; a page without an address has relative links only. */
function leadsAway(link: Element, url: string | undefined): boolean {
  const address = link.getAttribute('href') ?? ''
  if (address.startsWith('mailto:')) return true
  if (!/^https?:/i.test(address)) return false
  const host = URL.parse(address)?.host
  return host !== undefined && siteOf(host) !== (url && siteOf(new URL(url).host))
}

/** The part of a host that all hosts of a site share: `gazette.example` of `shop.gazette.example`. */
const siteOf = (host: string): string =>
  /[^.]+\.(?:(?:com?|org|net|gov|edu|ac|or|ne|gouv|gob)\.)?[^.]+$/.exec(host)?.[0] ?? host

/** Tells whether a link leads to a file that is no page. */
const isDocument = (link: Element): boolean =>
  /\.(?:pdf|docx?|odt|xlsx?|ods|pptx?|csv|zip|mp3|mp4|epub)(?:[?#]|$)/i.test(link.getAttribute('href') ?? '')
