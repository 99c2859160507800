import type { Hono } from 'hono'
import { uncached } from '../../http/problem.ts'
import { drop, redeliver, reportHub } from '../../hub/operate.ts'
import type { HubPorts } from '../../hub/ports.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { closed } from '../hub.ts'
import { allowed } from './allowed.ts'

/** Registers the API by which operators inspect and control the hub. */
export function hubApi(app: Hono<Edge>): void {
  resource(app, '/api/hub', { GET: operated(report) })
  resource(app, '/api/hub/redeliver', { POST: operated(again) })
  resource(app, '/api/hub/subscriptions/:number', { DELETE: operated(remove) })
}

type Handler = (exchange: Exchange, hub: HubPorts) => Promise<Response>

const operated = (handler: Handler) =>
  allowed('admin', async (exchange) => {
    const { hub } = exchange.env
    return hub ? handler(exchange, hub) : answerProblem(exchange, closed)
  })

const report: Handler = async ({ req }, hub) =>
  Response.json(await reportHub(hub, req.query('topic')), { headers: uncached })

const again: Handler = async ({ req }, hub) => {
  const topic = req.query('topic')
  const subscription = req.query('subscription')
  const done = await redeliver(hub, {
    ...(topic !== undefined && { topic }),
    ...(subscription !== undefined && { subscription: Number(subscription) || 0 }),
  })
  return Response.json(done, { headers: uncached })
}

const remove: Handler = async (exchange, hub) => {
  const number = exchange.req.param('number') ?? ''
  if (/^\d{1,15}$/.test(number) && (await drop(hub, Number(number)))) {
    return new Response(null, { status: 204, headers: uncached })
  }
  return answerProblem(exchange, { kind: 'not-found', what: `subscription ${number}` })
}
