import type { Head } from '../domain/store.ts'

/** What a selection's row and the site's say of its head; null where there is no such selection. */
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
 * The rows of these selections, at least one: a row read for each, and the site's. An IN would read its list
 * as rows too.
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

/** The head of a selection among the rows, where anybody may know of it. */
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
