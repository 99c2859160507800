import type { Hono } from 'hono'
import { makeForm } from '../../comments/form.ts'
import type { CommentPorts } from '../../comments/ports.ts'
import { type GivenComment, givenIn, writeComment } from '../../comments/write.ts'
import type { Article, CommentMode } from '../../domain/article.ts'
import { commentsPath, modeOf } from '../../domain/comment.ts'
import type { CommentMistake } from '../../domain/languages/comments.ts'
import { failure, type Problem, type Result, retrySeconds, success } from '../../domain/problem.ts'
import { readForm } from '../../http/form.ts'
import { networkOf } from '../../http/network.ts'
import { renderCommentDone, renderCommentForm } from '../../pages/comments/form.tsx'
import { commentPolicy } from '../../pages/parts/policy.ts'
import { readArticle } from '../../read/article.ts'
import { answerProblem, type Edge, type Exchange, isForPerson, pageHeaders, resource } from '../answer.ts'
import { queryParameter } from '../query.ts'
import { param, reading } from '../reading.ts'

/** The largest number of bytes of a form: a text of 4,000 characters has at most 36,000, percent-encoded. */
const maxFormBytes = 65_536

/** Registers the page with the form of a comment. */
export function commentForm(app: Hono<Edge>): void {
  resource(app, '/articles/:slug/comments/new', { GET: show, POST: take })
}

/** A public article on which readers may comment. */
interface Commentable {
  ports: CommentPorts
  article: Article
  mode: CommentMode
}

/** Finds the article of the request, if readers may comment on it. */
async function commentable(exchange: Exchange): Promise<Result<Commentable>> {
  const { env, req } = exchange
  const read = await readArticle(reading(exchange), param(exchange, 'slug'))
  if (!read.ok) return read
  const { article } = read.value
  const mode = modeOf(env.config.site, article)
  if (mode === 'off') return failure({ kind: 'not-found', what: req.path })
  const [current, ...former] = env.config.subscriptionSecrets
  if (current === undefined) {
    const reason = 'must be set, or nobody can comment'
    return failure({ kind: 'misconfigured', setting: 'SUBSCRIPTION_SECRET', reason })
  }
  const { commenting, clock } = env
  return success({
    ports: { ...commenting, site: env.config.site, clock, secrets: [current, ...former] },
    article,
    mode,
  })
}

/** Answers with the form, or with the page that follows it. */
async function show(exchange: Exchange): Promise<Response> {
  const found = await commentable(exchange)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const { ports, article } = found.value
  const { site } = ports
  const asked = queryParameter(exchange, 'done')
  const done = (['approved', 'pending'] as const).find((one) => one === asked)
  if (done) return answerPage(renderCommentDone({ site, article, done }))
  return answerForm(found.value, queryParameter(exchange, 'reply') ?? '')
}

/** Takes the form. Whatever is wrong, the page shows what the person has written. */
async function take(exchange: Exchange): Promise<Response> {
  const found = await commentable(exchange)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const { ports, article, mode } = found.value
  if (!isOwn(exchange)) return answerProblem(exchange, foreign)
  const form = await readForm(exchange.req.raw, maxFormBytes)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const path = commentsPath(article.slug)
  const client = networkOf(exchange.req.header('CF-Connecting-IP') ?? 'unknown')
  const written = (await ports.mayAsk(`comment ${client}`))
    ? await writeComment(ports, { path, mode }, form.value)
    : ({ kind: 'wrong', mistake: 'tooMany' } as const)
  if (written.kind === 'stored') {
    const Location = `${exchange.env.config.site.url}/${path}/new?done=${written.state}`
    return new Response(null, { status: 303, headers: { 'Cache-Control': 'no-store', Location } })
  }
  const { mistake } = written
  if (!isForPerson(exchange)) return answerProblem(exchange, problemOf(mistake))
  const given = givenIn(form.value)
  return answerForm(found.value, given.parent, { given, mistake })
}

/**
 * Whether the request comes from a page of the site itself, as far as the browser says. A program that says nothing is no browser
 * that another site could use.
 */
function isOwn({ env, req }: Exchange): boolean {
  const origin = req.header('Origin')
  if (origin !== undefined) return origin === env.config.site.url
  return ['same-origin', 'none'].includes(req.header('Sec-Fetch-Site') ?? 'none')
}

const task = 'add a comment'

const foreign: Problem = {
  kind: 'invalid-request',
  task,
  issues: [{ field: 'Origin', reason: 'must be the site itself' }],
}

/** The field that a mistake concerns, and what would be right, for programs. */
const issues: Record<Exclude<CommentMistake, 'tooMany'>, [field: string, reason: string]> = {
  name: ['name', 'must be a name of at most 60 characters'],
  email: ['email', 'must be an e-mail address, or empty'],
  text: ['text', 'must not be blank'],
  tooLong: ['text', 'must have at most 4000 characters'],
  unreadable: ['text', 'has quotes or marks of Markdown that cannot be read; use fewer of them'],
  expired: ['form', 'must be from the form, which is valid for a day'],
  used: ['form', 'was used for another comment; get the form again'],
  closed: ['parent', 'must be a public comment on a public article, or empty'],
}

function problemOf(mistake: CommentMistake): Problem {
  if (mistake === 'tooMany')
    return { kind: 'too-many-requests', reason: 'too many comments were sent', seconds: retrySeconds }
  const [field, reason] = issues[mistake]
  return { kind: 'invalid-request', task, issues: [{ field, reason }] }
}

/** Answers with the form and a new token. */
async function answerForm(
  { ports, article }: Commentable,
  parent: string,
  wrong?: { given: GivenComment; mistake: CommentMistake },
): Promise<Response> {
  const path = commentsPath(article.slug)
  const [form, answered] = await Promise.all([
    makeForm(ports, path),
    parent === '' ? undefined : ports.comments.find(path, parent),
  ])
  const page = renderCommentForm({ site: ports.site, article, form, answered, ...wrong })
  return answerPage(page, wrong === undefined ? 200 : wrong.mistake === 'tooMany' ? 429 : 422)
}

const answerPage = (html: string, status = 200): Response =>
  new Response(html, {
    status,
    headers: {
      ...pageHeaders(commentPolicy()),
      'Cache-Control': 'no-store',
      'X-Content-Type-Options': 'nosniff',
      'X-Robots-Tag': 'noindex',
    },
  })
