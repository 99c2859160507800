import type { Hono } from 'hono'
import { makeForm } from '../../comments/form.ts'
import type { CommentPorts } from '../../comments/ports.ts'
import { reportComment, reportIn, reportPath } from '../../comments/report.ts'
import type { Article } from '../../domain/article.ts'
import {
  type Comment,
  isCommentId,
  maxReportCharacters,
  modeOf,
  reportReasons,
} from '../../domain/comment.ts'
import { failure, type Result, success } from '../../domain/problem.ts'
import { readForm } from '../../http/form.ts'
import { networkOf } from '../../http/network.ts'
import { uncached } from '../../http/problem.ts'
import { renderReportDone, renderReportForm } from '../../pages/comments/report.tsx'
import { readArticle } from '../../read/article.ts'
import { answerProblem, type Edge, type Exchange, isForPerson, resource } from '../answer.ts'
import { param, reading } from '../reading.ts'
import { answerPage, isOwn, maxFormBytes, readable } from './answer.ts'
import { excess, foreign } from './mistake.ts'

/** Registers the page on which readers report a comment. */
export function commentReport(app: Hono<Edge>): void {
  resource(app, '/comments/:id/report', { GET: show, POST: readable(take) })
}

/** A public comment, and what the form of its report needs. */
interface Reported {
  comment: Comment
  article: Article
  ports: Pick<CommentPorts, 'comments' | 'secrets' | 'clock' | 'bytes'>
}

async function reported(exchange: Exchange): Promise<Result<Reported>> {
  const { env, req } = exchange
  const id = param(exchange, 'id')
  const unknown = failure({ kind: 'not-found', what: req.path })
  const comment = isCommentId(id) ? await env.commenting.comments.shown(id) : undefined
  if (!comment) return unknown
  const read = await readArticle(reading(exchange), comment.on.path.split('/')[1] ?? '')
  if (!read.ok || modeOf(env.config.site, read.value.article) === 'off') return unknown
  const [current, ...former] = env.config.subscriptionSecrets
  if (current === undefined) {
    const reason = 'must be set, or nobody can report a comment'
    return failure({ kind: 'misconfigured', setting: 'SUBSCRIPTION_SECRET', reason })
  }
  const ports = { ...env.commenting, clock: env.clock, secrets: [current, ...former] as const }
  return success({ comment, article: read.value.article, ports })
}

async function show(exchange: Exchange): Promise<Response> {
  const found = await reported(exchange)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const { comment, article, ports } = found.value
  const form = await makeForm(ports, reportPath(comment.id))
  const { site } = exchange.env.config
  return answerPage(renderReportForm({ site, language: article.language, comment, form }))
}

const task = 'report a comment'

/** Takes the form. Whatever is wrong, the page shows what the person has written. */
async function take(exchange: Exchange): Promise<Response> {
  const { env, req } = exchange
  const found = await reported(exchange)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const { comment, article, ports } = found.value
  if (!isOwn(exchange)) return answerProblem(exchange, foreign(task))
  const form = await readForm(req.raw, maxFormBytes)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const client = networkOf(req.header('CF-Connecting-IP') ?? 'unknown')
  const mayAsk = await env.commenting.mayAsk(`comment ${client}`)
  const mistake = mayAsk ? await reportComment(ports, comment, form.value) : 'tooMany'
  const page = { site: env.config.site, language: article.language, comment }
  if (mistake === undefined) {
    if (isForPerson(exchange)) return answerPage(renderReportDone(page))
    return Response.json({ id: comment.id }, { status: 201, headers: uncached })
  }
  if (!isForPerson(exchange)) {
    if (mistake === 'tooMany') return answerProblem(exchange, excess)
    const issues = [mistakes[mistake]]
    return answerProblem(exchange, { kind: 'invalid-request', task, issues })
  }
  const again = await makeForm(ports, reportPath(comment.id))
  const shown = renderReportForm({ ...page, form: again, given: reportIn(form.value), mistake })
  return answerPage(shown, mistake === 'tooMany' ? 429 : 422)
}

/** What a program is told of each mistake. */
const mistakes = {
  reason: { field: 'reason', reason: `must be one of ${reportReasons.join(', ')}` },
  tooLong: { field: 'text', reason: `must have at most ${maxReportCharacters} characters` },
  email: { field: 'email', reason: 'must be an e-mail address, such as kim@example.com, or empty' },
  expired: { field: 'form', reason: 'must be from the form, which is valid for a day' },
} as const
