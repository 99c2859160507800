import { Hono } from 'hono'
import {
  answer,
  answerFault,
  answerProblem,
  type Edge,
  type Exchange,
  pageHeaders,
  resource,
} from './answer.ts'
import { publishing } from './api.ts'
import { success } from './domain/problem.ts'
import { facetsOf } from './domain/selection.ts'
import { feedAddress, readAt } from './domain/site.ts'
import { renderArticlePage } from './pages/article.tsx'
import { favicon } from './pages/favicon.ts'
import type { FeedLink } from './pages/layout.tsx'
import { renderListPage } from './pages/list.tsx'
import {
  alternates,
  feedOf,
  labelled,
  readArticle,
  readArticleFeed,
  readIntersection,
  readListing,
} from './read.ts'
import { type FeedFormat, formats } from './render/formats.ts'
import { shareData, shareLinks } from './share/links.ts'

const feedFile = ':file{feed\\.(?:rss|atom|json)}'

/** The route table: every address that there is, one short handler each. */
export const app = new Hono<Edge>()
  .onError((fault, exchange) => answerFault(exchange, fault))
  .notFound((exchange) => answerProblem(exchange, { kind: 'not-found', what: exchange.req.path }))

resource(app, '/', { GET: (exchange) => listPage(exchange, '') })
resource(app, `/${feedFile}`, { GET: (exchange) => feed(exchange, '') })
for (const folder of ['sections', 'tags', 'authors']) {
  resource(app, `/${folder}/:key`, {
    GET: (exchange) => listPage(exchange, `${folder}/${param(exchange, 'key')}`),
  })
  resource(app, `/${folder}/:key/${feedFile}`, {
    GET: (exchange) => feed(exchange, `${folder}/${param(exchange, 'key')}`),
  })
}
resource(app, '/articles/:slug', { GET: articlePage })
resource(app, '/articles/:slug/share.json', { GET: shareJson })
resource(app, `/articles/:slug/${feedFile}`, { GET: articleFeed })
publishing(app)
resource(app, '/favicon.ico', { GET: faviconImage })

async function feed(exchange: Exchange, path: string): Promise<Response> {
  const ports = reading(exchange)
  const paths = path === '' ? facetsOf((key) => exchange.req.query(key)) : []
  const listing = await (paths.length > 0 ? readIntersection(ports, paths) : readListing(ports, path))
  if (!listing.ok) return answerProblem(exchange, listing.problem)
  return answer(exchange, success(feedOf(ports, listing.value, formatOf(exchange))))
}

async function articleFeed(exchange: Exchange): Promise<Response> {
  return answer(
    exchange,
    await readArticleFeed(reading(exchange), param(exchange, 'slug'), formatOf(exchange)),
  )
}

async function listPage(exchange: Exchange, path: string): Promise<Response> {
  const ports = reading(exchange)
  const listing = await readListing(ports, path)
  if (!listing.ok) return answerProblem(exchange, listing.problem)
  const { head, articles } = listing.value
  const { site } = ports
  return answer(
    exchange,
    success({
      ...(await page(exchange, path)),
      ...labelled(ports, head, 'html'),
      body: async () =>
        renderListPage({
          site,
          selection: head,
          articles: await articles(),
          feeds: feedLinks(exchange, path),
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
  return answer(
    exchange,
    success({
      ...(await page(exchange, syndicated ? head.path : undefined)),
      ...labelled(ports, head, 'html'),
      body: () =>
        renderArticlePage({
          site,
          article,
          share: shareLinks(
            { title: article.title, url: readAt(site, article) },
            article.language,
            exchange.env.config.shareNetworks,
          ),
          feeds: syndicated ? feedLinks(exchange, head.path) : [],
        }),
    }),
  )
}

async function shareJson(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const read = await readArticle(ports, param(exchange, 'slug'))
  if (!read.ok) return answerProblem(exchange, read.problem)
  const { head, article } = read.value
  const shared = { title: article.title, url: readAt(ports.site, article) }
  const data = shareData(shared, article.language, exchange.env.config.shareNetworks)
  return answer(
    exchange,
    success({
      ...labelled(ports, head, 'share'),
      type: 'application/json; charset=utf-8',
      links: [],
      body: () => `${JSON.stringify(data, null, 2)}\n`,
    }),
  )
}

/** The icon changes with the renderers only, so it is no selection's and needs no store. */
function faviconImage(): Response {
  return new Response(favicon, {
    headers: {
      'Content-Type': 'image/x-icon',
      'Cache-Control': 'public, max-age=86400',
      'X-Content-Type-Options': 'nosniff',
    },
  })
}

async function page(exchange: Exchange, path: string | undefined) {
  const headers = await pageHeaders()
  const links = path === undefined ? [] : alternates(exchange.env.config.site, { path })
  return { type: headers['Content-Type'] as string, headers, links }
}

const feedLinks = ({ env }: Exchange, path: string): FeedLink[] =>
  formats.map(({ format, type, title }) => ({
    type,
    title,
    url: feedAddress(env.config.site, { path }, format),
  }))

const reading = ({ env }: Exchange) => ({
  site: env.config.site,
  store: env.store,
  clock: env.clock,
  digest: env.digest,
  feedLength: env.config.feedLength,
})

const param = (exchange: Exchange, name: string): string => exchange.req.param(name) ?? ''

/** The format that the address names; the route's pattern lets no other pass. */
const formatOf = (exchange: Exchange): FeedFormat =>
  formats.find(({ format }) => param(exchange, 'file') === `feed.${format}`) as FeedFormat
