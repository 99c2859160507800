import type { Hono } from 'hono'
import { success } from '../domain/problem.ts'
import { address } from '../domain/site.ts'
import type { Head } from '../domain/store.ts'
import { publicFor } from '../http/caching.ts'
import { describeFreshness } from '../read/freshness.ts'
import { readNews, readSitemap, readSitemapIndex } from '../read/sitemaps.ts'
import { renderNewsSitemap, renderSitemap, renderSitemapIndex } from '../render/sitemap.ts'
import { answer, answerProblem, type Edge, type Exchange, resource } from './answer.ts'
import { param, reading } from './reading.ts'

/** Registers robots.txt and the sitemaps. */
export function sitemaps(app: Hono<Edge>): void {
  resource(app, '/robots.txt', { GET: robots })
  resource(app, '/sitemap.xml', { GET: sitemapIndex })
  resource(app, '/sitemap-news.xml', { GET: newsSitemap })
  resource(app, '/:file{sitemap-[a-z0-9-]+\\.xml}', { GET: sitemap })
}

/**
 * Answers with robots.txt (RFC 9309), which forbids robots to visit the API and the hub. Short links are
 * allowed, because the robots that make link previews must follow them.
 */
function robots({ env }: Exchange): Response {
  const lines = [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /hub',
    '',
    ...['sitemap.xml', 'sitemap-news.xml'].map((path) => `Sitemap: ${address(env.config.site, path)}`),
  ]
  // The text of robots.txt depends only on the settings, so the answer has a fixed lifetime and the store is
  // not read.
  return new Response(`${lines.join('\n')}\n`, {
    headers: {
      'Content-Type': 'text/plain; charset=utf-8',
      'Cache-Control': publicFor(3600),
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

async function sitemapIndex(exchange: Exchange): Promise<Response> {
  const index = await readSitemapIndex(reading(exchange))
  if (!index.ok) return answerProblem(exchange, index.problem)
  const { entries } = index.value
  const { site } = exchange.env.config
  return answerXml(exchange, index.value, 'sitemap', async () => renderSitemapIndex(site, await entries()))
}

async function sitemap(exchange: Exchange): Promise<Response> {
  const name = param(exchange, 'file').slice('sitemap-'.length, -'.xml'.length)
  const one = await readSitemap(reading(exchange), name)
  if (!one.ok) return answerProblem(exchange, one.problem)
  const { entries } = one.value
  const { site } = exchange.env.config
  return answerXml(exchange, one.value, 'sitemap', async () => renderSitemap(site, await entries()))
}

async function newsSitemap(exchange: Exchange): Promise<Response> {
  const news = await readNews(reading(exchange))
  if (!news.ok) return answerProblem(exchange, news.problem)
  const { entries, hour } = news.value
  const { site } = exchange.env.config
  return answerXml(exchange, news.value, `news${hour.toString(36)}`, async () =>
    renderNewsSitemap(site, await entries()),
  )
}

async function answerXml(
  exchange: Exchange,
  { head, isCurrent }: { head: Head; isCurrent: () => boolean },
  format: string,
  body: () => Promise<string>,
): Promise<Response> {
  const kind = { type: 'application/xml; charset=utf-8', address: exchange.req.path, links: [] }
  return answer(
    exchange,
    success({ ...describeFreshness(reading(exchange), head, format), ...kind, isCurrent, body }),
  )
}
