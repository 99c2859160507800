import { maxFeedLength } from '../domain/feed.ts'
import { isInstant } from '../domain/instant.ts'
import type { Tombstone } from '../domain/store.ts'
import { listOr } from './columns.ts'

/**
 * An SQL subquery for the newest tombstones of a selection, as a JSON list. The selection is the row of the
 * table `selection` that the surrounding statement reads or updates.
 */
export const newestTombstones = `(SELECT json_group_array(json_object('article', article, 'id', id, 'withdrawn', withdrawn, 'revision', revision))
  FROM (SELECT article, id, withdrawn, revision FROM tombstone WHERE tombstone.selection = selection.path
      AND typeof(id) = 'text' AND typeof(withdrawn) = 'integer' AND typeof(revision) = 'integer'
    ORDER BY withdrawn DESC, article LIMIT ${maxFeedLength}))`

/**
 * SQL that renews the stored list of tombstones in each selection of which the batch changed the tombstones.
 * Database triggers have set these lists to null.
 */
export const listTombstones = `UPDATE selection SET tombstones = ${newestTombstones} WHERE tombstones IS NULL`

/** Milliseconds for which a tombstone is kept; during this time, feeds report that the article was withdrawn. */
export const tombstoneLifetimeMilliseconds = 30 * 86_400_000

type Listed = Tombstone & { article: number }

/** Whether an entry of a stored list is a tombstone that feeds can show. */
const isListed = (entry: Partial<Listed> | null): entry is Listed =>
  typeof entry?.id === 'string' &&
  isInstant(entry.withdrawn) &&
  [entry.article, entry.revision].every(Number.isSafeInteger)

/**
 * Returns the date back to which a list of tombstones is complete; 0 if the list is not full, because it then
 * contains all tombstones of the selection.
 */
const reachOf = ({ listed }: { listed: readonly Listed[] }): number =>
  listed[maxFeedLength - 1]?.withdrawn ?? 0

/**
 * Reads the tombstones that are in all of these selections, the last withdrawn first. If there are several
 * selections, the function takes the stored list that goes back furthest and looks up each of its tombstones in
 * the other selections, so that no common tombstone is missed. With `at` (epoch milliseconds), the result lacks the
 * tombstones that have ended at this instant.
 */
export async function readTombstones(
  database: D1Database,
  paths: readonly string[],
  at = Number.NEGATIVE_INFINITY,
): Promise<Tombstone[]> {
  const arms = paths.map(
    (_, at) =>
      `SELECT path, ${listOr('tombstones', newestTombstones)} AS listed FROM selection WHERE path = ?${at + 1}`,
  )
  const { results } = await database
    .prepare(arms.join(' UNION ALL '))
    .bind(...paths)
    .all<{ path: string; listed: string }>()
  const lists = results.map(({ path, listed }) => ({
    path,
    listed: (JSON.parse(listed) as Listed[]).filter(isListed),
  }))
  if (lists.length < paths.length) return []
  const [furthest, ...others] = lists.toSorted(
    (one, other) => reachOf(one) - reachOf(other) || one.listed.length - other.listed.length,
  )
  const found = await inAll(
    database,
    furthest?.listed ?? [],
    others.map(({ path }) => path),
  )
  return found
    .filter(({ withdrawn }) => withdrawn + tombstoneLifetimeMilliseconds > at)
    .map(({ id, withdrawn, revision }) => ({ id, withdrawn, revision }))
}

/** Makes SQLite use the primary key. With the index by article, SQLite would read one more row for each tombstone. */
const byKey = 'INDEXED BY sqlite_autoindex_tombstone_1'

/**
 * Returns those tombstones of the list that are also in every selection of `paths`. The list is written into
 * the SQL as VALUES, because reading constants does not count as rows read.
 */
async function inAll(
  database: D1Database,
  listed: readonly Listed[],
  paths: readonly string[],
): Promise<readonly Listed[]> {
  if (listed.length === 0 || paths.length === 0) return listed
  const values = listed.map(({ article, withdrawn }) => `(${Math.trunc(article)}, ${Math.trunc(withdrawn)})`)
  const joins = paths.map(
    (_, at) => `CROSS JOIN tombstone AS other${at} ${byKey} ON other${at}.selection = ?${at + 1}
      AND other${at}.withdrawn = listed.column2 AND other${at}.article = listed.column1`,
  )
  const { results } = await database
    .prepare(
      `SELECT listed.column1 AS article FROM (VALUES ${values.join(', ')}) AS listed ${joins.join(' ')}`,
    )
    .bind(...paths)
    .all<{ article: number }>()
  const kept = new Set(results.map(({ article }) => article))
  return listed.filter(({ article }) => kept.has(article))
}
