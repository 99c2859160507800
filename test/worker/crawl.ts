import { type Node, readXml } from '../render/read-xml.ts'

/**
 * The kind of place in which the crawl found an address: a header, a kind of document, or a kind of element in
 * a document.
 */
export type Place =
  | 'Link header'
  | '<link> of a page'
  | 'link of a page'
  | 'preview of a page'
  | 'atom:link'
  | 'RSS'
  | 'Atom'
  | 'JSON Feed'
  | 'content of an article'
  | 'other JSON'
  | 'OPML'
  | 'sitemap'
  | 'oEmbed'
  | 'robots.txt'

/** An address that a document contains, and the media type that the document announces for the address. */
export interface Advertised {
  place: Place
  url: string
  type?: string | undefined
}

const unescaped = (text: string): string =>
  text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')

/** The links in a `Link` header (RFC 8288). */
export const linksOfHeader = (field: string | null): (Advertised & { rel: string })[] =>
  [...(field ?? '').matchAll(/<([^>]*)>((?:; [a-z]+="[^"]*")*)/g)].map(([, url = '', parameters = '']) => ({
    place: 'Link header',
    url,
    rel: /; rel="([^"]*)"/.exec(parameters)?.[1] ?? '',
    type: /; type="([^"]*)"/.exec(parameters)?.[1],
  }))

/**
 * The links in a piece of HTML. The function finds only attributes in double quotes, which our renderers
 * always write.
 */
function linksOfHtml(html: string): Advertised[] {
  const found: Advertised[] = []
  for (const [, name = '', rest = ''] of html.matchAll(
    /<(a|area|link|img|script|iframe|form|source|meta)\b([^>]*)>/g,
  )) {
    const attributes = new Map(
      [...rest.matchAll(/([\w:-]+)="([^"]*)"/g)].map(([, key, value]) => [key, unescaped(value ?? '')]),
    )
    const isPreview =
      name === 'meta' && /^(?:og|twitter):(?:url|image)$/.test(attributes.get('property') ?? '')
    const url = isPreview
      ? attributes.get('content')
      : (attributes.get('href') ?? attributes.get('src') ?? attributes.get('action'))
    if (url === undefined) continue
    const place = isPreview ? 'preview of a page' : name === 'link' ? '<link> of a page' : 'link of a page'
    found.push({ place, url, type: attributes.get('type') })
  }
  return found
}

const inContent = (html: string): Advertised[] =>
  linksOfHtml(html).map(({ url }) => ({ place: 'content of an article', url }))

/** The names of the attributes whose value is an address that the crawl must follow. */
const linking = ['href', 'url', 'xmlUrl', 'htmlUrl']

/** Matches the names of the elements whose text is an address that the crawl must follow. */
const linkingElement = /(?:\}|_)(?:link|loc|icon|logo|uri|url)$/

/**
 * The names of the attributes and elements whose value only identifies something, even if this value is an
 * address of the site.
 */
const identifying = ['domain', 'scheme', 'id']

/**
 * Returns the addresses in an XML tree: the attributes and the texts of elements that are addresses, and the
 * links in the HTML of articles. Throws if another attribute or text is an address of the site and is not known
 * to be only an identifier. A new format therefore has no addresses that the crawl does not follow.
 */
function linksOfXml(root: Node, origin: string): Advertised[] {
  const atom = '{http://www.w3.org/2005/Atom}'
  const placeOf = ({ name }: Node): Place => {
    if (name.startsWith(atom)) return root.name.startsWith(atom) ? 'Atom' : 'atom:link'
    if (root.name === '{}rss') return 'RSS'
    if (root.name === '{}opml') return 'OPML'
    if (root.name.startsWith('{http://www.sitemaps.org/')) return 'sitemap'
    if (root.name === '{}oembed') return 'oEmbed'
    throw new Error(`No rule in test/worker/crawl.ts says which addresses a document ${root.name} contains`)
  }
  const found: Advertised[] = []
  const refuseAddress = (text: string, name: string): void => {
    const isAddress = text.trim() === origin || text.trim().startsWith(`${origin}/`)
    if (isAddress && !identifying.includes(name.slice(name.indexOf('}') + 1)))
      throw new Error(`No rule in test/worker/crawl.ts says whether the address in ${name} is a link`)
  }
  const visit = (node: Node): void => {
    const { attributes, text, name } = node
    for (const [key, url] of Object.entries(attributes)) {
      if (linking.includes(key)) found.push({ place: placeOf(node), url, type: attributes.type })
      else refuseAddress(url, key)
    }
    const isPermaLink = name.endsWith('}guid') && attributes.isPermaLink !== 'false'
    if (!isPermaLink && !linkingElement.test(name)) refuseAddress(text, name)
    else if (text.trim()) found.push({ place: placeOf(node), url: text.trim() })
    if (/\}(?:encoded|content|html)$/.test(name)) found.push(...inContent(text))
    node.children.forEach(visit)
  }
  visit(root)
  return found
}

/** The addresses in a JSON document: every text that is an address of the site, and the links in HTML texts. */
function linksOfJson(json: unknown, place: Place, origin: string): Advertised[] {
  if (typeof json === 'string')
    return json.startsWith(`${origin}/`) ? [{ place, url: json }] : inContent(json)
  if (typeof json !== 'object' || json === null) return []
  return Object.values(json).flatMap((value) => linksOfJson(value, place, origin))
}

/** All addresses in the headers and the body of an answer. */
export function advertisedIn(headers: Headers, text: string, origin: string): Advertised[] {
  const type = headers.get('Content-Type')?.split(';')[0] ?? ''
  const links: Advertised[] = linksOfHeader(headers.get('Link'))
  if (type === 'text/html') return [...links, ...linksOfHtml(text)]
  if (type === 'application/feed+json')
    return [...links, ...linksOfJson(JSON.parse(text), 'JSON Feed', origin)]
  if (/\bjson$/.test(type)) return [...links, ...linksOfJson(JSON.parse(text), 'other JSON', origin)]
  if (/\bxml$|opml$/.test(type)) return [...links, ...linksOfXml(readXml(text), origin)]
  const sitemaps = [...text.matchAll(/^Sitemap: (.*)$/gm)].map(([, url = '']) => ({
    place: 'robots.txt' as const,
    url,
  }))
  if (type === 'text/plain') return [...links, ...sitemaps]
  if (!/^(?:$|image\/|text\/(?:css|javascript)$)/.test(type))
    throw new Error(`No rule in test/worker/crawl.ts says which addresses ${type} contains`)
  return links
}
