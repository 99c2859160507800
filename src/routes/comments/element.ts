import type { Hono } from 'hono'
import { commentsScript } from '../../element/comments/bundle.ts'
import { type Edge, resource } from '../answer.ts'
import { answerFixed } from '../fixed.ts'

/** Registers the script of the element of comments. */
export function commentElement(app: Hono<Edge>): void {
  const { tag, text: body } = commentsScript
  resource(app, '/e/comments/v1.js', {
    GET: (exchange) => answerFixed(exchange, { type: 'text/javascript; charset=utf-8', tag, body }),
  })
}
