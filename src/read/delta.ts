// Input: reads the store through the listing. Output: none.
import type { Feed } from '../domain/feed.ts'
import type { FeedFormat } from '../render/formats.ts'
import type { Listing } from './ports.ts'

/**
 * The part of a feed that is new or changed since a revision of it (RFC 3229 with Wyman's manipulation `feed`).
 * A reader that merges the part must end with what the whole feed shows. So the result is undefined, and the
 * whole feed is sent, if an article left the feed without a tombstone that the format can express, or if the
 * part is not smaller than the whole.
 */
export async function deltaOf(
  { head, page, withdrawn }: Listing,
  { saysWithdrawn }: FeedFormat,
  since: number,
  feed: Feed,
): Promise<Feed | undefined> {
  if (!page || head.departed > since) return undefined
  const gone = (await withdrawn()).filter(({ revision }) => revision > since)
  if (gone.length > 0 && !saysWithdrawn) return undefined
  const { articles } = await page()
  // Each withdrawn article lets one older article back in at the end of the feed, which the reader may never
  // have received.
  const firstBackfilled = articles.length - gone.length
  const fresh = articles.filter(({ revision }, at) => revision > since || at >= firstBackfilled)
  if (fresh.length === 0 || fresh.length >= articles.length) return undefined
  const { mark: _, ...history } = feed.history ?? { part: 'newest', links: [] }
  return { ...feed, articles: fresh.map(({ article }) => article), withdrawn: gone, history }
}
