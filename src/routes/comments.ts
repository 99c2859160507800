import type { Hono } from 'hono'
import { answerMissing, type Edge, type Exchange } from './answer.ts'
import { feedFile } from './reading.ts'

/** The addresses of comments: those on an article, the feeds of all, the pages to change one's own comment and to report one, and
 the script of the element for other websites. */
const paths = [
  '/articles/:slug/comments',
  '/articles/:slug/comments.json',
  '/articles/:slug/comments/new',
  `/articles/:slug/comments/${feedFile}`,
  '/comments',
  `/comments/${feedFile}`,
  '/comments/:id/edit',
  '/comments/:id/report',
  '/e/comments/v1.js',
] as const

/**
 * Registers the addresses of comments. On a site without comments, they are answered as addresses that do not exist. The module
 * with the pages is loaded when the first request for one of them arrives.
 */
export function comments(app: Hono<Edge>): void {
  for (const path of paths)
    app.all(path, (exchange) => (hasComments(exchange) ? answerLate(exchange) : answerMissing(exchange)))
}

const hasComments = ({ env }: Exchange): boolean => env.config.site.comments !== undefined

async function answerLate({ req, env }: Exchange): Promise<Response> {
  const { commentPages } = await import('./comments/pages.ts')
  return commentPages.fetch(req.raw, env)
}
