import type { Hono } from 'hono'
import type { Problem } from '../domain/problem.ts'
import { success } from '../domain/problem.ts'
import { address, readAt, type Site } from '../domain/site.ts'
import { cachingHeaders, faultHeaders } from '../http/caching.ts'
import { uncached } from '../http/problem.ts'
import { cacheTag } from '../http/respond.ts'
import { describeFreshness, lifetimeEnd } from '../read/freshness.ts'
import { type Named, readShort, type ShortPorts } from '../read/short-link.ts'
import { withCampaign } from '../share/campaign.ts'
import { parseShortName } from '../share/code.ts'
import { mediumOf } from '../share/networks.ts'
import { renderQr } from '../share/qr.ts'
import { isVisit } from '../share/visit.ts'
import { answer, answerProblem, type Edge, type Exchange, resource } from './answer.ts'
import { param, reading } from './reading.ts'

/**
 * Registers short links and their QR codes. robots.txt allows them, so that robots which make link previews can
 * follow them, but their headers tell search engines not to index them.
 */
export function shortLinks(app: Hono<Edge>): void {
  resource(app, '/s/:name', { GET: follow })
  resource(app, '/qr/:file', { GET: qrCode })
}

const shortPorts = (exchange: Exchange): ShortPorts => ({
  ...reading(exchange),
  shorts: exchange.env.shorts,
  log: exchange.env.log,
})

const unlisted = { 'X-Robots-Tag': 'noindex, nofollow' }

/**
 * Redirects a short link to its article. The address of the article comes only from the store, so a request
 * cannot cause a redirect to another site.
 */
async function follow(exchange: Exchange): Promise<Response> {
  const name = parseShortName(param(exchange, 'name'))
  const medium = name?.network === undefined ? undefined : mediumOf(name.network)
  if (!name || (name.network !== undefined && medium === undefined)) return unlistedProblem(exchange, unknown)
  const found = await readShort(shortPorts(exchange), name.code)
  if (!found.ok) return unlistedProblem(exchange, found.problem)
  const { site } = exchange.env.config
  const [named, ...others] = found.value
  if (others.length > 0) return choices(site, found.value)
  if (name.network === undefined || medium === undefined) return plainly(exchange, named)
  count(exchange, name.code, name.network)
  return redirect(withCampaign(readAt(site, named.article), name.network, medium), {
    ...uncached,
    ...faultHeaders(named.head),
    'Cache-Control': 'private, no-store',
  })
}

const unknown: Problem = { kind: 'not-found', what: 'the article' }

async function unlistedProblem(exchange: Exchange, problem: Problem): Promise<Response> {
  const response = await answerProblem(exchange, problem)
  response.headers.set('X-Robots-Tag', unlisted['X-Robots-Tag'])
  return response
}

/**
 * Redirects with status 302 (temporary). A permanent redirect could be cached, so that visits would not be
 * counted and a later change of the article's address would not be seen (RFC 9110 §15.4.3).
 */
const redirect = (location: string, headers: Record<string, string>): Response =>
  new Response(null, { status: 302, headers: { ...headers, ...unlisted, Location: location } })

/**
 * Redirects a short link that names no social network. The visits of such a link are not counted, so a cache
 * may keep the redirect for the same time for which it may keep the article's page.
 */
function plainly({ env }: Exchange, named: Named): Response {
  const { path, overdue, outdated } = named.head
  return redirect(readAt(env.config.site, named.article), {
    ...cachingHeaders({ now: env.clock(), settled: true, ...lifetimeEnd(named.head) }),
    ...faultHeaders(named.head),
    ...(overdue === undefined && !outdated && { 'Cache-Tag': cacheTag(path) }),
    'Access-Control-Allow-Origin': '*',
    'X-Content-Type-Options': 'nosniff',
  })
}

/**
 * Answers with the titles and addresses of several articles whose ids have the same code, so that the visitor
 * can choose an article (RFC 9110 §15.4.1).
 */
function choices(site: Site, named: readonly Named[]): Response {
  const lines = named.map(({ article }) => `${article.title}\n${readAt(site, article)}\n`)
  const headers = { ...uncached, ...unlisted, 'Content-Type': 'text/plain; charset=utf-8' }
  return new Response(lines.join('\n'), { status: 300, headers })
}

/**
 * Counts a visit of a short link. The count is written after the answer was sent. If the write fails, the
 * failure is only logged.
 */
function count(exchange: Exchange, code: string, network: string): void {
  const { env, req } = exchange
  if (!isVisit(req.raw)) return
  const writing = env.gather({ day: env.day(env.clock()), code, network })
  if (writing) exchange.executionCtx.waitUntil(writing)
}

/**
 * Answers with the QR code of a short link. The link in the QR code names `qr` as its network, so that visits
 * by QR code are counted.
 */
async function qrCode(exchange: Exchange): Promise<Response> {
  const [, code] = /^(.*)\.svg$/.exec(param(exchange, 'file')) ?? []
  const name = code === undefined ? undefined : parseShortName(code)
  if (!name || name.network !== undefined) return unlistedProblem(exchange, unknown)
  const ports = shortPorts(exchange)
  const found = await readShort(ports, name.code)
  if (!found.ok) return unlistedProblem(exchange, found.problem)
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, found.value[0].head, 'qr'),
      type: 'image/svg+xml',
      headers: { ...unlisted, 'Content-Security-Policy': "default-src 'none'; frame-ancestors 'none'" },
      links: [],
      body: () => renderQr(address(ports.site, `s/${name.code}.qr`)),
    }),
  )
}
