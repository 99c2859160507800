// I/O: reads the store; writes nothing.
import type { Article, CommentMode } from '../domain/article.ts'
import {
  allComments,
  articleOfComments,
  type Comment,
  type CommentHead,
  commentsPath,
  commentUri,
  modeOf,
} from '../domain/comment.ts'
import type { CommentStore } from '../domain/comment-store.ts'
import type { From } from '../domain/cursor.ts'
import type { Answered } from '../domain/feed.ts'
import { rfc3339 } from '../domain/instant.ts'
import { wordsIn } from '../domain/language.ts'
import { pageLength } from '../domain/paging.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { address, type Site } from '../domain/site.ts'
import type { Head } from '../domain/store.ts'
import { shortened } from '../domain/text.ts'
import type { Representation } from '../http/representation.ts'
import type { FeedFormat } from '../render/formats.ts'
import { pageOf } from './archive.ts'
import { readArticle } from './article.ts'
import { feedOf } from './feed.ts'
import { currencyOf } from './freshness.ts'
import { articlesIn } from './listing.ts'
import type { Listing, ReadPorts } from './ports.ts'

export interface CommentReadPorts extends ReadPorts {
  comments: CommentStore
}

/**
 * The comments on an article, or on all articles, as far as their head tells. `isEmpty`: no comment was ever public, so that the
 * head is that of the article.
 */
export interface Discussion {
  head: Head
  language: string
  mode: CommentMode
  hasFeeds: boolean
  isEmpty: boolean
}

/** Seconds for which a copy of comments may be kept at the edge, because approvals purge no copy. */
export const commentSeconds = 30

const missing = (path: string) => failure({ kind: 'not-found', what: `"${path}"` })

/**
 * Reads the head of the comments on an article. The failure is that of the article if it is not public, and `not-found` if nobody
 * may comment on it. Two rows tell everything once a comment was public.
 */
export async function readDiscussion(ports: CommentReadPorts, slug: string): Promise<Result<Discussion>> {
  const path = commentsPath(slug)
  const found = await ports.comments.head(path, ports.digest)
  if (found?.isShown && found.revision !== null) {
    const mode = modeOf(ports.site, { ...(found.mode && { comments: found.mode }) })
    return mode === 'off' ? missing(path) : success(discussionOf(ports, found, found.revision, mode))
  }
  const read = await readArticle(ports, slug)
  if (!read.ok) return read
  const { head, article } = read.value
  const mode = modeOf(ports.site, article)
  if (mode === 'off') return missing(path)
  const { language, title } = article
  const hasFeeds = article.rights.syndicate !== 'none'
  return success({ head: emptyHead(head, path, title), language, mode, hasFeeds, isEmpty: true })
}

/** Reads the head of the comments on all articles. The failure is `not-found` if the site has no comments at all. */
export async function readAllComments(ports: CommentReadPorts): Promise<Result<Discussion>> {
  const { comments, store, digest, clock, site } = ports
  const { comments: mode, language } = site
  if (mode === undefined) return missing(allComments)
  let found = await comments.head(allComments, digest)
  let overdue: number | undefined
  if (found?.siteDue !== undefined && found.siteDue <= clock()) {
    // The read of a head carries out the scheduled changes, or says that they cannot be saved.
    overdue = (await store.heads([''], digest))?.[0]?.overdue
    found = await comments.head(allComments, digest)
  }
  if (found && found.revision !== null) {
    const discussion = discussionOf(ports, found, found.revision, mode)
    return success(
      overdue === undefined ? discussion : { ...discussion, head: { ...discussion.head, overdue } },
    )
  }
  const [head] = (await store.heads([''], digest)) ?? []
  if (!head) return missing(allComments)
  return success({ head: emptyHead(head, allComments, ''), language, mode, hasFeeds: true, isEmpty: true })
}

/** A head without comments. As its revision is none of comments, no delta is made of it. */
const emptyHead = ({ latest: _, ...head }: Head, path: string, title: string): Head => ({
  ...head,
  ...{ path, title, size: 0, departed: head.revision },
})

function discussionOf(
  { clock, site }: CommentReadPorts,
  {
    path,
    title,
    language,
    revised,
    since,
    readAt,
    due,
    siteDue,
    departed,
    size,
    stale,
    hasFeeds,
  }: CommentHead,
  revision: number,
  mode: CommentMode,
): Discussion {
  const isAll = path === allComments
  return {
    head: {
      ...{ path, title, revision, revised, departed, size },
      ...(since !== undefined && { since }),
      ...(readAt !== undefined && { readAt }),
      ...(stale !== undefined && { stale }),
      ...(due !== undefined && { due }),
      ...(siteDue !== undefined && siteDue > clock() && { siteDue }),
    },
    language: isAll ? site.language : language,
    mode,
    hasFeeds: isAll || hasFeeds,
    isEmpty: false,
  }
}

