import type { Hono } from 'hono'
import { facetsOf } from '../domain/selection.ts'
import { problemResponse } from '../http/problem.ts'
import type { Edge, Exchange } from './answer.ts'

/** How long a client waits that came far too fast, in seconds: readers take it as true for the whole host. */
const rateWaitSeconds = 900

/**
 * Registers the rate limit of whoever reads. What the isolate's memory answers never comes here and is not counted,
 * so that a client far above any reader's rate gets its 304 first; the API and the hub have limits of their own.
 * Without an address, as in local runs, nobody is counted.
 */
export function rateLimited(app: Hono<Edge>): void {
  app.use(async (exchange, next) => {
    if (await isTooFast(exchange)) {
      const reason = 'this came more than 120 times in a minute'
      return problemResponse({ kind: 'too-many-requests', reason, seconds: rateWaitSeconds })
    }
    return next()
  })
}

/** Besides the names of selections, the keys of a query that make it another thing which is asked for. */
const choosing = ['before', 'after', 'from', 'url'] as const

/** Whoever asks can type anything there, so it makes so many things and no more: enough for a walk through all pages. */
const maxPlaces = 10

async function isTooFast({ env, req }: Exchange): Promise<boolean> {
  const client = req.header('CF-Connecting-IP')
  if (!client || !env.mayAsk || !['GET', 'HEAD'].includes(req.method)) return false
  if (isLoopbackAddress(client) || /^\/(?:api|hub)(?:\/|$)/.test(req.path)) return false
  const place = placeOf(choosing.map((key) => req.query(key) ?? '').join(''))
  return !(await env.mayAsk(client, [req.path, ...facetsOf((key) => req.query(key)), place].join(' ')))
}

/** One of the places that are told apart; none where nothing is chosen. */
const placeOf = (text: string): number | '' =>
  text && [...text].reduce((sum, sign) => (31 * sum + (sign.codePointAt(0) ?? 0)) % 1_000_003, 7) % maxPlaces

const isLoopbackAddress = (client: string): boolean => client === '::1' || client.startsWith('127.')
