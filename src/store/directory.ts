import type { Selection } from '../domain/selection.ts'

/** Those in which anybody can see something, along the index of these: what is empty costs nothing. */
const listed = 'selection INDEXED BY selection_shown WHERE shown = 1'

/** In the order of bytes 0 comes after the slash. */
const boundsOf = (folder: string, from = ''): [first: string, end: string] => [
  `${folder}/${from}`,
  `${folder}0`,
]

/** A folder's selections that have public articles, by key, from that key on; a row for each. */
export async function selectionsWithin(
  database: D1Database,
  folder: string,
  from: string,
  limit: number,
): Promise<Selection[]> {
  const { results } = await database
    .prepare(`SELECT path, title FROM ${listed} AND path >= ?1 AND path < ?2 ORDER BY path LIMIT ?3`)
    .bind(...boundsOf(folder, from), limit)
    .all<{ path: string; title: string }>()
  return results
}

/**
 * The first character of each key in a folder, in order; some rows for each, since what begins with the same one
 * is skipped.
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

/** The highest number that a section, tag or author has. */
export async function lastNumber(database: D1Database): Promise<number> {
  const row = await database
    .prepare('SELECT max(number) AS last FROM selection WHERE number > 0')
    .first<{ last: number | null }>()
  return row?.last ?? 0
}

/** The paths of the selections of these numbers that have public articles, by number. */
export async function pathsNumbered(database: D1Database, first: number, last: number): Promise<string[]> {
  const { results } = await database
    .prepare('SELECT path FROM selection WHERE number BETWEEN ?1 AND ?2 AND size > 0 ORDER BY number')
    .bind(first, last)
    .all<{ path: string }>()
  return results.map(({ path }) => path)
}
