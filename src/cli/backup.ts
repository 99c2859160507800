import type { Article } from '../domain/article.ts'
import type { Target, UnsoundArticle } from './target.ts'

/** Milliseconds by which the clock of a remote store may be behind the clock of this machine. */
const behindMilliseconds = 3_600_000

/**
 * Reads every article once, by its id, the newest first. If an article's date changes during the listing, the
 * article may move to a part of the list that was already read. Therefore the articles saved since the listing
 * began are listed once more. Each article that cannot be read is passed to `unsound`.
 */
export async function everyArticle(
  target: Pick<Target, 'list'>,
  now: number,
  unsound: (article: UnsoundArticle) => void = () => {},
): Promise<Map<string, Article>> {
  const since = new Date(now - behindMilliseconds).toISOString()
  const form = 'stored'
  const articles = new Map<string, Article>()
  for await (const article of target.list({ form }, unsound)) articles.set(article.id, article)
  for await (const article of target.list({ since, form })) articles.set(article.id, article)
  return articles
}
