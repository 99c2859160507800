import { archivesPerMonth } from './archive.ts'

/** An address that search engines are told of; `updated` in RFC 3339. */
export interface SitemapEntry {
  path: string
  updated?: string
}

/** What news search is told of an article. */
export interface NewsEntry {
  path: string
  title: string
  language: string
  published: string
}

/** One sitemap of the index; `revised` in epoch milliseconds. */
export interface SitemapPart {
  name: string
  revised?: number
}

/** How many archives of all articles stand in one sitemap: a thousand articles. The migrations count on it. */
export const archivesPerSitemap = 10

/** How many sitemaps a month can have. */
const sitemapsPerMonth = archivesPerMonth / archivesPerSitemap

/**
 * The first and the last archive that can stand in the sitemap of that number, which is made of its month and its
 * place in it. An article never moves to another.
 */
export const archivesOf = (number: number): [first: number, last: number] => [
  number * archivesPerSitemap + 1,
  (number + 1) * archivesPerSitemap,
]

/** `2024-06-1` for the first sitemap of June 2024. */
export function sitemapName(number: number): string {
  const month = Math.floor(number / sitemapsPerMonth)
  const two = String(month % 100).padStart(2, '0')
  return `${Math.floor(month / 100)}-${two}-${(number % sitemapsPerMonth) + 1}`
}

/** The number of a sitemap out of its name; undefined for what is no name of one. */
export function parseSitemapName(name: string): number | undefined {
  const [, year, month, place] = /^(\d{1,4})-(0[1-9]|1[0-2])-([1-9]\d{0,3}|10000)$/.exec(name) ?? []
  return place === undefined ? undefined : Number(`${year}${month}`) * sitemapsPerMonth + Number(place) - 1
}

/** How many sections, tags and authors stand in one sitemap; the protocol allows ten times as many. */
export const selectionsPerSitemap = 5000

/** The names of the sitemaps of all selections up to the last number; the first one also names what is no selection. */
export const selectionSitemaps = (last: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(last / selectionsPerSitemap)) }, (_, at) =>
    at === 0 ? 'selections' : `selections-${at + 1}`,
  )

/** The first and the last number that can stand in the sitemap of selections at that place, from 0 on. */
export const numbersAt = (place: number): [first: number, last: number] => [
  place * selectionsPerSitemap + 1,
  (place + 1) * selectionsPerSitemap,
]
