import type { CommentMode } from '../domain/article.ts'
import type { Comment, Thread } from '../domain/comment.ts'
import { formatNames } from '../domain/format.ts'
import { rfc3339 } from '../domain/instant.ts'
import type { Question } from '../domain/question.ts'
import { address, feedAddress, type Site } from '../domain/site.ts'
import { legalValue } from '../domain/text.ts'

/** The comments on an article as data: their number, and threads in an order. */
interface CommentData {
  site: Site
  path: string
  mode: CommentMode
  count: number
  hasFeeds: boolean
  /** Whether nobody can comment any more. */
  closed: boolean
  threads: readonly Thread[]
  /** The questions of the article. */
  questions: readonly Question[]
  /** The address of a comment. */
  addressOf: (comment: Comment) => string
}

/**
 * Renders the comments on an article as JSON. A first comment that is not public any more has only its id and its replies. Of the
 * questions, it has those that the threads answer.
 */
export function renderCommentData({
  site,
  path,
  mode,
  count,
  hasFeeds,
  closed,
  threads,
  questions,
  addressOf,
}: CommentData): string {
  const said = (comment: Comment) => {
    const { id, name, html, published, edited, parent, answering, question } = comment
    const dates = {
      published: rfc3339(published),
      edited: edited === undefined ? undefined : rfc3339(edited),
    }
    return { id, url: addressOf(comment), name, html, ...dates, parent, answering, question }
  }
  const keys = new Set(threads.map(({ comment, replies }) => (comment ?? replies[0])?.question))
  const asked = questions.filter(({ key }) => keys.has(key))
  const data = {
    url: address(site, path),
    form: `${address(site, path)}/new`,
    feeds: hasFeeds
      ? Object.fromEntries(formatNames.map((one) => [one, feedAddress(site, { path }, one)]))
      : undefined,
    mode,
    closed,
    count,
    timeZone: site.timeZone,
    questions: asked.length > 0 ? asked.map(({ key, text, passage }) => ({ key, text, passage })) : undefined,
    threads: threads.map(({ id, comment, replies, more }) => ({
      ...(comment ? said(comment) : { id }),
      replies: replies.map(said),
      more,
    })),
  }
  return `${JSON.stringify(data, legalValue, 2)}\n`
}
