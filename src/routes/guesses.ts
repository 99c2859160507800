import type { Hono } from 'hono'
import { type Format, formatNames } from '../domain/format.ts'
import { formatNamed } from '../render/formats.ts'
import { type Edge, type Exchange, resource } from './answer.ts'
import { answerFeedElsewhere } from './feed-answer.ts'
import { queryParameter } from './query.ts'
import { everything, places } from './selected.ts'

/**
 * Further addresses of the feed of all articles, besides `/feed/{format}`. Feed readers try some of these
 * addresses without a link to them. Other publishing systems have their feeds at the rest.
 */
const guesses: Record<Format, readonly string[]> = {
  rss: [
    ...['/rss', '/rss/', '/rss.xml', '/rss/feed.xml', '/index.rss', '/index.xml', '/feed.xml'],
    ...['/feed/rss2', '/feed/rss2/'],
  ],
  atom: ['/atom', '/atom/', '/atom.xml', '/index.atom'],
  json: [],
}

/**
 * The values of the query parameter `feed` on the home page, as in WordPress, and the format that each
 * requests. The name of each format is also such a value.
 */
const queries: ReadonlyMap<string, Format> = new Map([
  ...formatNames.map((format) => [format, format] as const),
  ...(['rss2', 'feed'] as const).map((query) => [query, 'rss'] as const),
])

/**
 * Registers the addresses `/feed`, where the Accept header chooses the format, and the addresses that feed
 * readers guess. Call this before the pages are registered, because one guessed address is that of the home
 * page with a query.
 */
export function guessedFeeds(app: Hono<Edge>): void {
  for (const { address, listing } of places) {
    resource(app, `${address}/feed`, { GET: (exchange) => answerFeedElsewhere(exchange, listing) })
    // At the address `…/feed/`, with a final slash, the format is RSS whatever the Accept header asks for,
    // because WordPress serves RSS there.
    resource(app, `${address}/feed/`, {
      GET: (exchange) => answerFeedElsewhere(exchange, listing, formatNamed('rss')),
    })
  }
  for (const format of formatNames) {
    for (const address of [...guesses[format], `/feed/${format}`, `/feed/${format}/`]) {
      resource(app, address, { GET: (exchange) => answerRoot(exchange, format) })
    }
  }
  app.get('/', (exchange, next) => {
    const format = queries.get(queryParameter(exchange, 'feed') ?? '')
    return format ? answerRoot(exchange, format) : next()
  })
}

const answerRoot = (exchange: Exchange, format: Format): Promise<Response> =>
  answerFeedElsewhere(exchange, everything, formatNamed(format))
