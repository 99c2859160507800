// Input: the store, through the listing.
import type { Feed } from '../domain/feed.ts'
import type { Format } from '../domain/format.ts'
import type { Listing } from './ports.ts'

/**
 * What of a feed is new or changed since a revision of it (RFC 3229 with Wyman's manipulation `feed`), or
 * undefined where only the whole feed is right: a reader that merges must end with what the whole one shows.
 * So it is when something left that no tombstone of the format tells of, and when the part is not smaller.
 */
export async function deltaOf(
  { head, page, withdrawn }: Listing,
  format: Format,
  since: number,
  feed: Feed,
): Promise<Feed | undefined> {
  if (!page || head.departed > since) return undefined
  const gone = (await withdrawn()).filter(({ revision }) => revision > since)
  if (gone.length > 0 && format !== 'atom') return undefined
  const { articles } = await page()
  // What a withdrawal made room for stands at the end: it is older than the base, and may be unknown there.
  const firstBackfilled = articles.length - gone.length
  const fresh = articles.filter(({ revision }, at) => revision > since || at >= firstBackfilled)
  if (fresh.length === 0 || fresh.length >= articles.length) return undefined
  const { mark: _, ...history } = feed.history ?? { part: 'newest', links: [] }
  return { ...feed, articles: fresh.map(({ article }) => article), withdrawn: gone, history }
}
