import type { Cursor, Query, Stored } from '../domain/ports.ts'
import type { StoredRow } from './d1.ts'

type Row = StoredRow & { published: number; number: number }

/** A page of articles whatever their status, by keyset: a page is found without counting those before it. */
export async function listArticles(
  database: D1Database,
  { status, within, since, before, most }: Query,
  storedOf: (row: StoredRow) => Stored | undefined,
): Promise<{ articles: Stored[]; next?: Cursor }> {
  const conditions: [sql: string, ...values: unknown[]][] = [
    ...(before ? [['(published, number) < (?, ?)', before.published, before.number] as const] : []),
    ...(status === undefined ? [] : [["json ->> '$.status' = ?", status] as const]),
    ...(within === undefined
      ? []
      : [['EXISTS (SELECT 1 FROM json_each(selections) WHERE key = ?)', within] as const]),
    ...(since === undefined ? [] : [['revision >= ?', since] as const]),
  ].map(([sql, ...values]) => [sql, ...values])
  const where = conditions.map(([sql]) => sql).join(' AND ') || 'true'
  const { results } = await database
    .prepare(
      `SELECT slug, json, revision, published, number FROM article WHERE ${where}
       ORDER BY published DESC, number DESC LIMIT ?`,
    )
    .bind(...conditions.flatMap(([, ...values]) => values), most + 1)
    .all<Row>()
  const page = results.slice(0, most)
  const articles = page.flatMap((row) => storedOf(row) ?? [])
  const last = page.at(-1)
  if (results.length <= most || !last) return { articles }
  return { articles, next: { published: last.published, number: last.number } }
}
