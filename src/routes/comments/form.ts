import type { Hono } from 'hono'
import { makeForm } from '../../comments/form.ts'
import { type GivenComment, givenIn } from '../../comments/given.ts'
import type { CommentPorts } from '../../comments/ports.ts'
import { writeComment } from '../../comments/write.ts'
import { turnstileOf } from '../../config/comments.ts'
import type { Article, CommentMode } from '../../domain/article.ts'
import { type Comment, commentsPath, isCommentId, isOver, modeOf } from '../../domain/comment.ts'
import { wordsIn } from '../../domain/language.ts'
import { type CommentMistake, formWords, noticeWords } from '../../domain/languages/comments.ts'
import { failure, type Result, success } from '../../domain/problem.ts'
import { questionsOf } from '../../domain/question.ts'
import { readForm } from '../../http/form.ts'
import { networkOf } from '../../http/network.ts'
import { uncached } from '../../http/problem.ts'
import { requestNotices } from '../../notify/opt-in.ts'
import type { MailPorts } from '../../notify/ports.ts'
import { renderCommentDone, renderCommentForm, renderCommentsShut } from '../../pages/comments/form.tsx'
import { consentIn } from '../../pages/notify/fields.tsx'
import { commentPolicy } from '../../pages/parts/policy.ts'
import { readArticle } from '../../read/article.ts'
import { answerProblem, type Edge, type Exchange, isForPerson, resource } from '../answer.ts'
import { mailPortsOf } from '../notify/answer.ts'
import { queryParameter } from '../query.ts'
import { param, reading } from '../reading.ts'
import { answerPage, isOwn, languageOf, maxFormBytes, readable } from './answer.ts'
import { foreign, problemOf, shut } from './mistake.ts'

/** Registers the page with the form of a comment. */
export function commentForm(app: Hono<Edge>): void {
  resource(app, '/articles/:slug/comments/new', { GET: readable(show), POST: readable(take) })
}

/** A public article on which readers may comment. */
interface Commentable {
  ports: CommentPorts
  /** The site key of Turnstile; undefined on a site without this check. */
  siteKey: string | undefined
  article: Article
  mode: CommentMode
  /** Whether the article is so old that nobody may write a comment any more. */
  isOver: boolean
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
  const { commenting, clock, config } = env
  return success({
    ports: {
      ...commenting,
      site: env.config.site,
      clock,
      words: config.commentWords,
      secrets: [current, ...former],
    },
    siteKey: turnstileOf(config)?.siteKey,
    article,
    mode,
    isOver: isOver(article, config.commentDays, clock()),
  })
}

/**
 * Answers with the form; to a script that asks for JSON, with its token, the site key of Turnstile, and the texts of the form in the
 * language of the query parameter `lang`: also those of the boxes by which people ask to be told, if the site sends mail.
 */
async function show(exchange: Exchange): Promise<Response> {
  const found = await commentable(exchange)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const { ports, article, siteKey } = found.value
  const isShut = found.value.isOver || (await ports.comments.isClosed())
  if (exchange.req.header('Accept') === 'application/json') {
    if (isShut) return answerProblem(exchange, shut)
    const form = await makeForm(ports, commentsPath(article.slug))
    const language = languageOf(queryParameter(exchange, 'lang'), article.language)
    const words = wordsIn(language).comments
    const postal = mailOffer(exchange)?.postal
    const blank = {
      form,
      ...(siteKey !== undefined && { siteKey }),
      words: formWords(words),
      ...(postal !== undefined && {
        notify: { ...noticeWords(words), consent: consentIn(language, ports.site, postal) },
      }),
    }
    return Response.json(blank, { headers: uncached })
  }
  if (isShut) return answerPage(renderCommentsShut(ports.site, article))
  const question = queryParameter(exchange, 'question') ?? ''
  if (question !== '' && !isAsked(article, question))
    return answerProblem(exchange, { kind: 'not-found', what: `question "${question}"` })
  const parent = queryParameter(exchange, 'reply') ?? ''
  const answered = await answeredBy(found.value, parent)
  if (parent !== '' && !answered)
    return answerProblem(exchange, { kind: 'not-found', what: `comment "${parent}"` })
  return answerForm(exchange, found.value, { parent, answered, question })
}

