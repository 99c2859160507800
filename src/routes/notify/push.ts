import type { Hono } from 'hono'
import { pushPage, pushWorker } from '../../element/push/bundle.ts'
import { subscribePush } from '../../notify/push/subscribe.ts'
import { linkToken } from '../../notify/token.ts'
import { pushConsentIn } from '../../pages/notify/fields.tsx'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { answerFixed } from '../fixed.ts'
import { notifyOf, privately, readRequest } from './answer.ts'

/** Registers the scripts of Web Push, and the address at which browsers subscribe. */
export function push(app: Hono<Edge>): void {
  resource(app, '/push/v1.js', { GET: (exchange) => script(exchange, pushWorker) })
  resource(app, '/push/page.js', { GET: (exchange) => script(exchange, pushPage) })
  resource(app, '/push/subscriptions', { POST: subscribe })
}

/** Answers with a script that browsers compare with ours at each use, so that none runs a former one. */
const script = (exchange: Exchange, { tag, text }: { tag: string; text: string }): Promise<Response> =>
  answerFixed(exchange, { type: 'text/javascript; charset=utf-8', tag, body: text, browserSeconds: 0 })

/** Takes the subscription of a browser. The answer is the path of the page on which it is changed and ended. */
async function subscribe(exchange: Exchange): Promise<Response> {
  const { push, mail, ...shared } = notifyOf(exchange)
  if (!push) throw new Error('The site tells no browser')
  const { site, secrets } = shared
  const read = await readRequest(exchange)
  if (!read.ok) return answerProblem(exchange, read.problem)
  const { form, language } = read.value
  const words = pushConsentIn(language, site, mail?.postal).join('\n')
  const made = await subscribePush({ ...shared, ...push }, form, { language, words })
  if (!made.ok) return answerProblem(exchange, made.problem)
  const manage = `/subscriptions/${await linkToken(secrets, made.value, 'manage')}`
  return Response.json({ manage }, { status: 201, headers: privately })
}
