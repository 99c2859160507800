import type { Hono } from 'hono'
import { deleteOwnComment, editOwnComment, readOwnComment } from '../../comments/edit.ts'
import { textIn } from '../../comments/given.ts'
import type { Article } from '../../domain/article.ts'
import { type CommentState, modeOf, type OwnComment } from '../../domain/comment.ts'
import { wordsIn } from '../../domain/language.ts'
import { readForm } from '../../http/form.ts'
import { networkOf } from '../../http/network.ts'
import { uncached } from '../../http/problem.ts'
import { editActions, type Own, renderCommentEdit, renderEditOutcome } from '../../pages/comments/edit.tsx'
import { readArticle } from '../../read/article.ts'
import { answerProblem, type Edge, type Exchange, isForPerson, resource } from '../answer.ts'
import { param, reading } from '../reading.ts'
import { answerPage, isOwn, languageOf, maxFormBytes, readable } from './answer.ts'
import { excess, foreign, problemOf } from './mistake.ts'

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
 * Does what a form asks for, whose token proves that the comment is that person's. The token is in the body or in a header, because
 * servers keep the addresses of requests.
 */
async function act(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  if (!isOwn(exchange)) return answerProblem(exchange, foreign(task))
  const form = await readForm(req.raw, maxFormBytes)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const client = networkOf(req.header('CF-Connecting-IP') ?? 'unknown')
  const action = editActions.find((one) => one === form.value.get('action'))
  if (action === undefined) {
    const issues = [{ field: 'action', reason: `must be one of ${editActions.join(', ')}` }]
    return answerProblem(exchange, { kind: 'invalid-request', task, issues })
  }
  const own = { id: param(exchange, 'id'), token: req.header(tokenHeader) ?? form.value.get('token') ?? '' }
  // What was written to be saved must not be lost.
  const text = action === 'save' ? textIn(form.value) : undefined
  if (!(await env.commenting.mayAsk(`comment ${client}`))) return tooMany(exchange, own, text)
  const ports = portsOf(exchange)
  const found = await readOwnComment(ports, own.id, own.token)
  if (!found) return over(exchange, text)
  const changed: Changed = {
    ...{ exchange, ports, own, found, form: form.value },
    article: await articleOf(exchange, found),
  }
  switch (action) {
    case 'open':
      return open(changed)
    case 'save':
      return save(changed)
    case 'delete':
      return remove(changed)
  }
}

/** A comment whose author may change it, and its article; undefined if nobody can read the comments on it. */
interface Changed {
  exchange: Exchange
  ports: ReturnType<typeof portsOf>
  own: Own
  found: OwnComment
  article: Article | undefined
  form: URLSearchParams
}

const task = 'change a comment'

function portsOf({ env }: Exchange) {
  const { site, commentWords: words } = env.config
  const { comments, isSpam } = env.commenting
  return { comments, site, words, ...(isSpam && { isSpam }) }
}

/** Says that the network has sent too much, in a form with the text that was to be saved. */
function tooMany(exchange: Exchange, own: Own, text: string | undefined): Response | Promise<Response> {
  if (text === undefined || !isForPerson(exchange)) return answerProblem(exchange, excess)
  const { site } = exchange.env.config
  const page = { site, language: site.language, own, text, mistake: 'tooMany' } as const
  return answerPage(renderCommentEdit(page), 429)
}

/** The language of the answer, which says nothing of an article that nobody can read. */
const languageIn = ({ ports, article, form }: Changed): string =>
  languageOf(form.get('lang'), (article ?? ports.site).language)

/** Answers a program with JSON, which has a text for the person in the language of the field `lang`. */
const answerData = (data: object): Response => Response.json(data, { headers: uncached })

function open(changed: Changed): Response {
  const { exchange, ports, own, found } = changed
  if (!isForPerson(exchange)) return answerData({ id: own.id, state: found.state, text: found.text })
  const page = { site: ports.site, language: languageIn(changed), own, text: found.text }
  return answerPage(renderCommentEdit(page))
}

async function remove(changed: Changed): Promise<Response> {
  const { exchange, ports, own } = changed
  if (!(await deleteOwnComment(ports, own.id, own.token))) return over(exchange)
  exchange.env.publishing.takeUp?.()
  return answerOutcome(changed, 'deleted', wordsIn(languageIn(changed)).comments.outcomes.deleted)
}

async function save(changed: Changed): Promise<Response> {
  const { exchange, ports, own, found, article, form } = changed
  // Nobody can tell what will become of an article that nobody can read now, so that a change of its comments waits.
  const mode = article ? modeOf(ports.site, article) : 'all-held'
  const edited = await editOwnComment(ports, { ...own, mode }, form)
  if (edited.kind === 'over') return over(exchange, textIn(form))
  const language = languageIn(changed)
  if (edited.kind === 'wrong') {
    const { mistake } = edited
    if (!isForPerson(exchange)) return answerProblem(exchange, problemOf(task, mistake))
    const page = { site: ports.site, language, own, text: textIn(form), mistake }
    return answerPage(renderCommentEdit(page), 422)
  }
  const { state } = edited
  if (state !== found.state) exchange.env.publishing.takeUp?.()
  return answerOutcome(changed, state, wordsIn(language).comments.change.saved[state])
}

/** Says what became of a comment. As long as its author may change it, the page has the buttons for it. */
function answerOutcome(
  changed: Changed,
  state: CommentState,
  { title, detail }: { title: string; detail: string },
): Response {
  const { exchange, ports, own, article } = changed
  if (!isForPerson(exchange)) return answerData({ id: own.id, state, message: `${title}. ${detail}` })
  return answerPage(
    renderEditOutcome({
      ...{ site: ports.site, language: languageIn(changed), title, detail },
      ...(state !== 'deleted' && { own }),
      ...(article && { slug: article.slug }),
    }),
  )
}

/** The article of a comment, if readers may comment on it. */
async function articleOf(exchange: Exchange, { path }: OwnComment): Promise<Article | undefined> {
  const read = await readArticle(reading(exchange), path.split('/')[1] ?? '')
  if (!read.ok || modeOf(exchange.env.config.site, read.value.article) === 'off') return undefined
  return read.value.article
}

/**
 * Says that the comment cannot be changed any more, and shows the text that was to be saved, for copying. The answer is the same for a
 * wrong token and for a comment that does not exist.
 */
async function over(exchange: Exchange, text?: string): Promise<Response> {
  const { site } = exchange.env.config
  if (!isForPerson(exchange)) return answerProblem(exchange, { kind: 'not-found', what: exchange.req.path })
  const words = wordsIn(site.language).comments.outcomes.over
  const outcome = { site, language: site.language, ...words, ...(text !== undefined && { text }) }
  return answerPage(renderEditOutcome(outcome), 404)
}
