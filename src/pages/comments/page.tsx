import { raw } from 'hono/html'
import type { FC } from 'hono/jsx'
import type { Article } from '../../domain/article.ts'
import { type Comment, type Thread, type ThreadOrder, threadOrders } from '../../domain/comment.ts'
import { type Cursor, renderCursor } from '../../domain/cursor.ts'
import { rfc3339 } from '../../domain/instant.ts'
import { wordsIn } from '../../domain/language.ts'
import { newComments } from '../../domain/notify.ts'
import { fieldOf } from '../../domain/notify-choice.ts'
import { type Question, questionsOf } from '../../domain/question.ts'
import { readAt, type Site } from '../../domain/site.ts'
import { type DateWriter, timeWriter } from '../../domain/written-date.ts'
import { maxEmailCharacters } from '../notify/fields.tsx'
import { Moment } from '../parts/credits.tsx'
import type { FeedLink } from '../parts/feed-links.ts'
import { HeadLink } from '../parts/head.tsx'
import { Asked } from './asked.tsx'
import { Consent } from './form.tsx'
import { renderCommentShell } from './shell.tsx'

interface CommentsPage {
  site: Site
  article: Article
  threads: readonly Thread[]
  /** The key of the question whose answers the page shows; undefined on a page with all threads. */
  question?: string | undefined
  /** The cursor from which the next page goes on. */
  older?: Cursor | undefined
  /** The order of the threads; undefined if the page shows one thread. */
  order?: ThreadOrder | undefined
  /** Whether the page shows the first threads of the order. */
  isFirst: boolean
  feeds: readonly FeedLink[]
  /** Whether nobody can comment any more. */
  closed?: boolean
  /** The postal address of the site, if people can be told of comments by mail. */
  postal?: string | undefined
}

/** The levels of a thread. A reply to a comment of the last level stands beside it. */
const maxLevels = 3

/** Renders a page of the comments on an article, in the language of the article, whose address is the canonical one for all pages. */
export function renderCommentsPage(page: CommentsPage): string {
  const { site, article, threads, question, older, order, isFirst, feeds, closed } = page
  const words = wordsIn(article.language).comments
  const path = `/articles/${article.slug}/comments`
  const asked = questionsOf(article).find(({ key }) => key === question)
  const search = question === undefined ? '' : `?question=${encodeURIComponent(question)}`
  return renderCommentShell({
    site,
    language: article.language,
    title: words.on(article.title),
    feeds,
    head:
      order === 'newest' && isFirst && question === undefined ? (
        <HeadLink rel="canonical" href={`${site.url}${encodeURI(path)}`} />
      ) : undefined,
    content: (
      <>
        <h1>{question === undefined ? words.title : words.question.title}</h1>
        <p>
          <a href={readAt(site, article)}>{article.title}</a>
        </p>
        {asked && <Asked question={asked} language={article.language} />}
        {closed && <p>{words.wrong.shut}</p>}
        {(!closed || question !== undefined) && (
          <p class="acts">
            {!closed && question === undefined && <a href={`${path}/new`}>{words.write}</a>}
            {!closed && asked && <a href={`${path}/new${search}`}>{words.question.answer}</a>}
            {question !== undefined && <a href={path}>{words.view}</a>}
          </p>
        )}
        {threads.length > 0 && question === undefined && <Orders {...page} />}
        {threads.length > 0 && <Threads {...page} />}
        {threads.length === 0 && (
          <p class="empty">{question === undefined ? words.none : words.question.none}</p>
        )}
        {older && (
          <p class="acts">
            <a
              rel="next"
              href={withBefore(question === undefined ? addressIn(path, order) : path + search, older)}
            >
              {words.older}
            </a>
          </p>
        )}
        {page.postal !== undefined && <TellMe {...page} postal={page.postal} />}
      </>
    ),
  })
}

/** The form by which people ask to be told of new comments on the article, without writing one. */
const TellMe: FC<CommentsPage & { postal: string }> = ({ site, article: { slug, language }, postal }) => {
  const { comments, notify } = wordsIn(language)
  const choice = fieldOf({ selection: newComments, slug, title: '' })
  return (
    <details id="notify">
      <summary>{comments.tell.here}</summary>
      <form method="post" action="/subscribe">
        <input type="hidden" name="language" value={language} />
        <input type="hidden" name="article" value={slug} />
        <input type="hidden" name="selection" value={choice} />
        <input type="hidden" name="when" value="now" />
        <p>
          <label for="notify-email">{notify.email}</label>
          <input
            {...{ id: 'notify-email', name: 'email', type: 'email', autocomplete: 'email', required: true }}
            {...{ dir: 'ltr', maxlength: maxEmailCharacters }}
          />
        </p>
        <Consent {...{ site, language, postal }} />
        <p>
          <button type="submit">{notify.subscribe}</button>
        </p>
      </form>
    </details>
  )
}

/** The address of the first threads in an order. */
const addressIn = (path: string, order: ThreadOrder = 'newest'): string =>
  order === 'newest' ? path : `${path}?order=${order}`

const withBefore = (href: string, cursor: Cursor): string =>
  `${href}${href.includes('?') ? '&' : '?'}before=${renderCursor(cursor)}`

