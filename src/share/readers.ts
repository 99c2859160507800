import type { Grade } from './network.ts'

/**
 * A feed reader in which a person can subscribe to a feed. `href` makes the link from the feed's address and,
 * for a reader on a person's own server, from that server's address.
 */
interface Reader<Given extends readonly string[]> {
  id: string
  name: string
  /**
   * The address of a page that documents the subscribe link: a page by the makers of the feed reader or, if
   * they do not document the link, the best other evidence.
   */
  docs: string
  /** The month in which the evidence was checked. */
  verified: string
  evidence: readonly Grade[]
  href: (...given: Given) => string
  /** The link that `href` must return for `sampleFeed` and `sampleHost`; a test compares the two. */
  example: string
}

/** The feed address from which the `example` of every feed reader is made; it contains a query and a percent sign. */
export const sampleFeed = 'https://kiosque.example/feed.rss?section=monde&tag=%C3%A9t%C3%A9'
export const sampleHost = 'https://lecture.example/rss'

const encode = encodeURIComponent

/**
 * The feed readers on the web that let a person subscribe by following a link, in the order in which pages show
 * them.
 */
export const readers: readonly Reader<[feed: string]>[] = [
  {
    id: 'feedly',
    name: 'Feedly',
    docs: 'https://github.com/arp242/goatcounter',
    verified: '2026-11',
    evidence: ['C', 'F'],
    // Feedly identifies a feed by `feed/` and the feed's address, encoded as one segment of the path.
    href: (feed) => `https://feedly.com/i/subscription/${encode(`feed/${feed}`)}`,
    example:
      'https://feedly.com/i/subscription/feed%2Fhttps%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3D%25C3%25A9t%25C3%25A9',
  },
  {
    id: 'inoreader',
    name: 'Inoreader',
    docs: 'https://github.com/Tetrakern/fictioneer',
    verified: '2026-11',
    evidence: ['C', 'F'],
    href: (feed) => `https://www.inoreader.com/?add_feed=${encode(feed)}`,
    example:
      'https://www.inoreader.com/?add_feed=https%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3D%25C3%25A9t%25C3%25A9',
  },
  {
    id: 'newsblur',
    name: 'NewsBlur',
    docs: 'https://github.com/samuelclay/NewsBlur/blob/main/media/js/newsblur/reader/reader_goodies.js',
    verified: '2026-11',
    evidence: ['C'],
    href: (feed) => `https://www.newsblur.com/?url=${encode(feed)}`,
    example:
      'https://www.newsblur.com/?url=https%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3D%25C3%25A9t%25C3%25A9',
  },
  {
    id: 'feedbin',
    name: 'Feedbin',
    docs: 'https://github.com/willrobin/feedbin-help/blob/master/_posts/2013-11-28-how-to-subscribe.md',
    verified: '2026-11',
    evidence: ['D'],
    href: (feed) => `https://feedbin.com/?subscribe=${encode(feed)}`,
    example:
      'https://feedbin.com/?subscribe=https%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3D%25C3%25A9t%25C3%25A9',
  },
  {
    id: 'theoldreader',
    name: 'The Old Reader',
    docs: 'https://github.com/theoldreader/i18n',
    verified: '2026-11',
    evidence: ['C', 'D'],
    href: (feed) => `https://theoldreader.com/feeds/subscribe?url=${encode(feed)}`,
    example:
      'https://theoldreader.com/feeds/subscribe?url=https%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3D%25C3%25A9t%25C3%25A9',
  },
]

/** The feed readers that people run on their own servers. */
export const ownReaders: readonly Reader<[feed: string, host: string]>[] = [
  {
    id: 'miniflux',
    name: 'Miniflux',
    docs: 'https://github.com/miniflux/v2',
    verified: '2026-11',
    evidence: ['C'],
    href: (feed, host) => `${host}/bookmarklet?uri=${encode(feed)}`,
    example:
      'https://lecture.example/rss/bookmarklet?uri=https%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3D%25C3%25A9t%25C3%25A9',
  },
  {
    id: 'freshrss',
    name: 'FreshRSS',
    docs: 'https://github.com/FreshRSS/FreshRSS',
    verified: '2026-11',
    evidence: ['C'],
    href: (feed, host) => `${host}/i/?c=feed&a=add&url_rss=${encode(feed)}`,
    example:
      'https://lecture.example/rss/i/?c=feed&a=add&url_rss=https%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3D%25C3%25A9t%25C3%25A9',
  },
]

/** Returns the link for a feed reader that is installed on the device and handles the URL scheme `feed:`. */
export const feedScheme = (feed: string): string => `feed:${feed}`

/**
 * The maximum length of the address of a person's own feed reader; a host name has at most 253 characters, and
 * the rest is for the path.
 */
export const maxHostCharacters = 500

/**
 * Parses the address of a person's own feed reader, entered with or without scheme, path and final slash. The
 * result has no query and no fragment. Returns undefined if the address is invalid or contains a login.
 */
export function parseHost(written: string): string | undefined {
  const text = written.trim()
  if (text === '' || text.length > maxHostCharacters || /[\s\\]/.test(text)) return undefined
  const url = URL.parse(/^[a-z][a-z\d+.-]*:\/\//i.test(text) ? text : `https://${text}`)
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password) return undefined
  return `${url.origin}${url.pathname.replace(/\/+$/, '')}`
}
