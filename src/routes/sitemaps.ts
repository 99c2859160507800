import type { Hono } from 'hono'
import { isStoreFault } from '../domain/fault.ts'
import { success } from '../domain/problem.ts'
import type { Head } from '../domain/store.ts'
import { uncached } from '../http/problem.ts'
import { describeFreshness } from '../read/freshness.ts'
import { readNews, readSitemap, readSitemapIndex } from '../read/sitemaps.ts'
import { renderRobots } from '../render/robots.ts'
import { renderNewsSitemap, renderSitemap, renderSitemapIndex } from '../render/sitemap.ts'
import { answer, answerProblem, type Edge, type Exchange, resource, routeOf } from './answer.ts'
import { param, reading } from './reading.ts'

/** Registers robots.txt and the sitemaps. */
export function sitemaps(app: Hono<Edge>): void {
  resource(app, '/robots.txt', { GET: robots })
  resource(app, '/sitemap.xml', { GET: sitemapIndex })
  resource(app, '/sitemap-news.xml', { GET: newsSitemap })
  resource(app, '/:file{sitemap-[a-z0-9-]+\\.xml}', { GET: sitemap })
}

/**
 * Answers with robots.txt. Its text depends on whether the news sitemap holds an article, so it has the validators and the
 * lifetime of the news sitemap. While the store fails, the answer is robots.txt without the news sitemap, and no cache
 * keeps it: a robot that gets no robots.txt may stop visiting the site (RFC 9309 §2.3.1.4).
 */
async function robots(exchange: Exchange): Promise<Response> {
  const { env } = exchange
  const { site } = env.config
  const render = (hasNews: boolean) => renderRobots(site, hasNews)
  try {
    const news = await readNews(reading(exchange))
    if (news.ok) {
      const { entries, hour } = news.value
      const body = async () => render((await entries()).length > 0)
      return await answerSitemap(exchange, news.value, `robots${hour.toString(36)}`, body, robotsType)
    }
  } catch (fault) {
    if (!isStoreFault(fault)) throw fault
    env.log('fault', { ...routeOf(exchange), fault })
  }
  return new Response(render(false), { headers: { ...uncached, 'Content-Type': robotsType } })
}

const robotsType = 'text/plain; charset=utf-8'

async function sitemapIndex(exchange: Exchange): Promise<Response> {
  const index = await readSitemapIndex(reading(exchange))
  if (!index.ok) return answerProblem(exchange, index.problem)
  const { entries } = index.value
  const { site } = exchange.env.config
  return answerSitemap(exchange, index.value, 'sitemap', async () =>
    renderSitemapIndex(site, await entries()),
  )
}

async function sitemap(exchange: Exchange): Promise<Response> {
  const name = param(exchange, 'file').slice('sitemap-'.length, -'.xml'.length)
  const one = await readSitemap(reading(exchange), name)
  if (!one.ok) return answerProblem(exchange, one.problem)
  const { entries } = one.value
  const { site } = exchange.env.config
  return answerSitemap(exchange, one.value, 'sitemap', async () => renderSitemap(site, await entries()))
}

async function newsSitemap(exchange: Exchange): Promise<Response> {
  const news = await readNews(reading(exchange))
  if (!news.ok) return answerProblem(exchange, news.problem)
  const { entries, hour } = news.value
  const { site } = exchange.env.config
  return answerSitemap(exchange, news.value, `news${hour.toString(36)}`, async () =>
    renderNewsSitemap(site, await entries()),
  )
}

async function answerSitemap(
  exchange: Exchange,
  { head, isCurrent }: { head: Head; isCurrent: () => boolean },
  format: string,
  body: () => Promise<string>,
  type = 'application/xml; charset=utf-8',
): Promise<Response> {
  const kind = { type, address: exchange.req.path, links: [] }
  return answer(
    exchange,
    success({ ...describeFreshness(reading(exchange), head, format), ...kind, isCurrent, body }),
  )
}
