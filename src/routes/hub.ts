import type { Hono } from 'hono'
import type { Problem } from '../domain/problem.ts'
import { readForm } from '../http/form.ts'
import { negotiate } from '../http/negotiate.ts'
import { networkOf } from '../http/network.ts'
import { detailsOf, uncached } from '../http/problem.ts'
import { hashOf } from '../http/token.ts'
import { requestSubscription } from '../hub/subscribe.ts'
import { renderHubPage } from '../pages/hub/page.tsx'
import { exampleOf, renderHubText } from '../pages/hub/text.ts'
import { answerProblem, type Edge, type Exchange, pageHeaders, resource } from './answer.ts'
import { answerFixed } from './fixed.ts'

/**
 * The largest number of bytes in the body of a request to the hub. A request with a topic, a callback and a
 * secret has far fewer bytes.
 */
export const maxFormBytes = 16_384

/** Registers the WebSub hub. */
export function hub(app: Hono<Edge>): void {
  resource(app, '/hub', { GET: about, POST: post })
}

/**
 * Answers a subscription request with 202 if the hub accepts it. The callback is verified after the answer
 * (WebSub §5.1.2).
 */
async function post(exchange: Exchange): Promise<Response> {
  const ports = exchange.env.hub
  if (!ports) return plainly(closed)
  const form = await readForm(exchange.req.raw, maxFormBytes)
  if (!form.ok) return plainly(form.problem)
  const client = networkOf(exchange.req.header('CF-Connecting-IP') ?? 'unknown')
  const taken = await requestSubscription(ports, form.value, client)
  if (!taken.ok) return plainly(taken.problem)
  return new Response(null, { status: 202, headers: uncached })
}

/**
 * The error answer to requests for the hub if the compatibility flag `global_fetch_strictly_public` is not
 * set. The hub sends no requests without this flag, because a request to a callback could then bypass the
 * firewall of the site's own Cloudflare zone.
 */
export const closed: Problem = {
  kind: 'misconfigured',
  setting: 'compatibility_flags',
  reason: 'must name global_fetch_strictly_public, without which the hub sends no requests',
}

/** Answers with a problem as plain text, because the authors of subscribers read it (WebSub §5.1.2). */
function plainly(problem: Problem): Response {
  const { status, detail, headers } = detailsOf(problem)
  return text(status, `${detail}\n`, headers)
}

const text = (status: number, body: string, headers: Record<string, string> = {}): Response =>
  new Response(body, {
    status,
    headers: { ...uncached, 'Content-Type': 'text/plain; charset=utf-8', ...headers },
  })

/** The media types of the explanation at the hub's address. The first is for programs that accept anything. */
const explanations = [
  { type: 'text/plain', render: renderHubText, headers: {} },
  { type: 'text/html', aliases: ['application/xhtml+xml'], render: renderHubPage, headers: pageHeaders() },
] as const

/**
 * Answers a GET request to the hub's address with an explanation: a page of the site if the Accept header prefers HTML,
 * otherwise a text for programmers (RFC 9110 §12.5.1).
 */
async function about(exchange: Exchange): Promise<Response> {
  const { config, hub: ports } = exchange.env
  if (!ports) return answerProblem(exchange, closed)
  const { site } = config
  const { type, render, headers } = negotiate(exchange.req.header('Accept'), explanations) ?? explanations[0]
  const body = render({ site, hub: ports.hub, example: exampleOf(site, ports.hub) })
  return answerFixed(exchange, {
    type: `${type}; charset=utf-8`,
    tag: `hub-${(await hashOf(body)).slice(0, 16)}`,
    headers: { ...headers, Vary: 'Accept' },
    body,
  })
}
