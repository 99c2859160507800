import type { Hono } from 'hono'
import { type Format, formatNames } from '../domain/format.ts'
import { formatNamed } from '../render/formats.ts'
import { type Edge, type Exchange, resource } from './answer.ts'
import { answerFeedElsewhere } from './feed-answer.ts'
import { everything, places } from './selected.ts'

/** Addresses at which feed readers look for feeds by themselves, or at which other systems have theirs. */
const guesses: Record<Format, readonly string[]> = {
  rss: [
    ...['/rss', '/rss/', '/rss.xml', '/rss/feed.xml', '/index.rss', '/index.xml', '/feed.xml'],
    ...['/feed/rss', '/feed/rss/', '/feed/rss2', '/feed/rss2/'],
  ],
  atom: ['/atom', '/atom/', '/atom.xml', '/index.atom', '/feed/atom', '/feed/atom/'],
  json: ['/feed/json', '/feed/json/'],
}

/** The formats that `?feed=` names on the home page, as in WordPress. */
const queries: Record<string, Format> = { rss: 'rss', rss2: 'rss', feed: 'rss', atom: 'atom', json: 'json' }

/**
 * Registers `/feed`, in the format that Accept prefers, and the addresses that readers guess. Call this before
 * the pages are registered, because one guess is the home page with a query.
 */
export function guessedFeeds(app: Hono<Edge>): void {
  for (const { address, listing } of places) {
    resource(app, `${address}/feed`, { GET: (exchange) => answerFeedElsewhere(exchange, listing) })
    // With a final slash, WordPress serves RSS.
    resource(app, `${address}/feed/`, {
      GET: (exchange) => answerFeedElsewhere(exchange, listing, formatNamed('rss')),
    })
  }
  for (const format of formatNames) {
    for (const address of guesses[format]) {
      resource(app, address, { GET: (exchange) => answerRoot(exchange, format) })
    }
  }
  app.get('/', (exchange, next) => {
    const query = exchange.req.query('feed') ?? ''
    const format = Object.hasOwn(queries, query) ? queries[query] : undefined
    return format ? answerRoot(exchange, format) : next()
  })
}

const answerRoot = (exchange: Exchange, format: Format): Promise<Response> =>
  answerFeedElsewhere(exchange, everything, formatNamed(format))
