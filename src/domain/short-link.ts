import type { Article } from './article.ts'

/** Short links. A code is made of the article's id, and written down with the save. */
export interface ShortLinks {
  /**
   * The ids and slugs of the articles with this code, whatever their status: one, but for a chance of one in 2⁶⁴ for
   * each pair.
   */
  find(code: string): Promise<Pick<Article, 'id' | 'slug'>[]>
  /** Whether every article's code is written down: an upgrade leaves those that were saved before. */
  isFilled(): Promise<boolean>
  /** Writes down the codes of so many articles that have none yet, the newest first. */
  fill(limit: number): Promise<void>
}

/** How often the short link of one article was followed from one network on one day (`2024-06-19`). */
export interface Count {
  day: string
  /** Of the article; its present one. */
  slug: string
  network: string
  count: number
}

/** How many of the most followed articles the counts of a site name. */
export const maxTopArticles = 100

/** Days from the first to the last, both included. */
export interface Period {
  since: string
  until: string
}

/** That the short link with this code was followed from a network, on a day; nothing of who followed it. */
export interface Visit {
  day: string
  code: string
  network: string
}

/** Counts without people: nothing of who followed a link is written down. */
export interface Counts {
  /** Adds to what was counted so far: all of them, or none. */
  add(visits: readonly (Visit & { count: number })[]): Promise<void>
  /** Of one article, by day and network. */
  ofArticle(code: string, slug: string, period: Period): Promise<Count[]>
  /** Of all articles, by day, article and network; no more than so many. */
  ofSite(period: Period, limit: number): Promise<Count[]>
}
