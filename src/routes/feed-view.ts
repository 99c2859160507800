import type { Article } from '../domain/article.ts'
import type { Selection } from '../domain/selection.ts'
import { staleHeaders } from '../http/caching.ts'
import { uncached } from '../http/problem.ts'
import { renderFeedPage } from '../pages/feed/page.tsx'
import { type FeedLink, feedLinksOf } from '../pages/parts/feed-links.ts'
import { feedPolicy } from '../pages/parts/policy.ts'
import { maxTeasers } from '../read/teasers.ts'
import { type FeedFormat, formats } from '../render/formats.ts'
import { type Exchange, pageHeaders } from './answer.ts'

/**
 * Whether a person opens the feed in a browser, who is shown a page, unless `?raw` asks for the feed as it
 * is. Only Sec-Fetch-Dest tells: some readers name text/html in Accept.
 */
export const isViewed = ({ req }: Exchange): boolean =>
  req.header('Sec-Fetch-Dest') === 'document' && req.query('raw') === undefined

/**
 * What of a feed a page shows: `newest` unless it is an older part of it; `stale` where the store could not be
 * asked, for how many seconds.
 */
export interface Viewed {
  selection: Selection
  articles: readonly Article[]
  newest: boolean
  stale: number | undefined
}

/**
 * A feed as a page. No cache keeps it: at the same address readers get the feed. While the store fails it is the
 * last known one, and says so as a feed does.
 */
export async function answerView(
  exchange: Exchange,
  { selection, articles, newest, stale }: Viewed,
  { format }: FeedFormat,
): Promise<Response> {
  const { site } = exchange.env.config
  const feeds = feedLinksOf(site, selection)
  const page = renderFeedPage({
    site,
    selection,
    articles: articles.slice(0, maxTeasers),
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
      ...staleHeaders(stale),
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
