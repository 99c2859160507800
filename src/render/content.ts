import type { Article, Attachment, Image } from '../domain/article.ts'
import type { Feed } from '../domain/feed.ts'
import { absolute, type Site } from '../domain/site.ts'
import { escapeAttribute, escapeText } from './guard.ts'

/**
 * The body that a feed may carry, or undefined where there is none or the rights allow only the summary. The
 * lead picture stands in it too, since some readers show no other (NetNewsWire).
 */
export function contentOf(
  { site, offers }: Pick<Feed, 'site' | 'offers'>,
  article: Article,
): string | undefined {
  if (article.rights.syndicate !== 'full') return undefined
  const html = withPicture(site, article, noteOf(article) + article.html)
  return html === '' ? undefined : html + (offers?.get(article.id)?.row ?? '')
}

function withPicture(site: Site, { image }: Article, html: string): string {
  if (!image) return html
  const url = absolute(site, image.url)
  return shows(html, url) ? html : figureOf(image, escapeAttribute(url)) + html
}

/** Whether cleaned HTML shows the picture already; it spells the ampersand as a number. */
export const shows = (html: string, url: string): boolean =>
  ['&amp;', '&#x26;'].some((ampersand) => html.includes(`src="${url.replaceAll('&', ampersand)}"`))

/** What a correction changed, as a paragraph to stand before the body; empty where it says nothing. */
export function noteOf({ note, language }: Article): string {
  if (note === undefined) return ''
  const label = language.startsWith('fr') ? 'Correction\u00a0:' : 'Correction:'
  return `<p><strong>${label}</strong> ${escapeText(note)}</p>\n`
}

function figureOf(image: Image, url: string): string {
  const size = image.width && image.height ? ` width="${image.width}" height="${image.height}"` : ''
  const caption = image.credit ? `<figcaption>${escapeText(image.credit)}</figcaption>` : ''
  return `<figure><img src="${url}" alt="${escapeAttribute(image.alt ?? '')}"${size}>${caption}</figure>`
}

/** The attachments that a feed may carry, with absolute URLs: none where only a summary may pass. */
export function attachmentsOf(site: Site, article: Article): Attachment[] {
  if (article.rights.syndicate !== 'full') return []
  return article.attachments.map((attachment) => ({ ...attachment, url: absolute(site, attachment.url) }))
}
