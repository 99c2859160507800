import type { Hono } from 'hono'
import { keepComments } from '../../comments/keep.ts'
import { listComments, parseBan, parseClosing, parseDecision, readComment } from '../../comments/moderate.ts'
import { erasePerson, readPerson, restoreCommenters } from '../../comments/person.ts'
import { isStated } from '../../domain/statement.ts'
import { readJson } from '../../http/body.ts'
import { uncached } from '../../http/problem.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { param } from '../reading.ts'
import { allowed, maxBodyBytes, tokenName } from './allowed.ts'

/** The largest number of bytes of a decision about fifty comments. */
const maxDecisionBytes = 16_384

/** Registers the API by which editors read comments and decide about them. */
export function commentsApi(app: Hono<Edge>): void {
  resource(app, '/api/comments', { GET: allowed('moderate', list), POST: allowed('moderate', decide) })
  resource(app, '/api/comments/bans', { POST: allowed('moderate', ban) })
  resource(app, '/api/comments/closing', { POST: allowed('moderate', close) })
  resource(app, '/api/comments/import', { POST: allowed('admin', keep) })
  resource(app, '/api/comments/person', { POST: allowed('admin', person), DELETE: allowed('admin', erase) })
  resource(app, '/api/comments/addresses', {
    GET: allowed('admin', listAddresses),
    POST: allowed('admin', restoreAddresses),
  })
  resource(app, '/api/comments/:id', { GET: allowed('moderate', history) })
}

async function list(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const ports = { comments: env.commenting.comments, site: env.config.site }
  const listed = await listComments(ports, { state: req.query('state'), after: req.query('after') })
  if (!listed.ok) return answerProblem(exchange, listed.problem)
  const { next, comments } = listed.value
  const search = new URLSearchParams({ state: req.query('state') ?? 'pending', after: String(next) })
  const address = next !== undefined && { next: `/api/comments?${search}` }
  return Response.json({ comments, ...address }, { headers: uncached })
}

/** Changes the states of comments. The edge's copies of those that are not public any more are purged soon. */
async function decide(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const body = await readJson(req.raw, maxDecisionBytes)
  const decision = body.ok ? parseDecision(body.value) : body
  if (!decision.ok) return answerProblem(exchange, decision.problem)
  const { ids, state, grounds } = decision.value
  const isMailed = env.notify?.mail !== undefined
  const actor = await tokenName(exchange)
  const decided = await env.commenting.comments.decide(ids, state, actor, { ...grounds, isMailed })
  const { comments, hasLeft } = decided
  if (isMailed && isStated(state, grounds)) await env.notify?.enqueue([{ kind: 'opt-in' }])
  if (hasLeft) env.publishing.takeUp?.()
  env.publishing.push?.()
  return Response.json({ comments }, { headers: uncached })
}

/** Bans the senders of comments, or ends their bans. The answer has the ids of the comments that tell who the sender is. */
async function ban(exchange: Exchange): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxDecisionBytes)
  const given = body.ok ? parseBan(body.value) : body
  if (!given.ok) return answerProblem(exchange, given.problem)
  const { ids, by, banned } = given.value
  const known = await exchange.env.commenting.comments.ban(ids, by, banned)
  return Response.json({ ids: known }, { headers: uncached })
}

/** Closes the comments on all articles, or opens them again. */
async function close(exchange: Exchange): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxDecisionBytes)
  const given = body.ok ? parseClosing(body.value) : body
  if (!given.ok) return answerProblem(exchange, given.problem)
  await exchange.env.commenting.comments.close(given.value)
  return Response.json({ closed: given.value }, { headers: uncached })
}

/** Stores comments of another system, or of a backup. Those that cannot be stored are named, and stop no other one. */
async function keep(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const body = await readJson(req.raw, maxBodyBytes)
  if (!body.ok) return answerProblem(exchange, body.problem)
  const { site, subscriptionSecrets: secrets } = env.config
  const ports = { site, secrets, comments: env.commenting.comments, clock: env.clock }
  const done = await keepComments(ports, body.value)
  if (!done.ok) return answerProblem(exchange, done.problem)
  if (done.value.kept > 0) env.publishing.push?.()
  return Response.json(done.value, { headers: uncached })
}

const personPorts = ({ env }: Exchange) => ({
  comments: env.commenting.comments,
  secrets: env.config.subscriptionSecrets,
})

/** Lists what is stored of the comments of a person. The address is in the body, because servers keep the addresses of requests. */
async function person(exchange: Exchange): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxDecisionBytes)
  const found = body.ok ? await readPerson(personPorts(exchange), body.value) : body
  if (!found.ok) return answerProblem(exchange, found.problem)
  return Response.json(found.value, { headers: uncached })
}

/** Erases comments of a person. The edge's copies of those that were public are purged soon. */
async function erase(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const body = await readJson(req.raw, maxDecisionBytes)
  const ports = personPorts(exchange)
  const done = body.ok ? await erasePerson(ports, body.value, await tokenName(exchange)) : body
  if (!done.ok) return answerProblem(exchange, done.problem)
  const { hasLeft, ...erased } = done.value
  if (hasLeft) env.publishing.takeUp?.()
  env.publishing.push?.()
  return Response.json(erased, { headers: uncached })
}

/** Lists a page of e-mail addresses of authors and of reports, for a backup that the command line encrypts. */
async function listAddresses({ env, req }: Exchange): Promise<Response> {
  const { commenters, next } = await env.commenting.comments.exportCommenters(req.query('after') ?? '')
  const address = next !== undefined && {
    next: `/api/comments/addresses?${new URLSearchParams({ after: next })}`,
  }
  return Response.json({ addresses: commenters, ...address }, { headers: uncached })
}

/** Gives comments and reports the addresses of a backup. Those that cannot be read are named, and stop no other one. */
async function restoreAddresses(exchange: Exchange): Promise<Response> {
  const body = await readJson(exchange.req.raw, maxBodyBytes)
  const done = body.ok ? await restoreCommenters(exchange.env.commenting.comments, body.value) : body
  return done.ok ? Response.json(done.value, { headers: uncached }) : answerProblem(exchange, done.problem)
}

/** Answers a comment and what happened to it. */
async function history(exchange: Exchange): Promise<Response> {
  const { env } = exchange
  const ports = { comments: env.commenting.comments, site: env.config.site }
  const found = await readComment(ports, param(exchange, 'id'))
  return found.ok ? Response.json(found.value, { headers: uncached }) : answerProblem(exchange, found.problem)
}
