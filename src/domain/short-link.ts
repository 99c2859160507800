import type { Article } from './article.ts'

/**
 * The storage of short links. The code of a short link is computed from the article's id and stored when the
 * article is saved.
 */
export interface ShortLinks {
  /**
   * Returns the ids and slugs of the articles whose short link has this code, whatever their status. Usually
   * there is one; two given articles share a code with a probability of 1 in 2⁶⁴.
   */
  find(code: string): Promise<Pick<Article, 'id' | 'slug'>[]>
  /**
   * Tells whether the short-link code of every article is stored. After an upgrade from a version without short
   * links, the articles saved before the upgrade still lack a code.
   */
  isFilled(): Promise<boolean>
  /** Stores the short-link codes of up to `limit` articles that have none yet, the newest first. */
  fill(limit: number): Promise<void>
  /**
   * Returns the articles with this code among up to `limit` articles whose codes are not stored, without storing any.
   */
  search(code: string, limit: number): Promise<Pick<Article, 'id' | 'slug'>[]>
}

/** The number of visits that came on one day (`2024-06-19`) from one network through the short link of one article. */
export interface Count {
  day: string
  /** The present slug of the article whose visits are counted. */
  slug: string
  network: string
  count: number
}

/** The maximum number of articles in the list of the most visited articles of a site. */
export const maxTopArticles = 100

/** A period from the first day to the last day, both included. */
export interface Period {
  since: string
  until: string
}

/**
 * One visit: the day, the code of the short link that a reader followed, and the share network on which the
 * link was shared. The record contains nothing about the reader.
 */
export interface Visit {
  day: string
  code: string
  network: string
}

/** The storage of visit counts. It contains nothing about the people who followed a link. */
export interface Counts {
  /** Adds visits to the stored counts: all of them, or none if the operation fails. */
  add(visits: readonly (Visit & { count: number })[]): Promise<void>
  /** Returns the numbers of visits to one article: one row for each day and network. */
  ofArticle(code: string, slug: string, period: Period): Promise<Count[]>
  /**
   * Returns the numbers of visits to all articles: one row for each day, article and network, and at most
   * `limit` rows.
   */
  ofSite(period: Period, limit: number): Promise<Count[]>
}
