import type { Hono } from 'hono'
import { hash32 } from '../domain/hash.ts'
import { facetsOf } from '../domain/selection.ts'
import { problemResponse } from '../http/problem.ts'
import type { Edge, Exchange } from './answer.ts'
import { queryParameter } from './query.ts'
import { withoutSlashes } from './slash.ts'

/**
 * Seconds that a client must wait after exceeding the rate limit. Many feed readers wait this long with all
 * requests to the host.
 */
const rateWaitSeconds = 900

/**
 * Registers the rate limit for reading. Answers from the isolate's memory do not pass through the routes and
 * are not counted, so a client far above the limit still gets a 304 from memory. The API and the hub have other
 * limits. A request without the address of its client, as in local runs, is not counted. An address with slashes at its
 * end counts as the one without, because it is answered by asking the latter.
 */
export function rateLimited(app: Hono<Edge>): void {
  app.use(async (exchange, next) => {
    if (await isTooFast(exchange)) {
      const reason = 'this address was requested more than 120 times in a minute'
      return problemResponse({ kind: 'too-many-requests', reason, seconds: rateWaitSeconds })
    }
    return next()
  })
}

/**
 * The query parameters whose values the rate limit distinguishes: addresses with different values are counted
 * separately. The names of selections in the query are distinguished too.
 */
const choosing = ['before', 'after', 'from', 'url'] as const

/**
 * The rate limit assigns the values of query parameters to this number of counters for each client and path.
 * The number is fixed, because a client can invent any number of values. With ten counters, a client can read
 * all pages of a feed in a row without being refused.
 */
const maxPlaces = 10

async function isTooFast(exchange: Exchange): Promise<boolean> {
  const { env, req } = exchange
  const client = req.header('CF-Connecting-IP')
  if (!client || !env.mayAsk || !['GET', 'HEAD'].includes(req.method)) return false
  if (isLoopbackAddress(client) || /^\/(?:api|hub)(?:\/|$)/.test(req.path)) return false
  const place = placeOf(choosing.map((key) => queryParameter(exchange, key) ?? '').join(''))
  return !(await env.mayAsk(
    client,
    [withoutSlashes(req.path), ...facetsOf((key) => queryParameter(exchange, key)), place].join(' '),
  ))
}

/**
 * Returns the number of the counter, below `maxPlaces`, to which the joined values of the query parameters
 * are assigned; returns an empty text if the request has none of these parameters.
 */
const placeOf = (text: string): number | '' => text && hash32(text, 0) % maxPlaces

const isLoopbackAddress = (client: string): boolean => client === '::1' || client.startsWith('127.')
