import type { Hono } from 'hono'
import { modeOf } from '../domain/comment.ts'
import { success } from '../domain/problem.ts'
import { folders } from '../domain/selection.ts'
import type { Link } from '../http/link.ts'
import { hashOf } from '../http/token.ts'
import { renderArticlePage } from '../pages/article/page.tsx'
import { card, cardTag } from '../pages/images/card.ts'
import { favicon, faviconTag } from '../pages/images/favicon.ts'
import { touchIcon, touchIconTag } from '../pages/images/touch-icon.ts'
import { renderListPage } from '../pages/list/page.tsx'
import { commentedPolicy, notifyPolicy } from '../pages/parts/policy.ts'
import { readArticle } from '../read/article.ts'
import { alternates } from '../read/feed.ts'
import { describeFreshness } from '../read/freshness.ts'
import { readListing } from '../read/listing.ts'
import { renderManifest } from '../render/manifest.ts'
import { oembedLinks } from '../render/oembed.ts'
import { answer, answerProblem, type Edge, type Exchange, pageHeaders, resource } from './answer.ts'
import { answerFixed } from './fixed.ts'
import { feedLinks, param, reading } from './reading.ts'
import { shareRowOf } from './share-row.ts'
import { waysOf } from './ways.ts'

/** Registers the HTML pages: the home page, the page of each selection and the page of each article. */
export function pages(app: Hono<Edge>): void {
  resource(app, '/', { GET: (exchange) => listPage(exchange, '') })
  for (const folder of folders) {
    resource(app, `/${folder}/:key`, {
      GET: (exchange) => listPage(exchange, `${folder}/${param(exchange, 'key')}`),
    })
  }
  resource(app, '/articles/:slug', { GET: articlePage })
  resource(app, '/favicon.ico', {
    GET: (exchange) => answerFixed(exchange, { ...icon, tag: faviconTag, body: favicon }),
  })
  resource(app, '/apple-touch-icon.png', {
    GET: (exchange) => answerFixed(exchange, { ...icon, tag: touchIconTag, body: touchIcon }),
  })
  resource(app, '/site.webmanifest', { GET: manifest })
  resource(app, '/card.png', {
    GET: (exchange) => answerFixed(exchange, { type: 'image/png', tag: cardTag, body: card }),
  })
}

/** The media type of the built-in icons, and their lifetime: browsers request icons often, and only a deployment changes them. */
const icon = { type: 'image/png', browserSeconds: 86_400 }

async function manifest(exchange: Exchange): Promise<Response> {
  const { config, notify } = exchange.env
  const body = renderManifest(config.site, notify?.push !== undefined)
  const tag = `manifest-${(await hashOf(body)).slice(0, 16)}`
  return answerFixed(exchange, { type: 'application/manifest+json', tag, body })
}

async function listPage(exchange: Exchange, path: string): Promise<Response> {
  const ports = reading(exchange)
  const listing = await readListing(ports, path)
  if (!listing.ok) return answerProblem(exchange, listing.problem)
  const { head, teasers, isCurrent } = listing.value
  const { site } = ports
  return answer(
    exchange,
    success({
      ...(await page(exchange, path)),
      ...describeFreshness(ports, head, 'html'),
      isCurrent,
      body: async () =>
        renderListPage({
          site,
          selection: head,
          articles: await teasers(),
          feeds: feedLinks(exchange, path),
          notify: waysOf(exchange),
        }),
    }),
  )
}

async function articlePage(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const read = await readArticle(ports, param(exchange, 'slug'))
  if (!read.ok) return answerProblem(exchange, read.problem)
  const { head, article } = read.value
  const { site } = ports
  const syndicated = article.rights.syndicate !== 'none'
  const { notify } = exchange.env
  const isPushOn = notify?.push !== undefined
  const hasComments = modeOf(site, article) !== 'off'
  const policy = hasComments ? commentedPolicy(notify && { isPushOn }) : notify && notifyPolicy(isPushOn)
  const shown = await page(exchange, syndicated ? head.path : undefined, oembedLinks(site, article))
  return answer(
    exchange,
    success({
      ...shown,
      ...(policy !== undefined && { headers: pageHeaders(policy) }),
      ...describeFreshness(ports, head, 'html'),
      body: async () =>
        renderArticlePage({
          site,
          article,
          share: (await shareRowOf(exchange, article)).share,
          feeds: syndicated ? feedLinks(exchange, head.path) : [],
          notify: waysOf(exchange),
        }),
    }),
  )
}

async function page(exchange: Exchange, path: string | undefined, more: readonly Link[] = []) {
  const headers = pageHeaders()
  const links = path === undefined ? [] : alternates(exchange.env.config.site, { path })
  const address = exchange.req.path
  return { type: headers['Content-Type'], headers, address, links: [...links, ...more] }
}
