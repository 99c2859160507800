import type { Hono } from 'hono'
import { type Format, formatNames } from '../domain/format.ts'
import { formatNamed } from '../render/formats.ts'
import { type Edge, type Exchange, resource } from './answer.ts'
import { answerFeedElsewhere } from './feed-answer.ts'
import { everything, places } from './selected.ts'

/** Where readers look for feeds without being told, and where other systems have them. */
const guesses: Record<Format, readonly string[]> = {
  rss: [
    ...['/rss', '/rss/', '/rss.xml', '/rss/feed.xml', '/index.rss', '/index.xml', '/feed.xml'],
    ...['/feed/rss', '/feed/rss/', '/feed/rss2', '/feed/rss2/'],
  ],
  atom: ['/atom', '/atom/', '/atom.xml', '/index.atom', '/feed/atom', '/feed/atom/'],
  json: ['/feed/json', '/feed/json/'],
}

/** What `?feed=` on the front page asks for, as WordPress has it. */
const queries: Record<string, Format> = { rss: 'rss', rss2: 'rss', feed: 'rss', atom: 'atom', json: 'json' }

/**
 * Registers `/feed`, in the format that Accept asks for, and the addresses that readers guess. Before the
 * pages: the front page's address has a guess in its query.
 */
export function guessedFeeds(app: Hono<Edge>): void {
  for (const { address, listing } of places) {
    resource(app, `${address}/feed`, { GET: (exchange) => answerFeedElsewhere(exchange, listing) })
    // The slash names RSS: it is where WordPress has it.
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
