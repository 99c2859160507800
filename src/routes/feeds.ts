import type { Hono } from 'hono'
import { type Edge, resource } from './answer.ts'
import { answerFeed } from './feed-answer.ts'
import { feedFile, formatOf } from './reading.ts'
import { places } from './selected.ts'

/**
 * Registers the addresses of the feeds: the feeds of all articles, of each selection, of intersections and of
 * single articles.
 */
export function feeds(app: Hono<Edge>): void {
  for (const place of places) {
    resource(app, `${place.address}/${feedFile}`, {
      GET: (exchange) => answerFeed(exchange, place.listing, formatOf(exchange)),
    })
  }
}
