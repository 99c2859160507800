import type { Selection } from '../../domain/selection.ts'
import { feedAddress, type Site } from '../../domain/site.ts'
import { type FeedFormat, formats } from '../../render/formats.ts'

/** One feed of what a page shows: for readers that look for it, and for people. */
export interface FeedLink {
  type: string
  title: string
  url: string
}

/** The fields of a selection from which the address of its feed is made. */
type Addressed = Pick<Selection, 'path' | 'query'>

/** The feed of a selection in one format. */
export const feedLinkOf = (
  site: Site,
  selection: Addressed,
  { format, type, title }: FeedFormat,
): FeedLink => ({ type, title, url: feedAddress(site, selection, format) })

/** The feeds of a selection in every format, for a page that offers them. */
export const feedLinksOf = (site: Site, selection: Addressed): FeedLink[] =>
  formats.map((format) => feedLinkOf(site, selection, format))

/** A feed as the head of a page names it. */
interface Discovered extends FeedLink {
  name: string
}

/**
 * The feeds that readers find in a page's head: its own and the site's, each once. Many take the first, so an
 * article's own come last: who gives a reader an article's address means to follow the site.
 */
export function discoveredFeeds(
  site: Site | undefined,
  own: { name: string; feeds: readonly FeedLink[] },
  siteFirst: boolean,
): Discovered[] {
  const named = (name: string, feeds: readonly FeedLink[]) => feeds.map((feed) => ({ ...feed, name }))
  const pageFeeds = named(own.name, own.feeds)
  const siteFeeds = site ? named(site.title, feedLinksOf(site, { path: '' })) : []
  const all = siteFirst ? [...siteFeeds, ...pageFeeds] : [...pageFeeds, ...siteFeeds]
  return all.filter(({ url }, place) => all.findIndex((one) => one.url === url) === place)
}
