import type { Hono } from 'hono'
import type { Result } from '../../domain/problem.ts'
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

const report: Handler = async (exchange, hub) =>
  answered(exchange, await reportHub(hub, exchange.req.query('topic')))

const again: Handler = async (exchange, hub) => {
  const topic = exchange.req.query('topic')
  const subscription = exchange.req.query('subscription')
  if (subscription !== undefined && !isNumber.test(subscription))
    return noSubscription(exchange, subscription)
  const done = await redeliver(hub, {
    ...(topic !== undefined && { topic }),
    ...(subscription !== undefined && { subscription: Number(subscription) }),
  })
  return answered(exchange, done)
}

const answered = (exchange: Exchange, result: Result<object>): Response | Promise<Response> =>
  result.ok ? Response.json(result.value, { headers: uncached }) : answerProblem(exchange, result.problem)

/** Matches the number of a subscription. */
const isNumber = /^\d{1,15}$/

const noSubscription = (exchange: Exchange, number: string): Promise<Response> =>
  answerProblem(exchange, { kind: 'not-found', what: `subscription ${number}` })

const remove: Handler = async (exchange, hub) => {
  const number = exchange.req.param('number') ?? ''
  if (isNumber.test(number) && (await drop(hub, Number(number)))) {
    return new Response(null, { status: 204, headers: uncached })
  }
  return noSubscription(exchange, number)
}
