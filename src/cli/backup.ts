import type { Article } from '../domain/article.ts'
import type { Target } from './target.ts'

/** How far the clock of a store may be behind ours, in milliseconds. */
const behindMilliseconds = 3_600_000

/**
 * Every article by its id, the newest published first. One whose date somebody changes while they are listed may
 * move past the place that the listing has reached: so what was saved since it began is listed once more.
 */
export async function everyArticle(target: Pick<Target, 'list'>, now: number): Promise<Map<string, Article>> {
  const since = new Date(now - behindMilliseconds).toISOString()
  const articles = new Map<string, Article>()
  for await (const article of target.list({})) articles.set(article.id, article)
  for await (const article of target.list({ since })) articles.set(article.id, article)
  return articles
}
