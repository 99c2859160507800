import type { Article } from '../domain/article.ts'
import type { Selection } from '../domain/selection.ts'
import { faultHeaders, type StoreFaults } from '../http/caching.ts'
import { uncached } from '../http/problem.ts'
import { renderFeedPage } from '../pages/feed/page.tsx'
import { feedLinkOf, feedLinksOf } from '../pages/parts/feed-links.ts'
import { feedPolicy } from '../pages/parts/policy.ts'
import { maxTeasers } from '../read/teasers.ts'
import type { FeedFormat } from '../render/formats.ts'
import { type Exchange, pageHeaders } from './answer.ts'
import { queryParameter } from './query.ts'

/**
 * Whether the answer to a request for a feed is an HTML page: a browser opens the address, and the query has no
 * `raw`, which asks for the feed itself. Only the header Sec-Fetch-Dest shows that a browser opens the address,
 * because some feed readers also name text/html in Accept.
 */
export const isViewed = (exchange: Exchange): boolean =>
  exchange.req.header('Sec-Fetch-Dest') === 'document' && queryParameter(exchange, 'raw') === undefined

/**
 * The content of the HTML page for a feed. `newest` is false if the page shows older articles. `faults` are the
 * faults of the store when the content was read.
 */
export interface Viewed {
  selection: Selection
  articles: readonly Article[]
  newest: boolean
  faults: StoreFaults
}

/**
 * Answers a request for a feed with an HTML page. No cache keeps the page, because feed readers get the feed at
 * the same address. While the store fails, the page shows the last articles that this isolate read, and has the
 * same headers as a stale feed.
 */
export async function answerView(
  exchange: Exchange,
  { selection, articles, newest, faults }: Viewed,
  format: FeedFormat,
): Promise<Response> {
  const { site } = exchange.env.config
  const feeds = feedLinksOf(site, selection)
  const page = renderFeedPage({
    site,
    selection,
    articles: articles.slice(0, maxTeasers),
    newest,
    feed: feedLinkOf(site, selection, format),
    feeds,
    raw: rawAddress(exchange),
    host: queryParameter(exchange, 'host'),
  })
  return new Response(page, {
    headers: {
      ...pageHeaders(feedPolicy()),
      ...uncached,
      ...faultHeaders(faults),
      'X-Robots-Tag': 'noindex',
      Vary: 'Sec-Fetch-Dest',
    },
  })
}

/** The requested address with the parameter `raw`. At this address a browser gets the feed itself. */
function rawAddress({ env, req }: Exchange): string {
  const { pathname, searchParams } = new URL(req.url)
  searchParams.delete('host')
  searchParams.set('raw', '')
  return `${env.config.site.url}${pathname}?${searchParams}`
}
