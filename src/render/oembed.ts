import type { Article } from '../domain/article.ts'
import { creditedIn, webAddressOf } from '../domain/credits.ts'
import { shownArticle } from '../domain/own-addresses.ts'
import { absolute, address, readAt, type Site } from '../domain/site.ts'
import { legalValue } from '../domain/text.ts'
import { escapeAttribute, escapeText } from './guard.ts'

/**
 * The formats of oEmbed. Each has one media type in discovery links and another in the header Content-Type of
 * the answer (oEmbed 1.0 §2.3.1, §4).
 */
export const oembedFormats = {
  json: { discovery: 'application/json+oembed', type: 'application/json; charset=utf-8' },
  xml: { discovery: 'text/xml+oembed', type: 'text/xml; charset=utf-8' },
} as const

export type OembedFormat = keyof typeof oembedFormats

/** The size of an article's embedded card, in pixels. */
interface Size {
  width: number
  height: number
}

/**
 * The largest width of a card, the width below which a card counts as narrow, and the height of a wide and of a
 * narrow card. A narrow card is higher, because its text takes more lines.
 */
const cardWidthPixels = 600
const narrowWidthPixels = 420
const heightPixels = { wide: 220, narrow: 320 }

/**
 * The largest size that the site which embeds the card accepts, from the parameters of its request. A parameter
 * that is not a number is ignored.
 */
export const boundsOf = (maxWidth: string | undefined, maxHeight: string | undefined): Size => ({
  width: boundIn(maxWidth),
  height: boundIn(maxHeight),
})

/** The size of a card that is not larger than `bounds`. */
export function sizeWithin(bounds: Size): Size {
  const width = Math.min(cardWidthPixels, bounds.width)
  return {
    width,
    height: Math.min(width < narrowWidthPixels ? heightPixels.narrow : heightPixels.wide, bounds.height),
  }
}

const boundIn = (value = ''): number =>
  /^0*[1-9]\d{0,8}$/.test(value) ? Number(value) : Number.MAX_SAFE_INTEGER

/** Whether other sites may show the article's card. They may, unless the article's rights forbid all syndication. */
export const isEmbeddable = ({ rights }: Article): boolean => rights.syndicate !== 'none'

/**
 * The links by which a program discovers the oEmbed answer for an article (oEmbed §4). They are for the
 * `<head>` of the article's page and for the Link header.
 */
export const oembedLinks = (site: Site, article: Article) =>
  isEmbeddable(article)
    ? Object.entries(oembedFormats).map(([format, { discovery }]) => ({
        rel: 'alternate',
        type: discovery,
        href: `${address(site, 'oembed')}?url=${encodeURIComponent(address(site, `articles/${article.slug}`))}&format=${format}`,
      }))
    : []

/**
 * The slug in the address of an article's page on this site; undefined if the address is not that of an
 * article's page.
 */
export function slugIn(site: Site, url: string): string | undefined {
  if (!URL.canParse(url)) return undefined
  const { protocol, host, pathname } = new URL(url)
  if (!/^https?:$/.test(protocol) || host !== new URL(site.url).host) return undefined
  try {
    return decodeURIComponent(/^\/articles\/([^/]+)\/?$/.exec(pathname)?.[1] ?? '') || undefined
  } catch {
    return undefined
  }
}

/** Renders an article as an oEmbed answer of type `rich` (oEmbed §2.3.4.4). The card is not larger than `bounds`. */
export function renderOembed(site: Site, article: Article, bounds: Size, format: OembedFormat): string {
  const members = membersOf(site, shownArticle(site, article), bounds)
  if (format === 'json') return `${JSON.stringify(members, legalValue, 2)}\n`
  const elements = Object.entries(members).map(
    ([name, value]) => `<${name}>${escapeText(`${value}`)}</${name}>`,
  )
  return `<?xml version="1.0" encoding="utf-8" standalone="yes"?>\n<oembed>${elements.join('')}</oembed>\n`
}

function membersOf(site: Site, article: Article, bounds: Size): Record<string, string | number> {
  const size = sizeWithin(bounds)
  const { title } = article
  const authors = creditedIn(article)
  const url = authors[0] && webAddressOf(authors[0])
  return {
    version: '1.0',
    type: 'rich',
    title,
    ...(authors.length > 0 && { author_name: authors.map(({ name }) => name).join(', ') }),
    ...(authors.length === 1 && url !== undefined && { author_url: url }),
    provider_name: site.title,
    provider_url: address(site, ''),
    ...thumbnailOf(site, article, bounds),
    html: htmlOf(site, article, size),
    ...size,
  }
}

/**
 * The three thumbnail members of an oEmbed answer. There are no such members if the article has no picture, if
 * the picture's size is not known, or if the picture is larger than `bounds`. The card's size does not limit
 * the picture (oEmbed §2.2).
 */
function thumbnailOf(site: Site, { image }: Article, bounds: Size): Record<string, string | number> {
  if (!image?.width || !image.height || image.width > bounds.width || image.height > bounds.height) return {}
  return {
    thumbnail_url: absolute(site, image.url),
    thumbnail_width: image.width,
    thumbnail_height: image.height,
  }
}

/**
 * The HTML that another site embeds. It contains both a frame with the card, and a link for sites that remove
 * frames. The frame's sandbox allows links to open a new tab.
 */
function htmlOf(site: Site, article: Article, { width, height }: Size): string {
  const title = escapeAttribute(`${article.title} — ${site.title}`)
  const card = escapeAttribute(address(site, `embed/${article.slug}`))
  const link = `<a href="${escapeAttribute(readAt(site, article))}">${escapeText(article.title)}</a>`
  const sandbox = 'allow-popups allow-popups-to-escape-sandbox'
  return `<blockquote>${link}</blockquote><iframe src="${card}" width="${width}" height="${height}" title="${title}" frameborder="0" loading="lazy" sandbox="${sandbox}"></iframe>`
}
