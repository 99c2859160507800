import type { Article, Attachment, Image } from '../domain/article.ts'
import type { Feed } from '../domain/feed.ts'
import { wordsIn } from '../domain/language.ts'
import { absolute, type Site } from '../domain/site.ts'
import { legalText } from '../domain/text.ts'
import { escapeAttribute, escapeText } from './guard.ts'

/**
 * The article's body as a feed may show it; undefined if the body is empty, or if the article's rights allow
 * only the summary. The lead picture is added to the body, because some feed readers (NetNewsWire) show only
 * pictures that are in the body.
 */
export function contentOf(
  { site, offers }: Pick<Feed, 'site' | 'offers'>,
  article: Article,
): string | undefined {
  if (article.rights.syndicate !== 'full') return undefined
  const html = withPicture(site, article, noteOf(article) + article.html)
  return html === '' ? undefined : html + (offers?.get(article.id)?.row ?? '')
}

/** The text that a feed shows in place of an article's body if `contentOf` gives none. */
export const insteadOfBody = ({ summary, title }: Article): string => legalText(summary) || title

/** Matches the tags of sanitized HTML. The value of an attribute may contain `<` and `>`. */
const tags = /<(?:[^"<>]|"[^"]*")*>/g

/**
 * Matches the tag of a picture with an alternative text. It is for one tag alone: in a whole body, a title with thousands of
 * `<img ` would take quadratic time.
 */
const describedPicture = /^<img (?:[^"]|"[^"]*")*?alt="([^"]*[^"\s][^"]*)"/

/**
 * The description of an article in RSS, as HTML. It is the summary. If there is none, it is what the article says about
 * its picture, provided that the body has no words and may be shown; otherwise it is the title. So it is never empty.
 */
export function descriptionOf({ summary, title, html, image, rights }: Article): string {
  if (legalText(summary) !== '') return escapeText(summary)
  if (rights.syndicate !== 'full' || /\S/.test(html.replace(tags, ''))) return escapeText(title)
  const about = image?.caption || image?.alt
  if (about) return escapeText(about)
  const alt = alternativeIn(html)
  return alt === undefined ? escapeText(title) : alt.replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** The alternative text of the first picture in sanitized HTML that has one, as the HTML of an attribute. */
function alternativeIn(html: string): string | undefined {
  for (const [tag] of html.matchAll(tags)) {
    const alt = describedPicture.exec(tag)?.[1]
    if (alt !== undefined) return alt
  }
  return undefined
}

function withPicture(site: Site, { image }: Article, html: string): string {
  if (!image) return html
  const url = absolute(site, image.url)
  return shows(html, url) ? html : figureOf(image, escapeAttribute(url)) + html
}

/**
 * Whether sanitized HTML already contains the picture. The URL is searched in two spellings, because the HTML
 * sanitizer writes `&` as `&#x26;`.
 */
export const shows = (html: string, url: string): boolean =>
  ['&amp;', '&#x26;'].some((ampersand) => html.includes(`src="${url.replaceAll('&', ampersand)}"`))

/** The article's correction note as a paragraph that precedes the body; empty if the article has no note. */
export function noteOf({ note, language }: Article): string {
  if (note === undefined) return ''
  const { correction, colon } = wordsIn(language)
  return `<p><strong>${correction}${colon}</strong> ${escapeText(note)}</p>\n`
}

function figureOf(image: Image, url: string): string {
  const size = image.width && image.height ? ` width="${image.width}" height="${image.height}"` : ''
  const caption = image.credit ? `<figcaption>${escapeText(image.credit)}</figcaption>` : ''
  return `<figure><img src="${url}" alt="${escapeAttribute(image.alt ?? '')}"${size}>${caption}</figure>`
}

/** The attachments that a feed may show, with absolute URLs; none if the article's rights allow only the summary. */
export function attachmentsOf(site: Site, article: Article): Attachment[] {
  if (article.rights.syndicate !== 'full') return []
  return article.attachments.map((attachment) => ({ ...attachment, url: absolute(site, attachment.url) }))
}
