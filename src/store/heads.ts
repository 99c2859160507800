import type { Head } from '../domain/store.ts'

/**
 * The columns from which a head (a selection's metadata without its articles) is made. They are read from the
 * selection's row and from the site's row; `path` is null in the site's row.
 */
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
  since: number | null
}

/**
 * Marks a row whose scheduled changes could not be saved although their time has come. The value is the instant
 * at which the row was read.
 */
export interface Overdue {
  overdue?: number
}

type SiteRow = Pick<HeadRow, 'digest' | 'since'>

/**
 * Reads the rows of one or more selections and the site's row. D1 counts exactly one row read for each of these
 * rows. The query has one SELECT for each selection, because with the operator IN, D1 would count each entry of
 * the list as a row read too.
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

/**
 * Finds the head of a selection among the rows; returns undefined if the selection has never been public. A
 * selection that an overdue change makes public has the revision 0.
 */
export function headIn(rows: readonly (HeadRow & Overdue)[], wanted: string): Head | undefined {
  const row = rows.find(({ path }) => path === wanted)
  if (!row || !(row.revision ?? row.overdue)) return undefined
  const { title, revised, due, latest, size, departed, since, overdue } = row
  return {
    path: wanted,
    title,
    revision: row.revision ?? 0,
    revised,
    ...(since !== null && { since }),
    size,
    departed,
    ...(latest !== null && { latest }),
    ...(due !== null && { due }),
    ...(overdue !== undefined && { overdue }),
  }
}