/** The address of a comment: the page of its thread, at the comment. */
export const commentAddress = (site: Site, { id, on: { path } }: Comment): string =>
  `${address(site, path)}?comment=${id}#c-${id}`

/** The feed of comments: its listing, and the function that makes the feed, or a page of it, in a format. */
interface CommentFeed {
  listing: Listing
  represent: (format: FeedFormat, from?: From) => Representation
}

/**
 * Returns the feed of comments. A comment is an entry as an article is, so that validators, deltas, pages and tombstones are those of
 * all feeds. Its author has a name and no mail address.
 */
export function commentFeedOf(given: CommentReadPorts, discussion: Discussion): CommentFeed {
  // Comments have no share links.
  const { offer: _, ...ports } = given
  const { comments, site, feedLength, clock } = ports
  const { head, isEmpty, language, mode } = discussion
  const { path } = head
  const { read, isCurrent } = currencyOf(ports, [head])
  const replies = new Map<string, Answered>()
  const page = async (from?: From) => {
    if (isEmpty) return { articles: [], revisions: [] }
    const limit = from ? pageLength(feedLength) : feedLength
    const { content } = await read((at) =>
      comments.page({ path, from, limit, site: mode, at: at ?? clock() }),
    )
    const { comments: found, ...rest } = content
    for (const comment of found) noteReply(replies, site, comment)
    return {
      ...rest,
      articles: found.map(({ revision, ...comment }) => ({ article: entryOf(site, comment), revision })),
    }
  }
  const { on, all } = wordsIn(language).comments
  const listing: Listing = {
    head: { ...head, title: path === allComments ? all : on(head.title) },
    paths: pathsOf(head),
    page,
    ...(!isEmpty && { canonical: (from: From) => comments.canonical(path, from) }),
    articles: async () => articlesIn(await page()),
    teasers: async (from) => articlesIn(await page(from)),
    withdrawn: () => (isEmpty ? Promise.resolve([]) : comments.withdrawn(path)),
    isCurrent: () => isEmpty || isCurrent(),
  }
  return {
    listing,
    represent: (format, from) => {
      const ofComments = {
        ...format,
        // The description of the site is that of its articles.
        render: ({ site, ...feed }: Parameters<FeedFormat['render']>[0]) =>
          format.render({ ...feed, site: { ...site, description: listing.head.title }, replies }),
      }
      const made = (from && pageOf(ports, listing, ofComments, from)) ?? feedOf(ports, listing, ofComments)
      return { ...made, edgeSeconds: commentSeconds }
    },
  }
}

/** The paths whose changes make copies of comments stale: that of the comments, and that of their article. */
export const pathsOf = ({ path }: Pick<Head, 'path'>): string[] =>
  [path, articleOfComments(path)].filter((one) => one !== undefined)

/** Notes what a comment answers: another comment, or a question of the article, which is known by the address of its answers. */
function noteReply(replies: Map<string, Answered>, site: Site, comment: Comment): void {
  const { id, parent, answering, question, on } = comment
  if (parent === undefined) {
    const url = question && `${address(site, on.path)}?question=${encodeURIComponent(question)}`
    if (url) replies.set(commentUri(id), { id: url, url })
    return
  }
  replies.set(commentUri(id), {
    id: commentUri(parent),
    ...(answering !== undefined && { url: `${address(site, on.path)}?comment=${parent}#c-${parent}` }),
  })
}

/** The largest number of characters of the beginning of a comment by which a feed describes it. */
const maxSummaryCharacters = 300

/** The beginning of a comment's clean HTML as plain text on one line; in it, only `<` and `&` are spelled as references. */
function summaryOf(html: string): string {
  const text = html.replaceAll('<br>', ' ').replace(/<(?:[^"<>]|"[^"]*")*>/g, '')
  const line = text
    .replaceAll('&lt;', '<')
    .replaceAll('&amp;', '&')
    .replace(/[ \t\n]+/g, ' ')
  return shortened(line.trim(), maxSummaryCharacters)
}

/** A comment as an entry of a feed. */
function entryOf(site: Site, comment: Comment): Article {
  const { id, name, html, published, edited = published, on } = comment
  return {
    id: commentUri(id),
    slug: '',
    url: commentAddress(site, comment),
    title: wordsIn(on.language).comments.by(name, on.title),
    summary: summaryOf(html),
    html,
    language: on.language,
    ...{ published: rfc3339(published), updated: rfc3339(edited) },
    ...{ tags: [], authors: [{ name }], attachments: [] },
    rights: { syndicate: 'full' },
    status: 'published',
  }
}
