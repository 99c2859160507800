import { isInstant } from '../domain/instant.ts'
import type { AtRevision } from '../domain/revisions.ts'
import {
  archivesOf,
  type NewsEntry,
  type SitemapEntry,
  type SitemapPart,
  sitemapName,
} from '../domain/sitemap.ts'
import { isDate, isTag } from '../domain/sound.ts'
import type { Head } from '../domain/store.ts'
import { listingsDue } from './archive.ts'
import { articlesOfArchive } from './archives.ts'
import { isPublicSql } from './articles.ts'
import { integerOr, objectOr } from './columns.ts'
import { readWithRevision, siteRevision, wholeRevision, withRevisions } from './revisions.ts'

/**
 * SQL for the articles that sitemaps may list: they are public, their pages are on this host (the sitemap
 * protocol excludes other hosts), and their rights do not exclude them from public lists.
 */
const listed = (at: number | undefined): string =>
  `${isPublicSql(at)} AND article.json ->> '$.url' IS NULL
  AND article.json ->> '$.rights.syndicate' <> 'none'`

/**
 * SQL for the dates of the archives of a row of `sitemap_year`: a list of pairs, each with the number of a sitemap
 * and the date of one of its archives.
 */
const datesOfYear = `(SELECT json_group_array(json_array((part - 1) / 10, ${integerOr('archive.revised', '0')})) FROM archive
  WHERE selection = '' AND part > sitemap_year.year * 10000000 AND part <= (sitemap_year.year + 1) * 10000000)`

/**
 * Reads the list of article sitemaps, the oldest first. Database triggers maintain one row for each year, which
 * contains the numbers of the year's sitemaps and the dates of their last changes.
 */
export async function sitemapParts(database: D1Database): Promise<AtRevision<SitemapPart[]>> {
  const years = `SELECT * FROM (SELECT ${objectOr('revised', datesOfYear)} AS revised FROM sitemap_year ORDER BY year) AS listed`
  const { rows, revision } = await readWithRevision<{ revised: string }>(
    database.prepare(withRevisions(years, 1, [wholeRevision])),
  )
  const latest = new Map<number, number>()
  for (const [number, revised] of rows.flatMap((row) => datesIn(row.revised))) {
    latest.set(number, Math.max(latest.get(number) ?? 0, isInstant(revised) ? revised : 0))
  }
  const found = [...latest]
    .sort(([one], [other]) => one - other)
    .map(([number, revised]) => ({ name: sitemapName(number), ...(revised > 0 && { revised }) }))
  return { found, revision }
}

/** The pairs of a sitemap's number and date, from the stored object or from `datesOfYear`. */
function datesIn(json: string): [number: number, revised: number][] {
  const dates = JSON.parse(json) as Record<string, number> | [number, number][]
  const pairs = Array.isArray(dates) ? dates : Object.entries(dates)
  return pairs
    .map(([number, revised]): [number, number] => [Number(number), revised])
    .filter(([number]) => isInstant(number))
}

/** SQL for the revision of a sitemap, from the rows of its archives. */
const sitemapRevision = `max(${integerOr('revision', siteRevision)})`

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
      `SELECT ${sitemapRevision} AS revision,
         max(${integerOr('revised', 'NULL')}) AS revised, (SELECT ${listingsDue} FROM site) AS due
       FROM archive
       WHERE selection = '' AND part BETWEEN ?1 AND ?2`,
    )
    .bind(...archivesOf(number))
    .first<{ revision: number | null; revised: number | null; due: number | null }>()
  if (!row?.revision) return undefined
  const { revision, revised, due } = row
  return { revision, revised: revised ?? 0, ...(due !== null && { due }) }
}

/**
 * Reads the articles of a sitemap, in the order of their archives. With `at`, the articles are those that are public
 * at this instant.
 */
export async function sitemapEntries(
  database: D1Database,
  number: number,
  at?: number,
): Promise<AtRevision<SitemapEntry[]>> {
  const entries = `SELECT 'articles/' || article.slug AS path, article.json ->> '$.updated' AS updated
    FROM archive, json_each(${articlesOfArchive}) AS filed JOIN article ON article.number = filed.value
    WHERE archive.selection = '' AND archive.part BETWEEN ?1 AND ?2 AND ${listed(at)}`
  const own = `(SELECT ${sitemapRevision} FROM archive WHERE selection = '' AND part BETWEEN ?1 AND ?2)`
  const { rows, revision } = await readWithRevision<{ path: string; updated: string }>(
    database.prepare(withRevisions(entries, 2, [own])).bind(...archivesOf(number)),
  )
  return { found: rows.filter(({ path, updated }) => typeof path === 'string' && isDate(updated)), revision }
}

/** Whether the news sitemap can show a row. A bad row may lack what the sitemap needs. */
const isListable = ({ path, title, language, published }: NewsEntry): boolean =>
  typeof path === 'string' && typeof title === 'string' && isTag(language) && isDate(published)

/**
 * Reads the newest articles published since an instant (epoch milliseconds), the newest first. With `at`, the
 * result lacks the articles that have expired at this instant.
 */
export async function newsEntries(
  database: D1Database,
  since: number,
  limit: number,
  at?: number,
): Promise<AtRevision<NewsEntry[]>> {
  const entries = `SELECT 'articles/' || article.slug AS path, article.json ->> '$.title' AS title,
      article.json ->> '$.language' AS language, article.json ->> '$.published' AS published
    FROM (SELECT article FROM membership WHERE selection = '' AND published >= ?1
      ORDER BY published DESC, article DESC LIMIT ?2) AS recent
    JOIN article ON article.number = recent.article WHERE ${listed(at)}`
  const { rows, revision } = await readWithRevision<NewsEntry>(
    database.prepare(withRevisions(entries, 4, [wholeRevision])).bind(since, limit),
  )
  return { found: rows.filter(isListable), revision }
}
