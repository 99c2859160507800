import { maxFeedLength } from '../domain/feed.ts'
import type { Tombstone } from '../domain/store.ts'

/** The newest tombstones of the selection in whose row this stands. */
const newest = `(SELECT json_group_array(json_object('article', article, 'id', id, 'withdrawn', withdrawn, 'revision', revision))
  FROM (SELECT article, id, withdrawn, revision FROM tombstone WHERE tombstone.selection = selection.path
    ORDER BY withdrawn DESC, article LIMIT ${maxFeedLength}))`

/** Writes down the tombstones of each selection where the batch has changed them: triggers have struck out its list. */
export const listTombstones = `UPDATE selection SET tombstones = ${newest} WHERE tombstones IS NULL`

type Listed = Tombstone & { article: number }

/** How far back a list goes: one that is not full, to the beginning. */
const reachOf = ({ listed }: { listed: readonly Listed[] }): number =>
  listed[maxFeedLength - 1]?.withdrawn ?? 0

/**
 * What was withdrawn from all of these selections, the last one first. Of several, it is looked for in the list that
 * goes back the furthest, so that nothing is left out that another one lists.
 */
export async function readTombstones(database: D1Database, paths: readonly string[]): Promise<Tombstone[]> {
  const arms = paths.map(
    (_, at) =>
      `SELECT path, coalesce(tombstones, ${newest}) AS listed FROM selection WHERE path = ?${at + 1}`,
  )
  const { results } = await database
    .prepare(arms.join(' UNION ALL '))
    .bind(...paths)
    .all<{ path: string; listed: string }>()
  const lists = results.map(({ path, listed }) => ({ path, listed: JSON.parse(listed) as Listed[] }))
  if (lists.length < paths.length) return []
  const [furthest, ...others] = lists.toSorted(
    (one, other) => reachOf(one) - reachOf(other) || one.listed.length - other.listed.length,
  )
  const found = await inAll(
    database,
    furthest?.listed ?? [],
    others.map(({ path }) => path),
  )
  return found.map(({ id, withdrawn, revision }) => ({ id, withdrawn, revision }))
}

/** The primary key: at the index of articles, SQLite would read one row more for each. */
const byKey = 'INDEXED BY sqlite_autoindex_tombstone_1'

/** Those of the tombstones that stand in each of these selections too; as everywhere, constants cost no row. */
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
