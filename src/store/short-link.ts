import type { ShortLinks } from '../domain/short-link.ts'
import { codeOf } from '../share/code.ts'

interface Row {
  number: number
  id: string
}

/**
 * The store of short links in D1. SQL in D1 has no hash function, so a migration cannot compute the codes of
 * short links; the method `fill` computes them.
 */
export function shortLinks(database: D1Database): ShortLinks {
  return {
    async find(code) {
      const { results } = await database
        .prepare('SELECT id, slug FROM article WHERE code = ?1')
        .bind(code)
        .all<{ id: string; slug: string }>()
      return results
    },

    async isFilled(): Promise<boolean> {
      const { results } = await database.prepare('SELECT 1 FROM article WHERE code IS NULL LIMIT 1').all()
      return results.length === 0
    },

    async fill(limit): Promise<void> {
      const { results } = await database
        .prepare('SELECT number, id FROM article WHERE code IS NULL ORDER BY number DESC LIMIT ?1')
        .bind(limit)
        .all<Row & Record<string, unknown>>()
      const codes = await Promise.all(
        results.map(async ({ number, id }) => ({ number, code: await codeOf(id) })),
      )
      await database
        .prepare(
          `UPDATE article SET code = given.value ->> 'code' FROM json_each(?1) AS given
           WHERE article.number = given.value ->> 'number'`,
        )
        .bind(JSON.stringify(codes))
        .run()
    },
  }
}
