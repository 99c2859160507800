import type { Hono } from 'hono'
import { modeOf } from '../domain/comment.ts'
import { readArticle } from '../read/article.ts'
import { answerMissing, type Edge, type Exchange } from './answer.ts'
import { feedFile, param, reading } from './reading.ts'

/** The addresses of the comments on an article. */
const paths = [
  '/articles/:slug/comments',
  '/articles/:slug/comments.json',
  '/articles/:slug/comments/new',
  `/articles/:slug/comments/${feedFile}`,
] as const

/**
 * Registers the addresses of comments. While nobody may comment, they are answered as addresses that do not exist. The module
 * with the pages is loaded when the first request for one of them arrives.
 */
export function comments(app: Hono<Edge>): void {
  for (const path of paths) app.all(path, answerIfOn)
  app.all(`/comments/${feedFile}`, (exchange) =>
    exchange.env.config.comments === 'off' ? answerMissing(exchange) : answerLate(exchange),
  )
}

async function answerIfOn(exchange: Exchange): Promise<Response> {
  if (!(await mayBeOn(exchange))) return answerMissing(exchange)
  return answerLate(exchange)
}

async function answerLate({ req, env }: Exchange): Promise<Response> {
  const { commentPages } = await import('./comments/pages.ts')
  return commentPages.fetch(req.raw, env)
}

/** Whether comments may be on at the address. Where they are off for the site, the article itself must say otherwise. */
async function mayBeOn(exchange: Exchange): Promise<boolean> {
  const { comments: site } = exchange.env.config
  if (site !== 'off') return true
  const read = await readArticle(reading(exchange), param(exchange, 'slug'))
  return read.ok && modeOf(read.value.article, site) !== 'off'
}
