import type { Hono } from 'hono'
import type { Article } from '../../domain/article.ts'
import {
  allComments,
  isCommentId,
  isOver,
  type ThreadOrder,
  type ThreadPage,
  threadOrders,
} from '../../domain/comment.ts'
import { renderCursor } from '../../domain/cursor.ts'
import { failure, type Result, success } from '../../domain/problem.ts'
import { isQuestionId, questionsOf } from '../../domain/question.ts'
import { feedAddress, type Site } from '../../domain/site.ts'
import { uncached } from '../../http/problem.ts'
import type { Representation } from '../../http/representation.ts'
import { commentStyles, styles } from '../../pages/bundle.ts'
import { renderCommentsPage } from '../../pages/comments/page.tsx'
import { commentPolicy, policyOf } from '../../pages/parts/policy.ts'
import { readArticle } from '../../read/article.ts'
import {
  type CommentReadPorts,
  commentAddress,
  commentFeedOf,
  commentSeconds,
  type Discussion,
  pathsOf,
  readAllComments,
  readDiscussion,
} from '../../read/comments.ts'
import { alternates } from '../../read/feed.ts'
import { currencyOf, describeFreshness, freshnessOf } from '../../read/freshness.ts'
import { renderCommentData } from '../../render/comments.ts'
import { answer, answerProblem, type Edge, type Exchange, pageHeaders, resource } from '../answer.ts'
import { fromIn } from '../archive.ts'
import { answerFeed } from '../feed-answer.ts'
import { queryParameter } from '../query.ts'
import { feedFile, feedLinks, formatOf, param, reading } from '../reading.ts'
import { waysOf } from '../ways.ts'

/** The numbers of threads on a page, of the replies that it shows of each, and of the replies on the page of a comment. */
const threadsPerPage = 20
const repliesPerThread = 10
const repliesPerComment = 50

/** Registers the comments on an article as a page, as data and as feeds, and the feeds of all comments. */
export function commentReading(app: Hono<Edge>): void {
  resource(app, '/articles/:slug/comments', { GET: page })
  resource(app, '/articles/:slug/comments.json', { GET: data })
  resource(app, `/articles/:slug/comments/${feedFile}`, {
    GET: (exchange) => feed(exchange, readDiscussion(portsOf(exchange), param(exchange, 'slug'))),
  })
  // A browser shows a feed as a page.
  resource(app, '/comments', { GET: async ({ env }) => toFeed(env.config.site) })
  resource(app, `/comments/${feedFile}`, {
    GET: (exchange) => feed(exchange, readAllComments(portsOf(exchange))),
  })
}

const toFeed = (site: Site): Response => {
  const Location = feedAddress(site, { path: allComments }, 'atom')
  return new Response(null, { status: 302, headers: { ...uncached, Location } })
}

const portsOf = (exchange: Exchange): CommentReadPorts => ({
  ...reading(exchange),
  comments: exchange.env.commenting.comments,
})

async function feed(exchange: Exchange, reading: Promise<Result<Discussion>>): Promise<Response> {
  const found = await reading
  if (!found.ok) return answerProblem(exchange, found.problem)
  if (!found.value.hasFeeds) return answerProblem(exchange, { kind: 'not-found', what: exchange.req.path })
  const { listing, represent } = commentFeedOf(portsOf(exchange), found.value)
  return answerFeed(exchange, async () => success(listing), formatOf(exchange), represent)
}

/** Comments with a head that sends no date, because closing them changes what is shown and moves no date. */
const dateless = ({ head: { since: _, ...head }, ...discussion }: Discussion): Discussion => ({
  ...discussion,
  head,
})

/** What all representations of comments share, by the head of the comments, and other heads that they show. */
const freshlyOf = (ports: CommentReadPorts, { head }: Discussion, format: string) => ({
  ...describeFreshness(ports, head, format),
  selections: pathsOf(head),
  edgeSeconds: commentSeconds,
  browserSeconds: commentSeconds,
})

/**
 * Whether nobody can comment on an article any more. The answer may be old by half a minute, as a cached page is; what takes a comment
 * reads it again.
 */
async function isShut({ env }: Exchange, ports: CommentReadPorts, article?: Article): Promise<boolean> {
  if (article && isOver(article, env.config.commentDays, ports.clock())) return true
  return ports.comments.isClosed()
}

/** Answers with the number of comments and the first threads of an order, for scripts. */
async function data(exchange: Exchange): Promise<Response> {
  const ports = portsOf(exchange)
  const slug = param(exchange, 'slug')
  const found = await readDiscussion(ports, slug)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const read = await readArticle(ports, slug)
  const isAsked = queryParameter(exchange, 'question') !== undefined
  if (isAsked && !read.ok) return answerProblem(exchange, read.problem)
  const { article, head: ofArticle } = read.ok ? read.value : {}
  const shown = await threadsOf(exchange, ports, found.value, article)
  if (!shown.ok) return answerProblem(exchange, shown.problem)
  const { head, mode, hasFeeds } = found.value
  const { report, isCurrent } = currencyOf(ports, [head])
  const { site } = ports
  const { part } = shown.value
  const closed = await isShut(exchange, ports, article)
  const questions = article ? questionsOf(article) : []
  // The texts of the questions change with the article.
  const asking = ofArticle && questions.length > 0 ? `-asked-${ofArticle.revision.toString(36)}` : ''
  return answer(
    exchange,
    success({
      ...freshlyOf(ports, dateless(found.value), `comments${part}${asking}${closed ? '-closed' : ''}`),
      isCurrent: () => isCurrent() && !ofArticle?.outdated,
      type: 'application/json; charset=utf-8',
      address: exchange.req.path + (part && `?${part}`),
      links: [],
      body: async () => {
        const { threads, revisions } = await shown.value.threads()
        report(revisions)
        const addressOf = commentAddress.bind(undefined, site)
        return renderCommentData({
          site,
          path: head.path,
          mode,
          count: head.size,
          hasFeeds,
          closed,
          threads,
          questions,
          addressOf,
        })
      },
    }),
  )
}

