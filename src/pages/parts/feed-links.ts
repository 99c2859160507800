import { titleOf } from '../../domain/feed.ts'
import { type Addressed, everything } from '../../domain/selection.ts'
import { feedAddress, type Site } from '../../domain/site.ts'
import { type FeedFormat, formats } from '../../render/formats.ts'

/**
 * A link to one of the feeds of a page. It is shown in the page's footer and listed in `<head>`, where feed
 * readers look for feeds.
 */
export interface FeedLink {
  type: string
  title: string
  url: string
}

/** Returns the link to the feed of a selection in one format. */
export const feedLinkOf = (
  site: Site,
  selection: Addressed,
  { format, type, title }: FeedFormat,
): FeedLink => ({ type, title, url: feedAddress(site, selection, format) })

/** Returns the links to the feeds of a selection in all formats. */
export const feedLinksOf = (site: Site, selection: Addressed): FeedLink[] =>
  formats.map((format) => feedLinkOf(site, selection, format))

/** A feed, with the name under which the `<head>` of a page lists the feed. */
interface Discovered extends FeedLink {
  name: string
}

/**
 * Returns the feeds that the `<head>` of a page lists: the page's own feeds and the site's feeds, each feed
 * once. Many feed readers use the first feed in the list. On an article's page the article's own feeds
 * therefore come last, because people who enter an article's address in a feed reader usually want to follow
 * the site, and those of its comments come after them.
 */
export function discoveredFeeds(
  site: Site | undefined,
  own: { name: string; feeds: readonly FeedLink[] },
  siteFirst: boolean,
  further?: { name: string; feeds: readonly FeedLink[] },
): Discovered[] {
  const named = (name: string, feeds: readonly FeedLink[]) => feeds.map((feed) => ({ ...feed, name }))
  const pageFeeds = named(own.name, own.feeds)
  const siteFeeds = site ? named(titleOf({ site, selection: everything }), feedLinksOf(site, everything)) : []
  const first = siteFirst ? [...siteFeeds, ...pageFeeds] : [...pageFeeds, ...siteFeeds]
  const all = further ? [...first, ...named(further.name, further.feeds)] : first
  return all.filter(({ url }, place) => all.findIndex((one) => one.url === url) === place)
}
