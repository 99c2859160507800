import type { Hono } from 'hono'
import type { Article } from '../domain/article.ts'
import { failure, type Problem, type Result, success } from '../domain/problem.ts'
import { readAt, type Site } from '../domain/site.ts'
import type { Head } from '../domain/store.ts'
import { detailsOf, uncached } from '../http/problem.ts'
import { embedStyles } from '../pages/bundle.ts'
import { renderEmbed, renderEmbedProblem } from '../pages/embed/page.tsx'
import { policyOf } from '../pages/parts/policy.ts'
import { readArticle } from '../read/article.ts'
import { describeFreshness } from '../read/freshness.ts'
import {
  boundsOf,
  isEmbeddable,
  type OembedFormat,
  oembedFormats,
  renderOembed,
  slugIn,
} from '../render/oembed.ts'
import { answer, answerProblem, type Edge, type Exchange, pageHeaders, resource } from './answer.ts'
import { queryParameter } from './query.ts'
import { param, reading } from './reading.ts'

/** Registers the oEmbed addresses, and the article's card, which other sites show in a frame. */
export function embeds(app: Hono<Edge>): void {
  resource(app, '/oembed', { GET: oembed })
  resource(app, '/embed/:slug', { GET: embed })
}

async function oembed(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const format = queryParameter(exchange, 'format') || 'json'
  if (!isFormat(format)) {
    return answerProblem(exchange, { kind: 'unknown-format', format, known: Object.keys(oembedFormats) })
  }
  const url = queryParameter(exchange, 'url')
  if (!url)
    return answerProblem(exchange, {
      kind: 'unreadable',
      reason: 'Cannot embed: the parameter url must be the address of an article',
    })
  const slug = slugIn(ports.site, url)
  if (!slug) return answerProblem(exchange, { kind: 'not-found', what: `an article of this site at ${url}` })
  const read = await readPresent(exchange, slug)
  if (!read.ok) return answerProblem(exchange, read.problem)
  const { head, article } = read.value
  if (!isEmbeddable(article)) return answerProblem(exchange, { kind: 'not-embeddable', slug })
  const bounds = boundsOf(queryParameter(exchange, 'maxwidth'), queryParameter(exchange, 'maxheight'))
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, head, `oembed.${format}`),
      type: oembedFormats[format].type,
      links: [{ rel: 'canonical', href: readAt(ports.site, article) }],
      body: () => renderOembed(ports.site, article, bounds, format),
    }),
  )
}

async function embed(exchange: Exchange): Promise<Response> {
  const ports = reading(exchange)
  const slug = param(exchange, 'slug')
  const read = await readArticle(ports, slug)
  if (!read.ok) return refuse(exchange, read.problem)
  const { head, article } = read.value
  if (!isEmbeddable(article)) return refuse(exchange, { kind: 'not-found', what: `article "${slug}"` })
  const { site } = ports
  const headers = frameHeaders(site)
  return answer(
    exchange,
    success({
      ...describeFreshness(ports, head, 'embed'),
      type: headers['Content-Type'],
      address: exchange.req.path,
      headers,
      links: [{ rel: 'canonical', href: readAt(site, article) }],
      body: () => renderEmbed({ site, article }),
    }),
  )
}

/**
 * Refuses a request for a card with an error page that fits a frame, because visitors of the embedding site
 * see the error page in the frame of the card.
 */
async function refuse(exchange: Exchange, problem: Problem): Promise<Response> {
  if (problem.kind === 'moved') {
    return answerProblem(exchange, { ...problem, path: problem.path.replace('articles/', 'embed/') })
  }
  if (!exchange.req.header('Accept')?.includes('text/html')) return answerProblem(exchange, problem)
  const { site } = exchange.env.config
  const { status, title, headers } = detailsOf(problem)
  return new Response(renderEmbedProblem(site, status, title), {
    status,
    headers: { ...frameHeaders(site), ...uncached, ...headers },
  })
}

/**
 * The headers of an article's card. They allow the card to load its stylesheet and pictures, and allow any site
 * to show the card in a frame.
 */
const frameHeaders = (site: Site) => ({
  ...pageHeaders(
    policyOf([embedStyles], {
      'script-src': undefined,
      'media-src': undefined,
      'manifest-src': undefined,
      'frame-src': undefined,
      // A page in a sandboxed frame has no origin. So `'self'` in the page's content security policy would
      // match no address, and the policy names the site's address instead.
      'img-src': `${site.url} https:`,
      'frame-ancestors': '*',
    }),
  ),
  'X-Robots-Tag': 'noindex',
})

/** Reads an article by its present slug or by a former slug. */
async function readPresent(
  exchange: Exchange,
  slug: string,
): Promise<Result<{ head: Head; article: Article }>> {
  const read = await readArticle(reading(exchange), slug)
  if (read.ok || read.problem.kind !== 'moved') return read
  const present = await readArticle(reading(exchange), read.problem.path.replace('articles/', ''))
  return present.ok || present.problem.kind !== 'moved'
    ? present
    : failure({ kind: 'not-found', what: `article "${slug}"` })
}

const isFormat = (format: string): format is OembedFormat => Object.hasOwn(oembedFormats, format)
