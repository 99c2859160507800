import type { Article } from '../domain/article.ts'
import { commentsPath, modeOf } from '../domain/comment.ts'
import type { Format } from '../domain/format.ts'
import { address, feedAddress, type Site } from '../domain/site.ts'

/** The addresses of the comments on an article: the page, and the feed in the format of the feed that names it. */
interface CommentLinks {
  page: string
  feed: string
}

/**
 * Returns where the comments on an article are; undefined if nobody may comment on it. The addresses are constant, and no number of
 * comments stands beside them, so that no comment changes a feed of articles.
 */
export function commentLinks(site: Site, article: Article, format: Format): CommentLinks | undefined {
  // The entries of a feed of comments have no slug, and nothing of their own to comment on.
  if (article.slug === '' || modeOf(site, article) === 'off') return undefined
  const path = commentsPath(article.slug)
  return { page: address(site, path), feed: feedAddress(site, { path }, format) }
}

/** The attribute that declares the namespace of `wfw:commentRss`. */
export const wellFormedWeb = { 'xmlns:wfw': 'http://wellformedweb.org/CommentAPI/' }
