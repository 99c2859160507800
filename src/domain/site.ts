import { archivePath } from './archive.ts'
import type { Article, CommentMode, Image } from './article.ts'
import { sideOf } from './cursor.ts'
import type { Format } from './format.ts'
import type { Part } from './paging.ts'
import type { Addressed } from './selection.ts'

/** The square icon of the site. */
export interface SiteIcon {
  /** An https address, or a path on the site's own host. */
  url: string
  /** The media type; absent if the address does not show it. */
  type?: string
  /** In pixels. */
  width: number
  height: number
  /** The site's colour, as `#rrggbb` in lower case. */
  accent?: string
}

/** The newsroom's site as feeds and pages describe it. `url` is the site's origin, without a final slash. */
export interface Site {
  url: string
  /** The addresses that the site had before: origins without a final slash. */
  formerUrls: readonly string[]
  title: string
  description: string
  language: string
  copyright: string
  /** The IANA time zone in which the site's pages show dates. */
  timeZone: string
  /** The picture that previews show for an article that has no picture. */
  image: Image
  /** Undefined if the site has no icon of its own; feeds and pages then name the built-in one. */
  icon: SiteIcon | undefined
  /** Where the authors of feed readers can write: an e-mail address or an https address; undefined if nobody said so. */
  contact: string | undefined
  /** The fediverse handles of authors, such as `@nom@serveur.example`, by the folded form of the author's name. */
  creators: Readonly<Record<string, string>>
  /** How readers may comment on articles that say nothing themselves; undefined if the site has no comments at all. */
  comments: CommentMode | undefined
}

/** Returns an absolute URL on the site's host for a path without a leading slash and without percent-encoding. */
export const address = (site: Site, path: string): string => `${site.url}/${encodeURI(path)}`

/** Returns the address on the present site for an address on a former site; any other address unchanged. */
export function presentUrl(site: Site, url: string): string {
  const former = site.formerUrls.find((one) => url.startsWith(`${one}/`))
  return former === undefined ? url : site.url + url.slice(former.length)
}

/** Returns an absolute URL for an address that may be a path on the site's own host, or an address on a former site. */
export const absolute = (site: Site, url: string): string =>
  presentUrl(site, new URL(url, `${site.url}/`).href)

/** Returns the address of the site's icon: that of the settings, or the built-in icon. */
export const iconAt = (site: Site): string =>
  site.icon ? absolute(site, site.icon.url) : address(site, 'favicon.ico')

/** Returns the address at which readers read the article. */
export const readAt = (site: Site, article: Article): string =>
  article.url === undefined ? address(site, `articles/${article.slug}`) : presentUrl(site, article.url)

/** Returns the address of the article's share menu, the page with all its share links. */
export const menuAt = (site: Site, { slug }: Article): string => address(site, `articles/${slug}/share`)

/**
 * Returns the canonical URL of a selection's feed, or of a page or archive of the feed. The URL of the newest
 * feed is also its WebSub topic.
 */
export function feedAddress(site: Site, selection: Addressed, format: Format, part: Part = 'newest'): string {
  const archive = part !== 'newest' && 'archive' in part ? part.archive : undefined
  const { path, query } = (archive !== undefined && selection.archives) || selection
  const folder = archive === undefined ? path : archivePath(path, archive)
  const search = [query, cursorIn(part)].filter(Boolean).join('&')
  return address(site, `${folder && `${folder}/`}feed.${format}`) + (search && `?${search}`)
}

function cursorIn(part: Part): string | undefined {
  if (part === 'newest' || 'archive' in part) return undefined
  return sideOf(part).join('=')
}

/** Returns the path, with its query, of the page on which people ask to be told, in the language of a tag. */
export const subscribePath = (site: Site, language: string): string =>
  language === site.language ? 'subscribe' : `subscribe?lang=${language}`
