import type { Hono } from 'hono'
import { uncached } from '../http/problem.ts'
import { answerMissing, type Edge, type Exchange } from './answer.ts'

/**
 * Answers a request for an address that matches no route. A GET or HEAD for an address with one or more slashes at its end is
 * redirected to the address without them, if that address answers with success or redirects further; in the latter case,
 * the redirect leads to the last address in one step. Otherwise, the answer is that of the address without the slashes:
 * what is unknown is 404, and what was withdrawn 410. A percent-encoded slash is a part of a name (RFC 3986 §2.2).
 */
export async function answerUnmatched(app: Hono<Edge>, exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const { pathname, search } = new URL(req.url)
  const isRead = req.method === 'GET' || req.method === 'HEAD'
  if (!isRead || !pathname.endsWith('/')) return answerMissing(exchange)
  const path = withoutSlashes(pathname) + search
  const ask = (method: string) => app.fetch(requestOf(exchange, path, method), portsOf(exchange))
  const found = await ask('HEAD')
  if (found.status >= 400) return req.method === 'HEAD' ? found : ask('GET')
  const location = found.status === 301 ? found.headers.get('Location') : null
  // Only the site's own address precedes the path, so a path such as `//evil.example/` leads to no other host.
  return new Response(null, {
    status: 301,
    headers: { ...uncached, Location: location ?? env.config.site.url + path },
  })
}

/** The path without the slashes at its end. The search goes from the end, so that a path of many slashes costs little. */
export function withoutSlashes(path: string): string {
  let end = path.length
  while (end > 1 && path[end - 1] === '/') end--
  return path.slice(0, end)
}

/**
 * The request for another path, without conditions: a 304 would not tell whether the address exists. HEAD renders nothing
 * and counts no visit of a short link.
 */
function requestOf({ req }: Exchange, path: string, method: string): Request {
  const headers = new Headers(req.raw.headers)
  for (const name of ['If-None-Match', 'If-Modified-Since']) headers.delete(name)
  return new Request(new URL(req.url).origin + path, { method, headers })
}

/** The ports for the inner request, which is neither counted nor logged a second time. */
function portsOf({ env }: Exchange): Exchange['env'] {
  const { mayAsk: _, isSampled: __, ...ports } = env
  const log: typeof env.log = (event, fields) => {
    if (event !== 'request') env.log(event, fields)
  }
  return { ...ports, log }
}
