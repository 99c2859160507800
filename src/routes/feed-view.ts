import type { Article } from '../domain/article.ts'
import type { Selection } from '../domain/selection.ts'
import { staleHeaders } from '../http/caching.ts'
import { uncached } from '../http/problem.ts'
import { renderFeedPage } from '../pages/feed/page.tsx'
import { feedLinkOf, feedLinksOf } from '../pages/parts/feed-links.ts'
import { feedPolicy } from '../pages/parts/policy.ts'
import { maxTeasers } from '../read/teasers.ts'
import type { FeedFormat } from '../render/formats.ts'
import { type Exchange, pageHeaders } from './answer.ts'

/**
 * Whether a browser opens a feed, so that a page is shown, unless `?raw` asks for the feed itself. Only
 * Sec-Fetch-Dest is checked, because some feed readers name text/html in Accept.
 */
export const isViewed = ({ req }: Exchange): boolean =>
  req.header('Sec-Fetch-Dest') === 'document' && req.query('raw') === undefined

/**
 * The content of the page for a feed. `newest` is false for an older part of the feed. `stale` is for how many
 * seconds the copy has been stale if the store fails.
 */
export interface Viewed {
  selection: Selection
  articles: readonly Article[]
  newest: boolean
  stale: number | undefined
}

/**
 * Answers with a feed as a page. No cache keeps it, because feed readers get the feed at the same address.
 * While the store fails, the page shows the last known articles and has the same headers as a stale feed.
 */
export async function answerView(
  exchange: Exchange,
  { selection, articles, newest, stale }: Viewed,
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
    host: exchange.req.query('host'),
  })
  return new Response(page, {
    headers: {
      ...pageHeaders(feedPolicy()),
      ...uncached,
      ...staleHeaders(stale),
      'X-Robots-Tag': 'noindex',
      Vary: 'Sec-Fetch-Dest',
    },
  })
}

/** The requested address with `?raw`, which shows the feed itself. */
function rawAddress({ env, req }: Exchange): string {
  const { pathname, searchParams } = new URL(req.url)
  searchParams.delete('host')
  searchParams.set('raw', '')
  return `${env.config.site.url}${pathname}?${searchParams}`
}
