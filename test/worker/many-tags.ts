import { env } from 'cloudflare:workers'

/**
 * Inserts `count` tags by SQL. All these tags contain the same public article. The database's triggers give
 * each tag a number and count the tags.
 */
export async function fillTags(
  count: number,
  path = "'tags/' || char(97 + i % 26) || printf('%05d', i)",
): Promise<void> {
  const numbered = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < ${count})`
  await env.DB.batch(
    [
      `INSERT INTO selection (path, title, revision) ${numbered} SELECT ${path}, printf('T %d', i), 1 FROM n`,
      `INSERT INTO membership (selection, published, article) ${numbered} SELECT ${path}, 1, 1 FROM n`,
    ].map((sql) => env.DB.prepare(sql)),
  )
}
