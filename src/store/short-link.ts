import type { ShortLinks } from '../domain/short-link.ts'
import { codeOf } from '../share/code.ts'

interface Row {
  number: number
  id: string
  slug: string
}

/**
 * The store of short links in D1. SQL in D1 has no hash function, so a migration cannot compute the codes of
 * short links; the method `fill` computes them.
 */
export function shortLinks(database: D1Database): ShortLinks {
  /** Computes the codes of up to `limit` articles whose codes are not stored, the newest first. */
  const unstoredCodes = async (limit: number): Promise<(Row & { code: string })[]> => {
    const { results } = await database
      .prepare('SELECT number, id, slug FROM article WHERE code IS NULL ORDER BY number DESC LIMIT ?1')
      .bind(limit)
      .all<Row & Record<string, unknown>>()
    return Promise.all(results.map(async (row) => ({ ...row, code: await codeOf(row.id) })))
  }

  return {
    async find(code) {
      const { results } = await database
        .prepare('SELECT id, slug FROM article WHERE code = ?1')
        .bind(code)
        .all<{ id: string; slug: string }>()
      return results.filter(({ id, slug }) => typeof id === 'string' && typeof slug === 'string')
    },

    async isFilled(): Promise<boolean> {
      const { results } = await database.prepare('SELECT 1 FROM article WHERE code IS NULL LIMIT 1').all()
      return results.length === 0
    },

    async search(code, limit) {
      const unstored = await unstoredCodes(limit)
      return unstored.filter((row) => row.code === code).map(({ id, slug }) => ({ id, slug }))
    },

    async fill(limit): Promise<void> {
      const codes = (await unstoredCodes(limit)).map(({ number, code }) => ({ number, code }))
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
