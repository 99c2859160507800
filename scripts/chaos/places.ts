import type { Version } from './ledger.ts'
import type { Random } from './random.ts'

/** An address that readers request. */
export interface Place {
  address: string
  /** The slug of the only article that the address shows. */
  slug?: string
  /** Whether the address shows the newest articles of its selection, up to the length of a feed. */
  newest?: true
  /** Whether the selection of the address contains an article; if it is undefined, it contains all articles. */
  contains?: (version: Version) => boolean
}

const isTagged = ({ tags }: Version): boolean => tags.includes('Été')
const isIn =
  (section: string) =>
  (version: Version): boolean =>
    version.section === section

/** The feeds, pages and sitemaps of which there is one. */
export const singlePlaces: readonly Place[] = [
  ...['/feed.json', '/feed.rss', '/feed.atom', '/rss'].map((address): Place => ({ address, newest: true })),
  { address: '/tags/ete/feed.atom', newest: true, contains: isTagged },
  { address: '/sections/monde/feed.rss', newest: true, contains: isIn('Monde') },
  { address: '/authors/kim/feed.json', newest: true, contains: ({ author }) => author === 'Kim' },
  {
    address: '/feed.json?section=monde&tag=ete',
    newest: true,
    contains: (version) => isIn('Monde')(version) && isTagged(version),
  },
  ...['/', '/tags/ete', '/feed.rss?section=culture&author=kim', '/feeds', '/feeds.opml', '/sitemap.xml'].map(
    (address): Place => ({ address }),
  ),
  ...['/sitemap-news.xml', '/sitemap-selections.xml', '/feed.json?before=1713000000000.5'].map(
    (address): Place => ({ address }),
  ),
]

/** The page and the feed of one article. */
export const placesOf = (slug: string): Place[] =>
  [`/articles/${slug}`, `/articles/${slug}/feed.atom`].map((address) => ({ address, slug }))

/** Chooses an address: that of a feed, of a page, of an archive or sitemap of a month, or of an article. */
export function anyPlace(random: Random, slugs: readonly string[]): Place {
  if (random.chance(0.6)) return random.pick(singlePlaces)
  if (random.chance(0.5) && slugs.length > 0) return random.pick(placesOf(random.pick(slugs.slice(-40))))
  const month = String(random.between(1, 6)).padStart(2, '0')
  return {
    address: random.pick([
      `/archive/2024/${month}/1/feed.json`,
      `/tags/ete/archive/2024/${month}/1/feed.atom`,
      `/archive/2024/${month}/1/feed.rss?section=monde`,
      `/sitemap-2024-${month}-1.xml`,
    ]),
  }
}