/** The links to the orders. The present one is marked, and leads to its first threads from further pages. */
const Orders: FC<CommentsPage> = ({ article: { slug, language }, order, isFirst }) => {
  const words = wordsIn(language).comments
  return (
    <nav class="acts" aria-label={words.order}>
      {threadOrders.map((one) => (
        <a
          href={addressIn(`/articles/${slug}/comments`, one)}
          aria-current={one === order ? (isFirst ? 'page' : 'true') : undefined}
          rel={one === 'newest' ? undefined : 'nofollow'}
        >
          {words.orders[one]}
        </a>
      ))}
    </nav>
  )
}

/** What each comment of a page needs. */
interface Shown {
  path: string
  /** Whether nobody can answer any more. */
  closed: boolean
  /** The questions that stand above the threads that answer them. */
  questions: readonly Question[]
  language: string
  write: DateWriter
}

const Threads: FC<CommentsPage> = ({ site, article, threads, question, closed = false }) => {
  const { slug, language } = article
  const questions = question === undefined ? questionsOf(article) : []
  const write = timeWriter(language, site.timeZone)
  const shown = { path: `/articles/${slug}/comments`, closed, questions, language, write }
  return (
    <ol>
      {threads.map((thread) => (
        <ThreadItem thread={thread} {...shown} />
      ))}
    </ol>
  )
}

const ThreadItem: FC<Shown & { thread: Thread }> = ({ thread, ...shown }) => {
  const { id, comment, replies, more } = thread
  const words = wordsIn(shown.language).comments
  const key = (comment ?? replies[0])?.question
  const asked = shown.questions.find((one) => one.key === key)
  return (
    <li id={`c-${id}`}>
      {asked && (
        <Asked
          question={asked}
          language={shown.language}
          href={`${shown.path}?question=${encodeURIComponent(asked.key)}`}
        />
      )}
      {comment ? <Said comment={comment} {...shown} /> : <p class="quiet">{words.removed}</p>}
      <Replies nodes={nest(id, replies)} {...shown} />
      {more && (
        <p class="acts">
          <a href={`${shown.path}?comment=${replies.at(-1)?.id}`}>{words.allReplies}</a>
        </p>
      )}
    </li>
  )
}

/** A comment with its replies. */
interface Node {
  comment: Comment
  /** Whether it does not stand under what it answers, so that it says whom it answers. */
  isBeside: boolean
  replies: Node[]
}

/**
 * Puts replies under what they answer, in at most three levels. A reply stands under the first comment of the thread if what it
 * answers is not on the page.
 */
function nest(first: string, replies: readonly Comment[]): Node[] {
  const top: Node[] = []
  /** By the id of a comment, the replies among which an answer to it stands, and the level of these. */
  const places = new Map<string, { nodes: Node[]; level: number; isBeside: boolean }>([
    [first, { nodes: top, level: 2, isBeside: false }],
  ])
  for (const comment of replies) {
    const place = places.get(comment.parent ?? '') ?? { nodes: top, level: 2, isBeside: true }
    const node: Node = { comment, isBeside: place.isBeside, replies: [] }
    place.nodes.push(node)
    places.set(
      comment.id,
      place.level < maxLevels
        ? { nodes: node.replies, level: place.level + 1, isBeside: false }
        : { ...place, isBeside: true },
    )
  }
  return top
}

const Replies: FC<Shown & { nodes: readonly Node[] }> = ({ nodes, ...shown }) =>
  nodes.length === 0 ? null : (
    <ol>
      {nodes.map(({ comment, isBeside, replies }) => (
        <li id={`c-${comment.id}`}>
          <Said comment={comment} isBeside={isBeside} {...shown} />
          <Replies nodes={replies} {...shown} />
        </li>
      ))}
    </ol>
  )

/** Renders a comment. Its text is in a language that nobody knows, so its direction follows from its first letters. */
const Said: FC<Shown & { comment: Comment; isBeside?: boolean }> = ({
  comment,
  isBeside = false,
  path,
  closed,
  language,
  write,
}) => {
  const { id, name, html, published, parent, answering } = comment
  const words = wordsIn(language).comments
  return (
    <article>
      <p class="by">
        <strong>
          <bdi>{name}</bdi>
        </strong>{' '}
        <a href={`${path}?comment=${id}#c-${id}`}>
          <Moment instant={rfc3339(published)} write={write} />
        </a>
        {isBeside && answering !== undefined && (
          <>
            {' '}
            <a href={`${path}?comment=${parent}#c-${parent}`}>
              <bdi>{words.answering(answering)}</bdi>
            </a>
          </>
        )}
      </p>
      <div class="said" dir="auto">
        {raw(html)}
      </div>
      <p class="acts">
        {!closed && (
          <a href={`${path}/new?reply=${id}`} aria-label={words.replyTo(name)} rel="nofollow">
            {words.reply}
          </a>
        )}
        <a href={`/comments/${id}/report`} aria-label={words.report.reportOf(name)} rel="nofollow">
          {words.report.report}
        </a>
      </p>
    </article>
  )
}
