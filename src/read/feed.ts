// I/O: reads the store when the body of a feed is needed; writes nothing.
import type { Feed } from '../domain/feed.ts'
import type { Format } from '../domain/format.ts'
import { newestHistory, type Part } from '../domain/paging.ts'
import type { Addressed } from '../domain/selection.ts'
import { feedAddress, type Site } from '../domain/site.ts'
import type { Head } from '../domain/store.ts'
import type { Link } from '../http/link.ts'
import type { Representation } from '../http/representation.ts'
import { type FeedFormat, formats } from '../render/formats.ts'
import { deltaOf } from './delta.ts'
import { changedAt, describeFreshness } from './freshness.ts'
import { articlesIn } from './listing.ts'
import type { Listing, ReadPorts } from './ports.ts'

/** The representation of a listing's feed in one format. */
export function feedOf(ports: ReadPorts, listing: Listing, format: FeedFormat): Representation {
  const { head } = listing
  const { site } = ports
  const plain = { site, selection: head, revised: changedAt(head), ...hubOf(ports) }
  const { page } = listing
  const single = async (): Promise<Feed> => ({ ...plain, articles: await listing.articles() })
  if (!page) return representationOf(ports, listing, format, single)
  const feed = async (): Promise<Feed> => {
    // The articles are read last, because `isCurrent` checks everything that was read before them.
    const withdrawn = format.saysWithdrawn ? await listing.withdrawn() : undefined
    const newest = await page()
    return {
      ...plain,
      articles: articlesIn(newest),
      ...(withdrawn && { withdrawn }),
      history: newestHistory(head, newest),
    }
  }
  const newest = representationOf(ports, listing, format, feed)
  const whole = { ...newest, links: [...newest.links, ...archiveLink(ports, head, format)] }
  // An intersection has no delta. A delta contains only articles that were saved after a revision, but an older
  // article can enter the feed of an intersection without a save of that article: the search reads only the newest
  // articles of one selection, so after a withdrawal from this selection the search reaches an older article.
  if (head.query !== undefined) return whole
  return {
    ...whole,
    vary: `${whole.vary}, A-IM`,
    delta: async (since) => {
      const delta = await deltaOf(listing, format, since, await feed())
      return delta && rendered(ports, format, delta)
    },
  }
}

const representationOf = (
  ports: ReadPorts,
  { head, paths, isCurrent }: Listing,
  format: FeedFormat,
  feed: () => Promise<Feed>,
): Representation => ({
  ...describeFreshness(ports, head, format.format),
  isCurrent,
  ...feedRepresentation(ports, head, paths, format, feed),
})

/** The link to the last archive of a selection, for a Link header; none if the feed shows the whole selection. */
function archiveLink({ site, feedLength }: ReadPorts, head: Head, { format, type }: FeedFormat): Link[] {
  const { latest, size } = head
  if (latest === undefined || size <= feedLength) return []
  return [{ rel: 'prev-archive', href: feedAddress(site, head, format, { archive: latest }), type }]
}

/**
 * The representation of a feed in one format, without its validators. `part` says which document of the
 * selection it is: the newest articles, a page or an archive.
 */
export function feedRepresentation(
  ports: ReadPorts,
  selection: Addressed,
  paths: readonly string[],
  feedFormat: FeedFormat,
  feed: () => Promise<Feed>,
  part: Part = 'newest',
): Omit<Representation, 'validators' | 'now' | 'due'> {
  const { site, hub } = ports
  const { format, type } = feedFormat
  return {
    selections: paths,
    type: `${type}; charset=utf-8`,
    links: [
      { rel: 'self', href: feedAddress(site, selection, format, part), type },
      ...(hub === undefined || part !== 'newest' ? [] : [{ rel: 'hub', href: hub }]),
      ...alternates(site, selection, part, format),
    ],
    vary: 'Sec-Fetch-Dest',
    body: async () => rendered(ports, feedFormat, await feed()),
  }
}

/** Renders a feed, with the share links that the site offers for each article. */
async function rendered({ offer }: ReadPorts, { render }: FeedFormat, feed: Feed): Promise<string> {
  if (!offer) return render(feed)
  const offers = feed.articles.map(async (article) => [article.id, await offer(article)] as const)
  return render({ ...feed, offers: new Map(await Promise.all(offers)) })
}

const hubOf = ({ hub }: ReadPorts): Pick<Feed, 'hub'> => (hub === undefined ? {} : { hub })

/**
 * The `rel=alternate` links to the feeds of a selection, in every format except `own`, which is the format of
 * the document that has the links.
 */
export const alternates = (site: Site, selection: Addressed, part: Part = 'newest', own?: Format): Link[] =>
  formats
    .filter(({ format }) => format !== own)
    .map(({ format, type }) => ({ rel: 'alternate', href: feedAddress(site, selection, format, part), type }))
