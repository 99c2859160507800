/**
 * The headers that a feed reader sends when it polls a feed. `conditional` names the validators of the previous
 * answer that the feed reader sends back.
 */
export interface Polling {
  name: string
  headers: Record<string, string>
  conditional: readonly ('ETag' | 'Last-Modified')[]
  /** Whether the feed reader reads a delta, and so gets one when a part of a feed is new to it. */
  readsDeltas?: true
}

/** The User-Agent of Newsboat of Debian 12, which reads deltas. */
export const newsboat = 'newsboat/2.21.0 (Linux x86_64)'

/** The headers with which Newsboat asks for the part of a feed that is newer than the entity-tag. */
export const forDelta = (tag: string): Record<string, string> => ({
  'User-Agent': newsboat,
  'A-IM': 'feed',
  'If-None-Match': tag,
})

const both = ['ETag', 'Last-Modified'] as const

const miniflux =
  'application/xml,application/atom+xml,application/rss+xml,application/rdf+xml,application/feed+json,text/html,*/*;q=0.9'
const freshrss =
  'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, */*;q=0.1, unknown/*'
const thunderbird =
  'application/atom+xml, application/rss+xml;q=0.9, application/rdf+xml;q=0.8, application/xml;q=0.7, text/xml;q=0.7, */*;q=0.1'
const newsblur = 'application/atom+xml, application/rss+xml, application/xml;q=0.8, text/xml;q=0.6, */*;q=0.2'
const feedparser =
  'application/atom+xml,application/rdf+xml,application/rss+xml,application/x-netcdf,application/xml;q=0.9,text/xml;q=0.2,*/*;q=0.1'
const lemonRss =
  'application/rss+xml, application/x-rss+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1'

/**
 * The requests of well-known feed readers. Each request has those headers of the feed reader that could
 * change Kiosque's answer, taken from the source code of the feed reader.
 */
export const pollings: readonly Polling[] = [
  {
    name: 'Miniflux',
    headers: { Accept: miniflux, 'Accept-Encoding': 'br,gzip', Connection: 'close' },
    conditional: both,
  },
  {
    name: 'FreshRSS',
    headers: { Accept: freshrss, 'Accept-Encoding': 'deflate, gzip, br' },
    conditional: both,
  },
  {
    name: 'NewsBlur',
    headers: {
      Accept: newsblur,
      'Accept-Encoding': 'gzip',
      'User-Agent':
        'NewsBlur Feed Fetcher - 2 subscribers - https://www.newsblur.com/site/1/titre (Mozilla/5.0 (Macintosh))',
      'A-IM': 'feed',
    },
    conditional: both,
    readsDeltas: true,
  },
  { name: 'Feedbin', headers: { 'Accept-Encoding': 'gzip, deflate' }, conditional: both },
  {
    name: 'NetNewsWire',
    headers: { Accept: '*/*', 'Accept-Encoding': 'gzip, deflate, br' },
    conditional: both,
  },
  {
    name: 'Newsboat',
    headers: {
      Accept: '*/*',
      'Accept-Encoding': 'deflate, gzip, br, zstd',
      'User-Agent': newsboat,
      'A-IM': 'feed',
    },
    conditional: both,
    readsDeltas: true,
  },
  {
    name: 'Liferea',
    headers: {
      Accept: 'application/atom+xml,application/xml;q=0.9,text/xml;q=0.8,*/*;q=0.7',
      'Accept-Encoding': 'gzip, deflate, br',
      'User-Agent':
        'Liferea/1.14.4 (Android 12; Mobile; https://lzone.de/liferea/) AppleWebKit (KHTML, like Gecko)',
      'A-IM': 'feed',
    },
    conditional: both,
    readsDeltas: true,
  },
  {
    name: 'rss2email',
    headers: {
      Accept: feedparser,
      'Accept-Encoding': 'gzip, deflate',
      'User-Agent': 'feedparser/6.0.10 +https://github.com/kurtmckee/feedparser/',
      'A-IM': 'feed',
      Connection: 'close',
    },
    conditional: both,
  },
  {
    name: 'Thunderbird',
    headers: { Accept: thunderbird, 'Cache-Control': 'no-cache', Pragma: 'no-cache' },
    conditional: ['Last-Modified'],
  },
  { name: 'tt-rss', headers: { 'Accept-Encoding': 'none' }, conditional: ['Last-Modified'] },
  {
    name: 'reader',
    headers: {
      Accept: lemonRss,
      'Accept-Encoding': 'gzip, deflate',
      'User-Agent': 'python-reader/3.26 (+https://github.com/lemon24/reader)',
      'A-IM': 'feed',
    },
    conditional: both,
    readsDeltas: true,
  },
]

/**
 * The Accept headers of well-known feed readers, each with the feed format that Kiosque must send for this
 * header at an address that names no format, such as `/feed`.
 */
export const accepts: [name: string, accept: string, format: string][] = [
  ['Miniflux', miniflux, 'rss'],
  ['FreshRSS', freshrss, 'rss'],
  ['Thunderbird', thunderbird, 'atom'],
  ['NewsBlur', newsblur, 'rss'],
  ['reader', lemonRss, 'rss'],
]
