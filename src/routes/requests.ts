import type { Hono } from 'hono'
import { type Edge, routeOf } from './answer.ts'

/** How many ordinary requests share one log line, because each line costs money, and time before the answer. */
export const requestsPerLine = 100

/** A request that takes at least this long is always logged. Workers' clock advances only while a request waits. */
const slowMilliseconds = 1000

/**
 * Logs requests: each one that fails (status 500 and above) or is slow, and every hundredth of the others. The field `of`
 * says how many requests the line stands for. Answers from the isolate's memory do not pass through the routes, and no
 * line counts them. `folder` is the beginning of the addresses that `app` answers; the module of the API logs its own.
 */
export function requestLogged(app: Hono<Edge>, folder: '' | '/api' = ''): void {
  app.use(async (exchange, next) => {
    if (folder === '' && /^\/api(?:\/|$)/.test(exchange.req.path)) return next()
    const { clock, isSampled, log } = exchange.env
    const begun = clock()
    await next()
    const { status } = exchange.res
    const milliseconds = clock() - begun
    const isSpecial = status >= 500 || milliseconds >= slowMilliseconds
    if (isSpecial || isSampled?.()) {
      log('request', { ...routeOf(exchange), status, milliseconds, of: isSpecial ? 1 : requestsPerLine })
    }
  })
}
