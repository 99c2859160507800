import { rfc3339 } from '../src/domain/instant.ts'
import { slugOf } from '../src/domain/slug.ts'
import { articleAt, everywhere, interval, monthly, newest } from './articles.ts'
import { feedLength } from './worker.ts'

/** An address whose answer should cost the same in stores of every size. */
export interface Place {
  name: string
  path: string
  /** The number of selections that the address combines. */
  selections: number
}

/**
 * The addresses to request from a store with the given number of articles. Each address shows twenty articles
 * in every store.
 */
export function placesOf(articles: number): Place[] {
  const months = monthsOf(articles)
  return [
    { name: 'newest', path: '/feed.rss', selections: 1 },
    { name: 'tag', path: `/tags/${slugOf(everywhere)}/feed.rss`, selections: 1 },
    { name: 'page 5,000', path: pagePath(articles, 5000), selections: 1 },
    { name: 'archive month', path: archivePath(months[months.length >> 1] ?? newest), selections: 1 },
  ]
}

/**
 * The address of a feed of the articles that are in a certain section and have a certain tag. In a small store
 * this feed has fewer than twenty articles.
 */
export const intersection: Place = {
  name: 'section and tag',
  path: `/feed.rss?section=${slugOf(articleAt(0).section ?? '')}&tag=${slugOf(everywhere)}`,
  selections: 2,
}

/**
 * Returns the address of the page with the given number in the feed of all articles. If the feed has fewer
 * pages, returns the address of its last full page, or of its only page.
 */
function pagePath(articles: number, page: number): string {
  const before = Math.min(page - 1, Math.floor(articles / feedLength) - 1) * feedLength - 1
  const cursor =
    before < 0 ? `${newest + interval}.${articles + 1}` : `${newest - before * interval}.${articles - before}`
  return `/feed.rss?before=${cursor}`
}

/**
 * Returns every month of which a store with the given number of articles contains at least the first twenty
 * articles. A month is represented by its first instant.
 */
export function monthsOf(articles: number): number[] {
  const oldest = newest - (articles - 1) * interval
  const months: number[] = []
  for (let back = 0; ; back++) {
    const day = new Date(newest)
    const month = Date.UTC(day.getUTCFullYear(), day.getUTCMonth() - back)
    if (month < oldest) return months
    months.push(month)
  }
}

/** Returns the address of the archive of the tag `monthly` for the month of an instant. */
export const archivePath = (instant: number): string =>
  `/tags/${slugOf(monthly)}/archive/${rfc3339(instant).slice(0, 7).replace('-', '/')}/1/feed.rss`
