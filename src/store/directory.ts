import type { Selection } from '../domain/selection.ts'

/** A folder's selections that have public articles, by key, from that key on; read along the primary key. */
export async function selectionsWithin(
  database: D1Database,
  folder: string,
  from: string,
  most: number,
): Promise<Selection[]> {
  const { results } = await database
    .prepare(
      `SELECT path, title FROM selection WHERE path >= ?1 AND path < ?2 AND revision IS NOT NULL
         AND EXISTS (SELECT 1 FROM membership WHERE membership.selection = selection.path)
       ORDER BY path LIMIT ?3`,
    )
    .bind(`${folder}/${from}`, `${folder}0`, most) // In the order of bytes 0 comes after the slash.
    .all<{ path: string; title: string }>()
  return results
}
