import type { Article, Image } from './article.ts'
import type { Selection } from './selection.ts'

/** The house that publishes, as its feeds and pages name it. `url` is its origin, without a final slash. */
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

/** The formats of a feed, in the order in which they are offered. */
export type Format = 'rss' | 'atom' | 'json'

/** An absolute URL on the house's host; `path` has no leading slash and nothing encoded in it. */
export const address = (site: Site, path: string): string => `${site.url}/${encodeURI(path)}`

/** An absolute URL for one that may be a path of the house's own host. */
export const absolute = (site: Site, url: string): string => new URL(url, `${site.url}/`).href

/** Where a reader reads the article. */
export const readAt = (site: Site, article: Article): string =>
  article.url ?? address(site, `articles/${article.slug}`)

/** The canonical URL of a selection's feed; this is its topic too. */
export const feedAddress = (
  site: Site,
  { path, query }: Pick<Selection, 'path' | 'query'>,
  format: Format,
): string => address(site, `${path && `${path}/`}feed.${format}`) + (query ? `?${query}` : '')
