import { type Exchange, pageHeaders } from '../answer.ts'
import type { Article } from '../domain/article.ts'
import type { Selection } from '../domain/selection.ts'
import { uncached } from '../http/problem.ts'
import { renderFeedPage } from '../pages/feed.tsx'
import { type FeedLink, feedLinksOf } from '../pages/feed-links.ts'
import { feedPolicy } from '../pages/feed-policy.ts'
import { type FeedFormat, formats } from '../render/formats.ts'

/** How many of a feed's articles are shown to a person: enough to see what it is about. */
const mostShown = 10

/**
 * Whether a person opens the feed in a browser, who is shown a page, unless `?raw` asks for the feed as it
 * is. Only Sec-Fetch-Dest tells: some readers name text/html in Accept.
 */
export const isViewed = ({ req }: Exchange): boolean =>
  req.header('Sec-Fetch-Dest') === 'document' && req.query('raw') === undefined

/** What of a feed a page shows: `newest` unless it is an older part of it. */
interface Viewed {
  selection: Selection
  articles: readonly Article[]
  newest: boolean
}

/** A feed as a page. Nothing keeps it: at the same address readers get the feed. */
export async function answerView(
  exchange: Exchange,
  { selection, articles, newest }: Viewed,
  { format }: FeedFormat,
): Promise<Response> {
  const { site } = exchange.env.config
  const feeds = feedLinksOf(site, selection)
  const page = renderFeedPage({
    site,
    selection,
    articles: articles.slice(0, mostShown),
    newest,
    feed: feeds[formats.findIndex((one) => one.format === format)] as FeedLink,
    feeds,
    raw: rawAddress(exchange),
    host: exchange.req.query('host'),
  })
  const headers = await pageHeaders()
  return new Response(page, {
    headers: {
      ...headers,
      ...uncached,
      'Content-Security-Policy': await feedPolicy(headers['Content-Security-Policy'] ?? ''),
      'X-Robots-Tag': 'noindex',
      Vary: 'Sec-Fetch-Dest',
    },
  })
}

/** The address that was opened, as one at which the feed itself is shown. */
function rawAddress({ env, req }: Exchange): string {
  const { pathname, searchParams } = new URL(req.url)
  searchParams.delete('host')
  searchParams.set('raw', '')
  return `${env.config.site.url}${pathname}?${searchParams}`
}
