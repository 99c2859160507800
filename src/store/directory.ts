import type { AtRevision } from '../domain/revisions.ts'
import type { Selection } from '../domain/selection.ts'
import { maxInstant, textOr } from './columns.ts'
import { readWithRevision, wholeRevision, withRevisions } from './revisions.ts'

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
): Promise<AtRevision<Selection[]>> {
  const selections = `SELECT * FROM (SELECT path, ${textOr('title', "substr(path, instr(path, '/') + 1)")} AS title
    FROM ${listed} AND path >= ?1 AND path < ?2 ORDER BY path LIMIT ?3) AS listed`
  const { rows, revision } = await readWithRevision<Selection>(
    database.prepare(withRevisions(selections, 2, [wholeRevision])).bind(...boundsOf(folder, from), limit),
  )
  return { found: rows, revision }
}

/**
 * Reads the first characters of the keys in a folder, each once and in order. When the query has found one
 * key, it skips to the first key with another first character, so it reads a few rows for each first
 * character instead of one row for each selection.
 */
export async function initialsWithin(
  database: D1Database,
  folder: string,
  limit: number,
): Promise<AtRevision<string[]>> {
  const initial = 'substr(initial.path, length(?1) + 1, 1)'
  const firstFrom = (from: string) =>
    `SELECT path FROM ${listed} AND path >= ${from} AND path < ?2 ORDER BY path LIMIT 1`
  const initials = `WITH RECURSIVE initial (path) AS (
      SELECT (${firstFrom('?1')})
      UNION ALL
      SELECT (${firstFrom(`?1 || char(unicode(${initial}) + 1)`)}) FROM initial WHERE initial.path IS NOT NULL)
    SELECT * FROM (SELECT ${initial} AS initial FROM initial WHERE path IS NOT NULL LIMIT ?3) AS listed`
  const { rows, revision } = await readWithRevision<{ initial: string }>(
    database.prepare(withRevisions(initials, 1, [wholeRevision])).bind(...boundsOf(folder), limit),
  )
  return { found: rows.map(({ initial }) => initial), revision }
}

/** Returns the highest of the permanent numbers of sections, tags and authors; 0 if there are no such numbers. */
export async function lastNumber(database: D1Database): Promise<AtRevision<number>> {
  const last = `SELECT max(number) AS last FROM selection WHERE number > 0 AND number <= ${maxInstant}`
  const { rows, revision } = await readWithRevision<{ last: number | null }>(
    database.prepare(withRevisions(last, 1, [wholeRevision])),
  )
  return { found: rows[0]?.last ?? 0, revision }
}

/**
 * Reads the paths of the selections that have a number from `first` to `last` and have public articles, ordered
 * by number.
 */
export async function pathsNumbered(
  database: D1Database,
  first: number,
  last: number,
): Promise<AtRevision<string[]>> {
  const paths = `SELECT * FROM (SELECT path FROM selection WHERE number BETWEEN ?1 AND ?2 AND size > 0 ORDER BY number) AS listed`
  const { rows, revision } = await readWithRevision<{ path: string }>(
    database.prepare(withRevisions(paths, 1, [wholeRevision])).bind(first, last),
  )
  return { found: rows.map(({ path }) => path), revision }
}
