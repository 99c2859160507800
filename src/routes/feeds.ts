import type { Hono } from 'hono'
import { answer, answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { success } from '../domain/problem.ts'
import { facetsOf } from '../domain/selection.ts'
import { feedOf, readArticleFeed, readIntersection, readListing } from '../read.ts'
import { feedFile, folders, formatOf, param, reading } from './reading.ts'

/** Registers the feeds of every selection, of intersections and of single articles. */
export function feeds(app: Hono<Edge>): void {
  resource(app, `/${feedFile}`, { GET: (exchange) => feed(exchange, '') })
  for (const folder of folders) {
    resource(app, `/${folder}/:key/${feedFile}`, {
      GET: (exchange) => feed(exchange, `${folder}/${param(exchange, 'key')}`),
    })
  }
  resource(app, `/articles/:slug/${feedFile}`, { GET: articleFeed })
}

async function feed(exchange: Exchange, path: string): Promise<Response> {
  const ports = reading(exchange)
  const paths = path === '' ? facetsOf((key) => exchange.req.query(key)) : []
  const listing = await (paths.length > 0 ? readIntersection(ports, paths) : readListing(ports, path))
  if (!listing.ok) return answerProblem(exchange, listing.problem)
  return answer(exchange, success(feedOf(ports, listing.value, formatOf(exchange))))
}

async function articleFeed(exchange: Exchange): Promise<Response> {
  return answer(
    exchange,
    await readArticleFeed(reading(exchange), param(exchange, 'slug'), formatOf(exchange)),
  )
}
