import { archivePath } from './archive.ts'
import type { Article, Image } from './article.ts'
import type { Format } from './format.ts'
import { type Part, sideOf } from './paging.ts'
import type { Addressed } from './selection.ts'

/** The newsroom's site, as its feeds and pages name it. `url` is its origin, without a final slash. */
export interface Site {
  url: string
  title: string
  description: string
  language: string
  copyright: string
  /** An IANA zone; the pages show dates in it. */
  timeZone: string
  /** The picture of previews where an article has none. */
  image: Image
  /** The fediverse handles of authors, such as `@nom@serveur.example`, by the key of the author's name. */
  creators: Readonly<Record<string, string>>
}

/** An absolute URL on the site's host; `path` has no leading slash and nothing encoded in it. */
export const address = (site: Site, path: string): string => `${site.url}/${encodeURI(path)}`

/** An absolute URL for one that may be a path of the site's own host. */
export const absolute = (site: Site, url: string): string => new URL(url, `${site.url}/`).href

/** Where a reader reads the article. */
export const readAt = (site: Site, article: Article): string =>
  article.url ?? address(site, `articles/${article.slug}`)

/** Where a reader finds every way to share the article. */
export const menuAt = (site: Site, { slug }: Article): string => address(site, `articles/${slug}/share`)

/** The canonical URL of a selection's feed, or of another part of it; the newest one's is its topic too. */
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
