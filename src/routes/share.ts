import type { Hono } from 'hono'
import { answer, answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { success } from '../domain/problem.ts'
import { readAt } from '../domain/site.ts'
import { labelled, readArticle } from '../read.ts'
import { shareData } from '../share/links.ts'
import { param, reading } from './reading.ts'

/** Registers what a reader shares an article with. */
export function sharing(app: Hono<Edge>): void {
  resource(app, '/articles/:slug/share.json', { GET: shareJson })
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
