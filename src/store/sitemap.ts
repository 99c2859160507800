import {
  archivesOf,
  type NewsEntry,
  type SitemapEntry,
  type SitemapPart,
  sitemapName,
} from '../domain/sitemap.ts'
import type { Head } from '../domain/store.ts'
import { isPublicSql } from './articles.ts'

/**
 * SQL for the articles that sitemaps may list: they are public, their pages are on this host (the sitemap
 * protocol excludes other hosts), and their rights do not exclude them from public lists.
 */
const listed = (at: number | undefined): string =>
  `${isPublicSql(at)} AND article.json ->> '$.url' IS NULL
  AND article.json ->> '$.rights.syndicate' <> 'none'`

/**
 * Reads the list of article sitemaps, the oldest first. Database triggers maintain one row for each year, which
 * contains the numbers of the year's sitemaps and the dates of their last changes.
 */
export async function sitemapParts(database: D1Database): Promise<SitemapPart[]> {
  const { results } = await database
    .prepare('SELECT revised FROM sitemap_year ORDER BY year')
    .all<{ revised: string }>()
  const parts = results.flatMap(({ revised }) =>
    Object.entries(JSON.parse(revised) as Record<string, number>),
  )
  return parts
    .map(([number, revised]) => ({ number: Number(number), revised }))
    .sort((one, other) => one.number - other.number)
    .map(({ number, revised }) => ({ name: sitemapName(number), revised }))
}

/**
 * Reads the revision, date and `due` of a sitemap, without its articles; returns undefined if there is no such
 * sitemap.
 */
export async function sitemapHead(
  database: D1Database,
  number: number,
): Promise<Pick<Head, 'revision' | 'revised' | 'due'> | undefined> {
  const row = await database
    .prepare(
      `SELECT max(revision) AS revision, max(revised) AS revised, (SELECT due FROM site) AS due
       FROM archive
       WHERE selection = '' AND part BETWEEN ?1 AND ?2`,
    )
    .bind(...archivesOf(number))
    .first<{ revision: number | null; revised: number; due: number | null }>()
  if (!row?.revision) return undefined
  const { revision, revised, due } = row
  return { revision, revised, ...(due !== null && { due }) }
}

/**
 * Reads the articles of a sitemap, in the order of their archives. With `at`, the articles are those that are public
 * at this instant.
 */
export async function sitemapEntries(
  database: D1Database,
  number: number,
  at?: number,
): Promise<SitemapEntry[]> {
  const { results } = await database
    .prepare(
      `SELECT 'articles/' || article.slug AS path, article.json ->> '$.updated' AS updated
       FROM archive, json_each(archive.articles) AS filed JOIN article ON article.number = filed.value
       WHERE archive.selection = '' AND archive.part BETWEEN ?1 AND ?2 AND ${listed(at)}`,
    )
    .bind(...archivesOf(number))
    .all<{ path: string; updated: string }>()
  return results
}

/**
 * Reads the newest articles published since an instant (epoch milliseconds), the newest first. With `at`, the
 * result lacks the articles that have expired at this instant.
 */
export async function newsEntries(
  database: D1Database,
  since: number,
  limit: number,
  at?: number,
): Promise<NewsEntry[]> {
  const { results } = await database
    .prepare(
      `SELECT 'articles/' || article.slug AS path, article.json ->> '$.title' AS title,
         article.json ->> '$.language' AS language, article.json ->> '$.published' AS published
       FROM (SELECT article FROM membership WHERE selection = '' AND published >= ?1
         ORDER BY published DESC, article DESC LIMIT ?2) AS recent
       JOIN article ON article.number = recent.article WHERE ${listed(at)}`,
    )
    .bind(since, limit)
    .all<NewsEntry & Record<string, unknown>>()
  return results
}
