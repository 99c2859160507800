import type { Hono } from 'hono'
import { success } from '../domain/problem.ts'
import { readAt } from '../domain/site.ts'
import { hashOf } from '../http/token.ts'
import { shareMenuStyles, styles } from '../pages/bundle.ts'
import { policyOf } from '../pages/parts/policy.ts'
import { renderShareMenu } from '../pages/share-menu/page.tsx'
import { readArticle } from '../read/article.ts'
import { describeFreshness } from '../read/freshness.ts'
import { sharedOf, shortAddresses } from '../share/addresses.ts'
import { shareData } from '../share/links.ts'
import { parseShareQuery, type ShareQuery } from '../share/query.ts'
import { answer, answerProblem, type Edge, type Exchange, pageHeaders, resource } from './answer.ts'
import { queryParameter } from './query.ts'
import { param, reading } from './reading.ts'
import { shareRowOf } from './share-row.ts'

/** Registers an article's share links, as JSON and as a page. */
export function sharing(app: Hono<Edge>): void {
  resource(app, '/articles/:slug/share.json', { GET: shareJson })
  resource(app, '/articles/:slug/share', { GET: shareMenu })
}

async function shareJson(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const read = await readArticle(ports, param(exchange, 'slug'))
  if (!read.ok) return answerProblem(exchange, read.problem)
  const query = parseShareQuery((key) => queryParameter(exchange, key))
  if (!query.ok) return answerProblem(exchange, query.problem)
  const { head, article } = read.value
  const { shareNetworks } = exchange.env.config
  const { text, quote, choice, language = article.language } = query.value
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, head, await formatOf(query.value)),
      type: 'application/json; charset=utf-8',
      links: [],
      body: async () => {
        const { short, qr } = await shortAddresses(ports.site, article.id)
        const shared = {
          ...(await sharedOf(ports.site, article, exchange.env.config)),
          ...(text !== undefined && { text }),
          ...(quote !== undefined && { quote }),
        }
        const { url, networks, ...said } = shareData(shared, language, choice?.ids ?? shareNetworks)
        const counted = networks.map((link) => ({ ...link, short: `${short}.${link.id}` }))
        return `${JSON.stringify({ url, short, qr, ...said, networks: counted, refused: choice?.refused ?? [] }, null, 2)}\n`
      },
    }),
  )
}

/**
 * Answers with an HTML page of an article's share links. Its headers tell search engines to index the article's
 * page instead.
 */
async function shareMenu(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const read = await readArticle(ports, param(exchange, 'slug'))
  if (!read.ok) return answerProblem(exchange, read.problem)
  const { head, article } = read.value
  const { site } = ports
  const headers = pageHeaders(policyOf([shareMenuStyles, styles]))
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, head, 'menu'),
      type: headers['Content-Type'],
      address: exchange.req.path,
      headers: { ...headers, 'X-Robots-Tag': 'noindex, nofollow' },
      links: [{ rel: 'canonical', href: readAt(site, article) }],
      body: async () => {
        const { share } = await shareRowOf(exchange, article)
        return renderShareMenu({ site, article, share, addresses: await shortAddresses(site, article.id) })
      },
    }),
  )
}

/**
 * The part of the ETag that names the representation. Each set of query parameters has another representation
 * and therefore another name.
 */
const formatOf = async ({ canonical }: ShareQuery): Promise<string> =>
  canonical === '' ? 'share' : `share.${(await hashOf(canonical)).slice(0, 8)}`
