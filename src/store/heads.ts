import type { Head } from '../domain/store.ts'

/** The columns of a selection's row and of the site's row that make a head; `path` is null in the site's row. */
interface HeadRow {
  path: string | null
  title: string
  revision: number | null
  revised: number
  due: number | null
  size: number
  latest: number | null
  departed: number
  digest: string
  since: number
}

type SiteRow = Pick<HeadRow, 'digest' | 'since'>

/**
 * Reads the rows of one or more selections and the site's row, which costs one row read for each. One SELECT is
 * written for each selection, because the list of an IN would count as rows read too.
 */
export async function readHeads(database: D1Database, paths: readonly string[]): Promise<HeadRow[]> {
  const arms = paths.map(
    (
      _,
      at,
    ) => `SELECT path, title, revision, revised, due, size, latest, departed, NULL AS digest, NULL AS since
      FROM selection WHERE path = ?${at + 1} UNION ALL`,
  )
  const { results } = await database
    .prepare(
      `${arms.join(' ')}
       SELECT NULL, '', NULL, 0, NULL, 0, NULL, 0, digest, since FROM site WHERE one = 1`,
    )
    .bind(...paths)
    .all<HeadRow & Record<string, unknown>>()
  const { digest, since } = results.at(-1) as SiteRow
  return results.map((row) => ({ ...row, digest, since }))
}

/** Finds the head of a selection among the rows; undefined if readers may not know of the selection. */
export function headIn(rows: readonly HeadRow[], wanted: string): Head | undefined {
  const row = rows.find(({ path }) => path === wanted)
  if (!row?.revision) return undefined
  const { title, revision, revised, due, latest, size, departed, since } = row
  return {
    path: wanted,
    title,
    revision,
    revised,
    since,
    size,
    departed,
    ...(latest !== null && { latest }),
    ...(due !== null && { due }),
  }
}
