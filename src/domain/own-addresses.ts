import type { Article } from './article.ts'
import { presentUrl, type Site } from './site.ts'

/**
 * A start tag, as hast-util-to-html writes it: values stand in double quotes and may contain `<` and `>`. In the text of
 * stored HTML, `<` is always escaped, so the pattern never matches text.
 */
const startTag = /<[a-z][^<>"]*(?:"[^"]*"[^<>"]*)*>/g

/** An attribute of a start tag, with its name and its value. */
const attribute = / ([a-z-]+)="([^"]*)"/g

const addressNames: ReadonlySet<string> = new Set(['href', 'src', 'srcset', 'poster', 'cite'])

/** Changes each address in the attributes of stored HTML; text and all other attributes stay as they are. */
const changeHtml = (html: string, change: (url: string) => string): string =>
  html.replace(startTag, (tag) =>
    tag.replace(attribute, (whole, name: string, value: string) =>
      addressNames.has(name) ? ` ${name}="${changeValue(name, value, change)}"` : whole,
    ),
  )

/** The sanitizer parts the candidates of a `srcset` by `, `, and no address contains a space. */
const changeValue = (name: string, value: string, change: (url: string) => string): string =>
  name === 'srcset' ? value.split(', ').map(change).join(', ') : change(value)

const isOwnPath = (url: string): boolean => url.startsWith('/') && !url.startsWith('//')

/**
 * Returns the body with absolute addresses: paths get the address of the site, and addresses of former sites
 * (`FORMER_SITE_URLS`) become addresses of the present site.
 */
function absoluteHtml(site: Site, html: string): string {
  const whole = (url: string) => (isOwnPath(url) ? site.url + url : presentUrl(site, url))
  const isMoved = site.formerUrls.some((former) => html.includes(former))
  return isMoved ? changeHtml(html, whole) : changePaths(html, whole)
}

/** Matches the beginning of a start tag, up to the name of an attribute with addresses. */
const tagUpToName = /^<[a-z][a-z\d]*(?: [a-z-]+(?:="[^"]*")?)* (href|src|srcset|poster|cite)$/

/**
 * Does the same as `changeHtml`, but only for values that contain paths. It searches for values instead of matching every
 * tag, which would take a tenth of the time of rendering. If a value contains `<`, or if the text contains `="`, the
 * function cannot tell tags from text in this way, and leaves the work to `changeHtml`.
 */
function changePaths(html: string, change: (url: string) => string): string {
  if (!html.includes('="/') && !html.includes(', /')) return html
  let changed = ''
  let copied = 0
  let tag = 0
  let searched = 0
  let next = 0
  for (let end = 0, equals = html.indexOf('="'); equals !== -1; equals = html.indexOf('="', end + 1)) {
    const start = equals + 2
    if (next !== -1 && next < start) next = html.indexOf('<', start)
    end = html.indexOf('"', start)
    if (end === -1 || (next !== -1 && next < end)) return changeHtml(html, change)
    if (html[start] !== '/' && !html.startsWith('srcset', equals - 'srcset'.length)) continue
    // Each part of the text is searched once for the beginning of a tag, however many values follow it.
    const found = html.slice(searched, equals).lastIndexOf('<')
    if (found !== -1) tag = searched + found
    searched = equals
    const name = tagUpToName.exec(html.slice(tag, equals))?.[1]
    if (name === undefined) continue
    changed += html.slice(copied, start) + changeValue(name, html.slice(start, end), change)
    copied = end
  }
  return copied === 0 ? html : changed + html.slice(copied)
}

/**
 * Returns an address of the present or of a former site as a path, and any other address unchanged. A path that begins
 * with two slashes would name another host, so such an address stays absolute.
 */
function relativeUrl(site: Site, url: string): string {
  const present = presentUrl(site, url)
  const path = present.startsWith(`${site.url}/`) ? present.slice(site.url.length) : ''
  return isOwnPath(path) ? path : present
}

/** The functions that change the addresses of an article: of bodies, of files, and of pages. */
interface Change {
  html: (html: string) => string
  file: (url: string) => string
  page: (url: string) => string
}

/** Changes every address in an article; the id, which may look like an address, stays. */
function changeAddresses(article: Article, { html, file, page }: Change): Article {
  const { url, source, image, rights } = article
  return {
    ...article,
    ...(url !== undefined && { url: page(url) }),
    html: html(article.html),
    authors: article.authors.map((author) =>
      author.url === undefined ? author : { ...author, url: page(author.url) },
    ),
    ...(source?.url !== undefined && { source: { ...source, url: page(source.url) } }),
    ...(image && { image: { ...image, url: file(image.url) } }),
    attachments: article.attachments.map((attachment) => ({ ...attachment, url: file(attachment.url) })),
    ...(rights.license !== undefined && { rights: { ...rights, license: page(rights.license) } }),
  }
}

/**
 * Returns the article as readers get it: the addresses in its body are absolute, and addresses of former sites become
 * addresses of the present site.
 */
export function shownArticle(site: Site, article: Article): Article {
  const html = (value: string) => absoluteHtml(site, value)
  if (site.formerUrls.length > 0) {
    const page = (url: string) => presentUrl(site, url)
    return changeAddresses(article, { html, file: page, page })
  }
  const shown = html(article.html)
  return shown === article.html ? article : { ...article, html: shown }
}

/**
 * Returns the article as it is stored: addresses of the site itself, and of former sites, are paths, so that they stay
 * correct if the site moves. In the body of an article with the field `url`, they are absolute, because there paths are
 * relative to `url`; the addresses of pages are always absolute.
 */
export function storedArticle(site: Site, article: Article): Article {
  const page = (url: string) => presentUrl(site, url)
  const file = (url: string) => relativeUrl(site, url)
  const inBody = article.url === undefined ? file : page
  return changeAddresses(article, { html: (html) => changeHtml(html, inBody), file, page })
}
