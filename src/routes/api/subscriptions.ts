import type { Hono } from 'hono'
import { readJson } from '../../http/body.ts'
import { uncached } from '../../http/problem.ts'
import { eraseAddress, reportSubscriptions } from '../../notify/operate.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { allowed } from './allowed.ts'

/** The largest number of bytes of a request with an address. */
const maxErasureBytes = 4096

/** Registers the API by which operators see what people are told of, and erase a person. It works whether mail is on or not. */
export function subscriptionsApi(app: Hono<Edge>): void {
  resource(app, '/api/subscriptions', { GET: allowed('admin', report), DELETE: allowed('admin', erase) })
}

const report = async ({ env }: Exchange): Promise<Response> =>
  Response.json(await reportSubscriptions(env.subscribers), { headers: uncached })

/** Erases a person. The address is in the body, because servers and proxies keep the addresses of requests. */
async function erase(exchange: Exchange): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxErasureBytes)
  if (!body.ok) return answerProblem(exchange, body.problem)
  const address = (body.value as { address?: unknown } | null)?.address
  const erased = await eraseAddress(exchange.env.subscribers, address)
  if (!erased.ok) return answerProblem(exchange, erased.problem)
  return Response.json(erased.value, { headers: uncached })
}
