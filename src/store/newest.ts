import { maxFeedLength } from '../domain/feed.ts'
import type { Page } from '../domain/store.ts'
import { articlesOf, revisionsOf, type StoredOf } from './articles.ts'
import { countedSize, integerOr, lastArchive, listOr } from './columns.ts'
import { type PageQuery, readPage } from './page.ts'

interface NewestRow {
  newest: string
  size: number
  /**
   * The publication date of the last article in the feed; null if the selection has fewer articles than the
   * feed may show.
   */
  published: number | null
}

/** SQL for the list of the newest articles of a row of `selection`. */
export const newestOf = `(SELECT json_group_array(article) FROM (SELECT article FROM membership
    WHERE membership.selection = selection.path AND typeof(article) = 'integer'
    ORDER BY published DESC, article DESC LIMIT ${maxFeedLength}))`

/**
 * Reads the newest articles. For one selection, the function takes the articles from the list in the
 * selection's row. For an intersection no list is stored, and with `at` the stored list is outdated; in both cases
 * the function searches for the articles that are in all of the selections.
 */
export async function readNewest(
  database: D1Database,
  { paths, limit, at }: Omit<PageQuery, 'from'>,
  storedOf: StoredOf,
): Promise<Page> {
  if (paths.length > 1 || at !== undefined) return readPage(database, { paths, limit, at }, storedOf)
  const row = await database
    .prepare(
      `SELECT newest, size,
         (SELECT ${integerOr('published', 'NULL')} FROM article WHERE number = json_extract(newest, ?2)) AS published
       FROM (SELECT ${listOr('newest', newestOf)} AS newest, ${integerOr('size', countedSize)} AS size FROM selection WHERE path = ?1)`,
    )
    .bind(paths[0], `$[${limit - 1}]`)
    .first<NewestRow & Record<string, unknown>>()
  if (!row) return { articles: [], revisions: [] }
  const numbers = (JSON.parse(row.newest) as number[]).slice(0, limit)
  const read = await articlesOf(database, { numbers, paths, ...revisionsOf(paths) }, storedOf)
  const last = numbers[limit - 1]
  if (row.size <= limit || last === undefined || row.published === null) return read
  return { ...read, older: { published: row.published, number: last } }
}

/**
 * SQL assignments for an UPDATE of the table `selection`. They renew the list of newest articles and the number
 * of the last archive in each updated row.
 */
export const listNewest = `newest = ${newestOf},
  latest = ${lastArchive}`
