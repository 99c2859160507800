import type { Hono } from 'hono'
import type { Problem } from '../domain/problem.ts'
import { readForm } from '../http/form.ts'
import { detailsOf, uncached } from '../http/problem.ts'
import { requestSubscription } from '../hub/subscribe.ts'
import { answerProblem, type Edge, type Exchange, resource } from './answer.ts'

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
  const client = exchange.req.header('CF-Connecting-IP') ?? 'unknown'
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

/** Answers a GET request to the hub's address with an explanation for people. */
function about(exchange: Exchange): Response | Promise<Response> {
  const { config, hub: ports } = exchange.env
  if (!ports) return answerProblem(exchange, closed)
  return text(
    200,
    `This is the WebSub hub of ${config.site.title}. It tells subscribers of every change in the feeds of ${config.site.url}.

  curl ${ports.hub} -d hub.mode=subscribe \\
    -d hub.topic=${config.site.url}/feed.atom \\
    -d hub.callback=https://reader.example/callback

How it works: https://www.w3.org/TR/websub/
`,
  )
}
