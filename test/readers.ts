/**
 * The headers that a feed reader sends when it polls a feed. `conditional` names the validators of the previous
 * answer that the feed reader sends back.
 */
export interface Polling {
  name: string
  headers: Record<string, string>
  conditional: readonly ('ETag' | 'Last-Modified')[]
}

const both = ['ETag', 'Last-Modified'] as const

const miniflux =
  'application/xml,application/atom+xml,application/rss+xml,application/rdf+xml,application/feed+json,text/html,*/*;q=0.9'
const freshrss =
  'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, */*;q=0.1, unknown/*'
const thunderbird =
  'application/atom+xml, application/rss+xml;q=0.9, application/rdf+xml;q=0.8, application/xml;q=0.7, text/xml;q=0.7, */*;q=0.1'
const newsblur = 'application/atom+xml, application/rss+xml, application/xml;q=0.8, text/xml;q=0.6, */*;q=0.2'
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
  { name: 'NewsBlur', headers: { Accept: newsblur, 'Accept-Encoding': 'gzip' }, conditional: both },
  { name: 'Feedbin', headers: { 'Accept-Encoding': 'gzip, deflate' }, conditional: both },
  {
    name: 'NetNewsWire',
    headers: { Accept: '*/*', 'Accept-Encoding': 'gzip, deflate, br' },
    conditional: both,
  },
  {
    name: 'Newsboat',
    headers: { Accept: '*/*', 'Accept-Encoding': 'deflate, gzip, br, zstd' },
    conditional: both,
  },
  {
    name: 'Thunderbird',
    headers: { Accept: thunderbird, 'Cache-Control': 'no-cache', Pragma: 'no-cache' },
    conditional: ['Last-Modified'],
  },
  { name: 'tt-rss', headers: { 'Accept-Encoding': 'none' }, conditional: ['Last-Modified'] },
  { name: 'reader', headers: { Accept: lemonRss, 'Accept-Encoding': 'gzip, deflate' }, conditional: both },
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
