import type { State } from '../domain/article.ts'
import type { Cursor, Query, Stored } from '../domain/ports.ts'
import type { StoredRow } from './articles.ts'

type Row = StoredRow & { published: number; number: number }

/** A page of articles whatever their status, by keyset: a page is found without counting those before it. */
export async function listArticles(
  database: D1Database,
  { state, within, since, before, most }: Query,
  now: number,
  storedOf: (row: StoredRow) => Stored | undefined,
): Promise<{ articles: Stored[]; next?: Cursor }> {
  const conditions: [sql: string, ...values: unknown[]][] = [
    ...(before ? [['(published, number) < (?, ?)', before.published, before.number] as const] : []),
    ...(state === undefined ? [] : [isIn(state, now)]),
    ...(within ?? []).map(
      (path) => ['EXISTS (SELECT 1 FROM json_each(selections) WHERE key = ?)', path] as const,
    ),
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

/** The condition that `stateAt` gives that state; `appears` is null unless the author says `published`. */
function isIn(state: State, now: number): readonly [sql: string, ...values: unknown[]] {
  switch (state) {
    case 'scheduled':
      return ['appears > ? AND (expires IS NULL OR expires > ?)', now, now]
    case 'published':
      return ['appears <= ? AND (expires IS NULL OR expires > ?)', now, now]
    case 'expired':
      return ['appears IS NOT NULL AND expires <= ?', now]
    default:
      return ["json ->> '$.status' = ?", state]
  }
}
