import type { Hono } from 'hono'
import { facetsOf } from '../domain/selection.ts'
import { problemResponse } from '../http/problem.ts'
import type { Edge, Exchange } from './answer.ts'

/** Seconds that a client must wait after exceeding the rate limit; many readers apply Retry-After to the whole host. */
const rateWaitSeconds = 900

/**
 * Registers the rate limit for reading. Answers from the isolate's memory never come here and are not counted,
 * so a client far above the limit still gets its 304. The API and the hub have limits of their own. Requests
 * without a client address, as in local runs, are not counted.
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

/** Query parameters which, besides the names of selections, make an address count separately. */
const choosing = ['before', 'after', 'from', 'url'] as const

/**
 * The largest number of different values of query parameters that are counted separately, since clients can
 * invent any number of values. It is enough for reading all pages of a feed in a row.
 */
const maxPlaces = 10

async function isTooFast({ env, req }: Exchange): Promise<boolean> {
  const client = req.header('CF-Connecting-IP')
  if (!client || !env.mayAsk || !['GET', 'HEAD'].includes(req.method)) return false
  if (isLoopbackAddress(client) || /^\/(?:api|hub)(?:\/|$)/.test(req.path)) return false
  const place = placeOf(choosing.map((key) => req.query(key) ?? '').join(''))
  return !(await env.mayAsk(client, [req.path, ...facetsOf((key) => req.query(key)), place].join(' ')))
}

/** Maps the values of query parameters to one of `maxPlaces` numbers; empty if there are none. */
const placeOf = (text: string): number | '' =>
  text && [...text].reduce((sum, sign) => (31 * sum + (sign.codePointAt(0) ?? 0)) % 1_000_003, 7) % maxPlaces

const isLoopbackAddress = (client: string): boolean => client === '::1' || client.startsWith('127.')
