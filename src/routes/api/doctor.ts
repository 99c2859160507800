import type { Hono } from 'hono'
import { uncached } from '../../http/problem.ts'
import { type Edge, type Exchange, resource } from '../answer.ts'
import { allowed } from './allowed.ts'

/** Registers the API that lists the bad rows of the store, and corrects those that can be corrected without loss. */
export function doctorApi(app: Hono<Edge>): void {
  resource(app, '/api/doctor', {
    GET: allowed('admin', (exchange) => examined(exchange, false)),
    POST: allowed('admin', (exchange) => examined(exchange, true)),
  })
}

async function examined({ env, req }: Exchange, fix: boolean): Promise<Response> {
  const after = Number.parseInt(req.query('after') ?? '0', 10)
  const { next, ...found } = await env.examine(Number.isSafeInteger(after) && after > 0 ? after : 0, fix)
  const body = { ...found, ...(next !== undefined && { next: `/api/doctor?after=${next}` }) }
  return Response.json(body, { headers: uncached })
}
