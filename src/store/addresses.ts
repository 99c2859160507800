import { storedArticle } from '../domain/own-addresses.ts'
import type { Site } from '../domain/site.ts'
import { checkStored } from '../domain/sound.ts'

/**
 * Finds the articles with a number above `after` and at most `last` in which addresses of the site itself are absolute,
 * or in which addresses of a former site remain (`storedArticle`), and returns their slugs. With `fix`, the articles are
 * rewritten. They keep their revision, because every answer to readers keeps its bytes. An article that is saved at
 * the same time is left out.
 */
export async function updateAddresses(
  database: D1Database,
  site: Site,
  { after, last, fix }: { after: number; last: number; fix: boolean },
): Promise<string[]> {
  const hosts = JSON.stringify([site.url, ...site.formerUrls].map((url) => `${url}/`))
  const { results } = await database
    .prepare(
      `SELECT number, revision, json FROM article WHERE number > ?1 AND number <= ?2
         AND EXISTS (SELECT 1 FROM json_each(?3) AS host WHERE instr(json, host.value) > 0)`,
    )
    .bind(after, last, hosts)
    .all<Row & Record<string, unknown>>()
  const found = results.flatMap((row) => rewritten(site, row))
  if (!fix || found.length === 0) return found.map(({ slug }) => slug)
  const update = database.prepare('UPDATE article SET json = ?1 WHERE number = ?2 AND revision = ?3')
  const done = await database.batch(
    found.map(({ json, number, revision }) => update.bind(json, number, revision)),
  )
  return found.filter((_, at) => done[at]?.meta.changes !== 0).map(({ slug }) => slug)
}

interface Row {
  number: number
  revision: number
  json: string
}

/** The row with rewritten JSON and the article's slug; empty if nothing changes, or if the row is bad. */
function rewritten(site: Site, row: Row): (Row & { slug: string })[] {
  const checked = checkStored(row.json)
  if ('issue' in checked) return []
  const { article } = checked
  const json = JSON.stringify(storedArticle(site, article))
  return json === JSON.stringify(article) ? [] : [{ ...row, json, slug: article.slug }]
}