/**
 * Takes the form. The answer has the token with which the person may change the comment, which no other answer has, so that the
 * answer is no redirect. Whatever is wrong, the page shows what the person has written.
 */
async function take(exchange: Exchange): Promise<Response> {
  const found = await commentable(exchange)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const { ports, article, mode, isOver } = found.value
  if (!isOwn(exchange)) return answerProblem(exchange, foreign(task))
  const form = await readForm(exchange.req.raw, maxFormBytes)
  if (!form.ok) return answerProblem(exchange, form.problem)
  const path = commentsPath(article.slug)
  const client = exchange.req.header('CF-Connecting-IP') ?? 'unknown'
  const network = networkOf(client)
  const sender = { network, address: client, agent: exchange.req.header('User-Agent') ?? '' }
  const mail = mailOffer(exchange)
  const { language } = article
  const questions = questionsOf(article).map(({ key }) => key)
  const about = { path, mode, isOver, language, questions, client: sender, isTold: mail !== undefined }
  const written = await writeComment(ports, about, form.value)
  if (written.kind === 'stored') {
    const { state, own } = written
    const { email, notify } = givenIn(form.value)
    const isToTell = mail !== undefined && notify.length > 0
    const shown = languageOf(form.value.get('lang'), language)
    if (isToTell && own && !written.isAbuse) {
      // The consent that was shown is in the language of the form.
      const words = consentIn(shown, ports.site, mail.postal).join('\n')
      const about = { email, comment: own.id, article: article.id, notify }
      await requestNotices(mail, about, { language: shown, words })
    }
    if (isForPerson(exchange))
      return answerPage(renderCommentDone({ site: ports.site, article, done: state, own, isAsked: isToTell }))
    const { done, tell } = wordsIn(shown).comments
    const message = done[state].detail + (isToTell ? ` ${tell.asked}` : '')
    return Response.json({ state, ...own, message }, { status: 201, headers: uncached })
  }
  const { mistake } = written
  if (!isForPerson(exchange)) return answerProblem(exchange, problemOf(task, mistake))
  const given = givenIn(form.value)
  if (mistake === 'shut') return answerPage(renderCommentsShut(ports.site, article, given.text), 403)
  const { parent, question } = given
  const answered = await answeredBy(found.value, parent)
  return answerForm(exchange, found.value, { parent, answered, question }, { given, mistake })
}

const isAsked = (article: Article, question: string): boolean =>
  questionsOf(article).some(({ key }) => key === question)

/** The ports of mail, if people can be told of comments. */
const mailOffer = (exchange: Exchange): MailPorts | undefined => exchange.env.notify && mailPortsOf(exchange)

const task = 'add a comment'

/** The comment that a form answers; undefined if it answers none, and if the comment is not public. */
const answeredBy = async ({ ports, article }: Commentable, parent: string): Promise<Comment | undefined> =>
  isCommentId(parent) ? ports.comments.find(commentsPath(article.slug), parent) : undefined

/** What a form answers: nothing, a comment or a question. `answered` is undefined also if the comment `parent` is not public. */
interface Answered extends Pick<GivenComment, 'parent' | 'question'> {
  answered: Comment | undefined
}

/** Answers with the form and a new token. */
async function answerForm(
  exchange: Exchange,
  { ports, article, siteKey }: Commentable,
  { parent, answered, question }: Answered,
  wrong?: { given: GivenComment; mistake: CommentMistake },
): Promise<Response> {
  const path = commentsPath(article.slug)
  const form = await makeForm(ports, path)
  const asked = answered ? undefined : questionsOf(article).find(({ key }) => key === question)
  const postal = mailOffer(exchange)?.postal
  const page = renderCommentForm({
    site: ports.site,
    article,
    form,
    ...{ parent, answered },
    asked,
    siteKey,
    postal,
    ...wrong,
  })
  const status = wrong === undefined ? 200 : wrong.mistake === 'tooMany' ? 429 : 422
  return answerPage(page, status, commentPolicy(siteKey !== undefined))
}
