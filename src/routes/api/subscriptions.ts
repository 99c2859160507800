import type { Hono } from 'hono'
import { mailOf } from '../../config/mail.ts'
import { pushOf } from '../../config/push.ts'
import { isLine, maxSubscriberLines, parseSubscriberLine } from '../../domain/subscriber-line.ts'
import { readJson } from '../../http/body.ts'
import { uncached } from '../../http/problem.ts'
import { listErased, parseErased } from '../../notify/erased.ts'
import { eraseAddress, reportSubscriptions } from '../../notify/operate.ts'
import { answerMissing, answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { allowed, hasToken, maxBodyBytes } from './allowed.ts'

/** The largest number of bytes of a request with an address. */
const maxErasureBytes = 4096

/** The largest number of bytes of a request with erased addresses. */
const maxErasedBytes = 262_144

/**
 * Registers the API by which operators see what people are told of, and erase a person. It works whether a channel is on or not, but
 * without the settings of a channel only for whoever has a token: for all others the site shows no trace of it.
 */
export function subscriptionsApi(app: Hono<Edge>): void {
  app.use('/api/subscriptions/*', async (exchange, next) => {
    const { config } = exchange.env
    const isOff = [mailOf(config), pushOf(config)].every(({ kind }) => kind === 'off')
    return isOff && !(await hasToken(exchange)) ? answerMissing(exchange) : next()
  })
  resource(app, '/api/subscriptions', { GET: allowed('admin', report), DELETE: allowed('admin', erase) })
  resource(app, '/api/subscriptions/erased', {
    GET: allowed('read', listOfErased),
    POST: allowed('admin', eraseAgain),
  })
  resource(app, '/api/subscriptions/backup', {
    GET: allowed('admin', listSubscribers),
    POST: allowed('admin', restoreSubscribers),
  })
}

const report = async ({ env }: Exchange): Promise<Response> =>
  Response.json(await reportSubscriptions(env.subscribers), { headers: uncached })

/** Erases a person. The address is in the body, because servers and proxies keep the addresses of requests. */
async function erase(exchange: Exchange): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxErasureBytes)
  if (!body.ok) return answerProblem(exchange, body.problem)
  const address = (body.value as { address?: unknown } | null)?.address
  const { subscribers, config } = exchange.env
  const erased = await eraseAddress({ subscribers, secrets: config.subscriptionSecrets }, address)
  if (!erased.ok) return answerProblem(exchange, erased.problem)
  return Response.json(erased.value, { headers: uncached })
}

/** Lists the hashes of the addresses that were erased. The address of the next page is in `next`. */
async function listOfErased({ env, req }: Exchange): Promise<Response> {
  const { erased, next } = await listErased(
    { erased: env.subscribers, bucket: env.erasedBucket },
    req.query('after'),
  )
  const address = next !== undefined && {
    next: `/api/subscriptions/erased?${new URLSearchParams({ after: next })}`,
  }
  return Response.json({ erased, ...address }, { headers: uncached })
}

/** Erases addresses again by their hashes, after a restore of the database: those of subscribers, and some of the comments. */
async function eraseAgain(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const body = await readJson(req.raw, maxErasedBytes)
  const erased = body.ok ? parseErased(body.value) : body
  if (!erased.ok) return answerProblem(exchange, erased.problem)
  const ended = await env.subscribers.eraseAgain(erased.value)
  const { comments, isMore, hasLeft } = await env.commenting.comments.eraseAgain(erased.value)
  if (hasLeft) env.publishing.takeUp?.()
  return Response.json({ erased: ended, comments, isMore }, { headers: uncached })
}

/** Lists a page of subscribers with their addresses, for a backup that the command line encrypts. */
async function listSubscribers(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const after = req.query('after') ?? '0'
  if (!/^\d{1,15}$/.test(after)) {
    const reason = 'must be the number of a subscriber'
    return answerProblem(exchange, { kind: 'invalid-query', field: 'after', reason })
  }
  const { next, ...page } = await env.subscribers.exportSubscribers(Number(after))
  const address = next !== undefined && { next: `/api/subscriptions/backup?after=${next}` }
  return Response.json({ ...page, ...address }, { headers: uncached })
}

/** Restores a page of subscribers. A line that cannot be read is named, and stops no other one. */
async function restoreSubscribers(exchange: Exchange): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxBodyBytes)
  if (!body.ok) return answerProblem(exchange, body.problem)
  const list = (body.value as { subscribers?: unknown } | null)?.subscribers
  if (!Array.isArray(list) || list.length > maxSubscriberLines) {
    const issues = [{ field: 'subscribers', reason: `must be a list of at most ${maxSubscriberLines}` }]
    return answerProblem(exchange, { kind: 'invalid-request', task: 'restore subscribers', issues })
  }
  const parsed = list.map(parseSubscriberLine)
  const bad = parsed.flatMap((one, at) => (isLine(one) ? [] : [{ at, ...one }]))
  const restored = await exchange.env.subscribers.restoreSubscribers(parsed.filter(isLine))
  return Response.json({ ...restored, bad }, { headers: uncached })
}
