import type { Selection } from '../domain/selection.ts'
import { maxInstant, textOr } from './columns.ts'

/**
 * SQL for the selections that have public articles. The index contains only these selections, so the query
 * reads no rows of empty selections.
 */
const listed = 'selection INDEXED BY selection_shown WHERE shown = 1'

/**
 * Returns the range of the paths in a folder: the first path, and the end, which is not in the range. The
 * character `0` comes directly after `/` in byte order, so every path that begins with `folder/` comes before
 * `folder0`.
 */
const boundsOf = (folder: string, from = ''): [first: string, end: string] => [
  `${folder}/${from}`,
  `${folder}0`,
]

/**
 * Reads a folder's selections that have public articles, ordered by key and beginning at `from`. The query
 * reads one database row for each selection.
 */
export async function selectionsWithin(
  database: D1Database,
  folder: string,
  from: string,
  limit: number,
): Promise<Selection[]> {
  const { results } = await database
    .prepare(
      `SELECT path, ${textOr('title', "substr(path, instr(path, '/') + 1)")} AS title FROM ${listed} AND path >= ?1 AND path < ?2 ORDER BY path LIMIT ?3`,
    )
    .bind(...boundsOf(folder, from), limit)
    .all<{ path: string; title: string }>()
  return results
}

/**
 * Reads the first characters of the keys in a folder, each once and in order. When the query has found one
 * key, it skips to the first key with another first character, so it reads a few rows for each first
 * character instead of one row for each selection.
 */
export async function initialsWithin(database: D1Database, folder: string, limit: number): Promise<string[]> {
  const initial = 'substr(initial.path, length(?1) + 1, 1)'
  const firstFrom = (from: string) =>
    `SELECT path FROM ${listed} AND path >= ${from} AND path < ?2 ORDER BY path LIMIT 1`
  const { results } = await database
    .prepare(
      `WITH RECURSIVE initial (path) AS (
         SELECT (${firstFrom('?1')})
         UNION ALL
         SELECT (${firstFrom(`?1 || char(unicode(${initial}) + 1)`)}) FROM initial WHERE initial.path IS NOT NULL)
       SELECT ${initial} AS initial FROM initial WHERE path IS NOT NULL LIMIT ?3`,
    )
    .bind(...boundsOf(folder), limit)
    .all<{ initial: string }>()
  return results.map(({ initial }) => initial)
}

/** Returns the highest of the permanent numbers of sections, tags and authors; 0 if there are no such numbers. */
export async function lastNumber(database: D1Database): Promise<number> {
  const row = await database
    .prepare(`SELECT max(number) AS last FROM selection WHERE number > 0 AND number <= ${maxInstant}`)
    .first<{ last: number | null }>()
  return row?.last ?? 0
}

/**
 * Reads the paths of the selections that have a number from `first` to `last` and have public articles, ordered
 * by number.
 */
export async function pathsNumbered(database: D1Database, first: number, last: number): Promise<string[]> {
  const { results } = await database
    .prepare('SELECT path FROM selection WHERE number BETWEEN ?1 AND ?2 AND size > 0 ORDER BY number')
    .bind(first, last)
    .all<{ path: string }>()
  return results.map(({ path }) => path)
}
