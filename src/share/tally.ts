import type { Count, Period } from '../domain/short-link.ts'

/** The sums of visits through short links in a period. */
interface Tally extends Period {
  total: number
  networks: { id: string; count: number }[]
  days: { day: string; count: number }[]
}

/** Sums visits by network (the most visited first) and by day. */
export function tallyOf(counts: readonly Count[], { since, until }: Period): Tally {
  return {
    since,
    until,
    total: counts.reduce((sum, { count }) => sum + count, 0),
    networks: sumsBy(counts, 'network').map(([id, count]) => ({ id, count })),
    days: sumsBy(counts, 'day')
      .map(([day, count]) => ({ day, count }))
      .sort((one, other) => (one.day < other.day ? -1 : 1)),
  }
}

/** Returns the most visited articles, up to a maximum number. */
export const topArticles = (counts: readonly Count[], limit: number): { slug: string; count: number }[] =>
  sumsBy(counts, 'slug')
    .slice(0, limit)
    .map(([slug, count]) => ({ slug, count }))

/**
 * Sums the counts by the value of one field. The result is sorted by sum, then by name, so that values with
 * equal sums always have the same order.
 */
function sumsBy(counts: readonly Count[], member: 'network' | 'day' | 'slug'): [string, number][] {
  const sums = new Map<string, number>()
  for (const count of counts) sums.set(count[member], (sums.get(count[member]) ?? 0) + count.count)
  return [...sums].sort(([one, ones], [other, others]) => others - ones || (one < other ? -1 : 1))
}

/**
 * Renders visit counts as CSV for spreadsheets (RFC 4180). Days, slugs and ids contain no character that
 * requires quotation marks.
 */
export const renderCsv = (counts: readonly Count[]): string =>
  [
    ['day', 'article', 'network', 'count'],
    ...counts.map((one) => [one.day, one.slug, one.network, one.count]),
  ]
    .map((row) => `${row.join(',')}\r\n`)
    .join('')