/** Answers with a page of threads, or with the thread of the comment that the query names. */
async function page(exchange: Exchange): Promise<Response> {
  const ports = portsOf(exchange)
  const slug = param(exchange, 'slug')
  const [read, found] = [await readArticle(ports, slug), await readDiscussion(ports, slug)]
  if (!read.ok) return answerProblem(exchange, read.problem)
  if (!found.ok) return answerProblem(exchange, found.problem)
  const { article, head: ofArticle } = read.value
  const asked = queryParameter(exchange, 'comment')
  const shown =
    asked === undefined
      ? await threadsOf(exchange, ports, found.value, article)
      : await threadOf(ports, found.value, asked)
  if (!shown.ok) return answerProblem(exchange, shown.problem)
  const { part, threads, order, question, isFirst } = shown.value
  const { head, hasFeeds } = found.value
  const { report, isCurrent } = currencyOf(ports, [head])
  const closed = await isShut(exchange, ports, article)
  // The entity-tag names both revisions, because neither of them always comes after the other. No date stands for both.
  const shownHead = { ...head, ...freshnessOf([ofArticle, head]), revision: head.revision }
  const format = `html-${ofArticle.revision.toString(36)}${part}${closed ? '-closed' : ''}`
  const postal = waysOf(exchange)?.postal
  const headers = pageHeaders(postal === undefined ? policyOf([commentStyles, styles]) : commentPolicy())
  return answer(
    exchange,
    success<Representation>({
      ...freshlyOf(ports, dateless({ ...found.value, head: shownHead }), format),
      isCurrent: () => isCurrent() && !ofArticle.outdated,
      type: headers['Content-Type'],
      headers,
      address: exchange.req.path + (part && `?${part}`),
      links: hasFeeds ? alternates(ports.site, { path: head.path }) : [],
      body: async () => {
        const { revisions, ...found } = await threads()
        report(revisions)
        const feeds = hasFeeds ? feedLinks(exchange, head.path) : []
        return renderCommentsPage({
          site: ports.site,
          article,
          ...found,
          order,
          question,
          isFirst,
          feeds,
          closed,
          postal,
        })
      },
    }),
  )
}

/** The threads of a page, and the part of its entity-tag that tells it from other pages. */
interface ShownThreads {
  part: string
  threads: () => Promise<ThreadPage>
  /** The order; undefined if one thread is shown. */
  order?: ThreadOrder
  /** The key of the question that the threads answer; undefined if all threads are shown. */
  question?: string
  /** Whether these are the first threads of the order. */
  isFirst: boolean
}

/**
 * The threads in an order, or those that answer a question. A question that the article does not ask and that nobody has answered is
 * unknown.
 */
async function threadsOf(
  exchange: Exchange,
  { comments }: CommentReadPorts,
  { head, isEmpty }: Discussion,
  article?: Article,
): Promise<Result<ShownThreads>> {
  const given = fromIn(exchange)
  if (!given.ok) return given
  const asked = queryParameter(exchange, 'order') ?? 'newest'
  const order = threadOrders.find((one) => one === asked)
  if (order === undefined) {
    const reason = `must be one of ${threadOrders.join(', ')}`
    return failure({ kind: 'invalid-query', task: 'list comments', field: 'order', reason })
  }
  const question = queryParameter(exchange, 'question')
  const from = given.value && 'before' in given.value ? given.value.before : undefined
  const query = {
    ...{ order, from, limit: threadsPerPage, replies: repliesPerThread },
    ...(question !== undefined && { question }),
  }
  const threads = async () =>
    isEmpty ? { threads: [], revisions: [head.revision] } : comments.threads(head.path, query)
  if (question !== undefined) {
    const isAsked = article !== undefined && questionsOf(article).some(({ key }) => key === question)
    // The answers keep their address if the article does not ask the question any more.
    const isKnown = isQuestionId(question) && (isAsked || (await threads()).threads.length > 0)
    if (!isKnown) return failure({ kind: 'not-found', what: `question "${question}"` })
  }
  return success({
    part:
      (order === 'newest' ? '' : `-${order}`) +
      (question === undefined ? '' : `-question-${question}`) +
      (from ? `-before${renderCursor(from)}` : ''),
    order,
    ...(question !== undefined && { question }),
    isFirst: from === undefined,
    threads,
  })
}

/** The thread of a comment. It is read before the answer begins, because the address of a comment that is not public is unknown. */
async function threadOf(
  { comments }: CommentReadPorts,
  { head }: Discussion,
  id: string,
): Promise<Result<ShownThreads>> {
  const found = isCommentId(id) ? await comments.thread(head.path, id, repliesPerComment) : undefined
  if (!found) return failure({ kind: 'not-found', what: `comment "${id}"` })
  const { revisions, ...thread } = found
  return success({
    part: `-comment-${id}`,
    isFirst: false,
    threads: async () => ({ threads: [thread], revisions }),
  })
}
