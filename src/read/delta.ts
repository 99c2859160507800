// I/O: reads the store through the listing; writes nothing.
import type { Feed } from '../domain/feed.ts'
import type { FeedFormat } from '../render/formats.ts'
import type { Listing } from './ports.ts'

/**
 * Makes a delta: the articles of a feed that are new or changed since a revision of the feed (RFC 3229 with
 * Wyman's manipulation `feed`). A feed reader that merges the delta into its copy must have what the whole
 * feed shows. A delta cannot achieve this if an article left the feed without a tombstone, or if the format
 * cannot express a tombstone that is needed. In these two cases, or if the delta would be empty or as long as
 * the whole feed, the function returns undefined, and the caller sends the whole feed.
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
  // Each withdrawn article lets one older article back in at the end of the feed. The feed reader may never
  // have received that older article, so the delta has it too.
  const firstBackfilled = articles.length - gone.length
  const fresh = articles.filter(({ revision }, at) => revision > since || at >= firstBackfilled)
  if (fresh.length === 0 || fresh.length >= articles.length) return undefined
  const { mark: _, ...history } = feed.history ?? { part: 'newest', links: [] }
  return { ...feed, articles: fresh.map(({ article }) => article), withdrawn: gone, history }
}
