import { archivesPerMonth } from './archive.ts'

/** An address in a sitemap; `updated` is in RFC 3339. */
export interface SitemapEntry {
  path: string
  updated?: string
}

/** An article in the sitemap for news search. */
export interface NewsEntry {
  path: string
  title: string
  language: string
  published: string
}

/** A sitemap as the sitemap index lists it; `revised` is in epoch milliseconds. */
export interface SitemapPart {
  name: string
  revised?: number
}

/**
 * The number of archives in one sitemap. The archives are those of the selection of all articles. A sitemap
 * has at most a thousand articles, because an archive has at most a hundred. The SQL migrations depend on
 * this value.
 */
export const archivesPerSitemap = 10

/** The maximum number of sitemaps of articles for one month. */
const sitemapsPerMonth = archivesPerMonth / archivesPerSitemap

/**
 * Returns the first and the last archive of a sitemap. The sitemap's number is made of its month and its
 * position in the month. An article stays in the same sitemap for ever.
 */
export const archivesOf = (number: number): [first: number, last: number] => [
  number * archivesPerSitemap + 1,
  (number + 1) * archivesPerSitemap,
]

/** Returns the name of a sitemap, such as `2024-06-1` for the first sitemap of June 2024. */
export function sitemapName(number: number): string {
  const month = Math.floor(number / sitemapsPerMonth)
  const two = String(month % 100).padStart(2, '0')
  return `${Math.floor(month / 100)}-${two}-${(number % sitemapsPerMonth) + 1}`
}

/** Reads the number of a sitemap from its name; returns undefined for an invalid name. */
export function parseSitemapName(name: string): number | undefined {
  const [, year, month, place] = /^(\d{1,4})-(0[1-9]|1[0-2])-([1-9]\d{0,3}|10000)$/.exec(name) ?? []
  return place === undefined ? undefined : Number(`${year}${month}`) * sitemapsPerMonth + Number(place) - 1
}

/** The number of sections, tags and authors in one sitemap; the sitemap protocol allows ten times as many. */
export const selectionsPerSitemap = 5000

/**
 * Returns the names of the sitemaps that list sections, tags and authors, for selection numbers up to `last`.
 * The first of these sitemaps also lists pages that show no selection.
 */
export const selectionSitemaps = (last: number): string[] =>
  Array.from({ length: Math.max(1, Math.ceil(last / selectionsPerSitemap)) }, (_, at) =>
    at === 0 ? 'selections' : `selections-${at + 1}`,
  )

/**
 * Returns the first and the last selection number in a sitemap of selections. `place` counts the sitemaps of
 * selections from 0.
 */
export const numbersAt = (place: number): [first: number, last: number] => [
  place * selectionsPerSitemap + 1,
  (place + 1) * selectionsPerSitemap,
]
