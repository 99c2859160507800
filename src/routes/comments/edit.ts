import type { Hono } from 'hono'
import { deleteOwnComment, editOwnComment, readOwnComment } from '../../comments/edit.ts'
import { textIn } from '../../comments/given.ts'
import { modeOf, type OwnComment } from '../../domain/comment.ts'
import { readForm } from '../../http/form.ts'
import { networkOf } from '../../http/network.ts'
import { uncached } from '../../http/problem.ts'
import { editActions, renderCommentEdit, renderEditOutcome } from '../../pages/comments/edit.tsx'
import { renderCommentDone } from '../../pages/comments/form.tsx'
import { readArticle } from '../../read/article.ts'
import { answerProblem, type Edge, type Exchange, resource } from '../answer.ts'
import { param, reading } from '../reading.ts'
import { answerPage, excess, foreign, isOwn, maxFormBytes, readable } from './answer.ts'

/** Registers the page on which people change or delete their own comments for ten minutes. */
export function commentEdit(app: Hono<Edge>): void {
  app.options('/comments/:id/edit', readable(answerPreflight))
  resource(app, '/comments/:id/edit', { POST: readable(act) })
}

/** Allows scripts of the websites that the settings name to send the token of a comment in a header. */
const answerPreflight = async (): Promise<Response> =>
  new Response(null, {
    status: 204,
    headers: {
      ...uncached,
      Allow: 'OPTIONS, POST',
      'Access-Control-Allow-Methods': 'POST',
      'Access-Control-Allow-Headers': tokenHeader,
    },
  })

/** The header in which a script sends the token of a comment. */
const tokenHeader = 'Comment-Token'

/**
 * Does what a form asks for, whose token proves that the comment is that person's. The token is in the body or in a header, because servers keep
 * the addresses of requests.
 */
async function act(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  if (!isOwn(exchange)) return answerProblem(exchange, foreign('change a comment'))
  const form = await readForm(req.raw, maxFormBytes)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const client = networkOf(req.header('CF-Connecting-IP') ?? 'unknown')
  if (!(await env.commenting.mayAsk(`comment ${client}`))) return answerProblem(exchange, excess)
  const action = editActions.find((one) => one === form.value.get('action'))
  if (action === undefined) {
    const issues = [{ field: 'action', reason: `must be one of ${editActions.join(', ')}` }]
    return answerProblem(exchange, { kind: 'invalid-request', task: 'change a comment', issues })
  }
  const own = { id: param(exchange, 'id'), token: req.header(tokenHeader) ?? form.value.get('token') ?? '' }
  const { site: of, commentWords: words } = env.config
  const { comments, isSpam } = env.commenting
  const ports = { comments, site: of, words, ...(isSpam && { isSpam }) }
  const found = await readOwnComment(ports, own.id, own.token)
  if (!found) return over(exchange)
  const { site } = ports
  const article = await articleOf(exchange, found)
  // A person may delete what nobody can read any more; the answer says nothing of the article.
  const { language } = article ?? site
  if (article && action === 'open')
    return answerPage(renderCommentEdit({ site, language, own, text: found.text }))
  if (action === 'delete') {
    if (!(await deleteOwnComment(ports, own.id, own.token))) return over(exchange)
    env.publishing.takeUp?.()
    return answerPage(renderEditOutcome({ site, language, outcome: 'deleted' }))
  }
  if (!article) return over(exchange)
  const edited = await editOwnComment(ports, { ...own, mode: modeOf(site, article) }, form.value)
  if (edited.kind === 'over') return over(exchange)
  if (edited.kind === 'wrong') {
    const page = renderCommentEdit({ site, language, own, text: textIn(form.value), mistake: edited.mistake })
    return answerPage(page, 422)
  }
  if (edited.state !== found.state) env.publishing.takeUp?.()
  const done = answerPage(renderCommentDone({ site, article, done: edited.state, own }))
  done.headers.set('Comment-State', edited.state)
  done.headers.set('Access-Control-Expose-Headers', 'Comment-State')
  return done
}

/** The article of a comment, if readers may comment on it. */
async function articleOf(exchange: Exchange, { path }: OwnComment) {
  const read = await readArticle(reading(exchange), path.split('/')[1] ?? '')
  if (!read.ok || modeOf(exchange.env.config.site, read.value.article) === 'off') return undefined
  return read.value.article
}

/** Says that the comment cannot be changed any more. The answer is the same for a wrong token and for a comment that does not exist. */
function over({ env }: Exchange): Response {
  const { site } = env.config
  return answerPage(renderEditOutcome({ site, language: site.language, outcome: 'over' }), 404)
}
