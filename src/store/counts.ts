import type { Count, Counts } from '../domain/short-link.ts'

/** Whether a row is as the store wrote it; a bad row is left out. */
const isCount = ({ day, network, count }: Count): boolean =>
  typeof day === 'string' && typeof network === 'string' && Number.isSafeInteger(count)

/**
 * The store of visits through short links, in D1. Each row counts the visits of one day through one short-link
 * code from one network. A code belongs to an article's id, so the code stays the same when the article's slug
 * changes.
 */
export function d1Counts(database: D1Database): Counts {
  return {
    async add(visits): Promise<void> {
      const given = ['day', 'code', 'network', 'count'].map((name) => `value ->> '${name}'`)
      await database
        .prepare(
          `INSERT INTO share_count (day, code, network, count) SELECT ${given.join(', ')} FROM json_each(?1) WHERE true
           ON CONFLICT DO UPDATE SET count = count + excluded.count`,
        )
        .bind(JSON.stringify(visits))
        .run()
    },

    async ofArticle(code, slug, { since, until }): Promise<Count[]> {
      const { results } = await database
        .prepare(
          `SELECT day, ?2 AS slug, network, count FROM share_count
           WHERE code = ?1 AND day BETWEEN ?3 AND ?4 ORDER BY day, network`,
        )
        .bind(code, slug, since, until)
        .all<Count & Record<string, unknown>>()
      return results.filter(isCount)
    },

    async ofSite({ since, until }, limit): Promise<Count[]> {
      const { results } = await database
        .prepare(
          `SELECT day, (SELECT slug FROM article WHERE article.code = share_count.code LIMIT 1) AS slug,
             network, count
           FROM share_count WHERE day BETWEEN ?1 AND ?2 ORDER BY day, code, network LIMIT ?3`,
        )
        .bind(since, until, limit)
        .all<Count & Record<string, unknown>>()
      return results.filter(isCount)
    },
  }
}
