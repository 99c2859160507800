import { storedArticle } from '../domain/own-addresses.ts'
import type { Site } from '../domain/site.ts'
import { checkStored } from '../domain/sound.ts'

/** The largest number of articles, and about the largest number of characters of JSON, that are read at once. */
const maxArticles = 100
const maxCharacters = 4_000_000

/**
 * SQL for the articles that are read at once: the first after the number ?1, up to the number ?2. The first article is
 * read whatever its length.
 */
const portion = `SELECT number, revision, json FROM
  (SELECT number, revision, json, sum(length(json)) OVER (ORDER BY number) - length(json) AS preceding FROM
    (SELECT number, revision, json FROM article WHERE number > ?1 AND number <= ?2 ORDER BY number LIMIT ${maxArticles}))
  WHERE preceding < ${maxCharacters}`

/**
 * Finds the articles with a number above `after` and at most `last` in which addresses of the site itself are absolute,
 * or in which addresses of a former site remain (`storedArticle`), and returns their ids. With `fix`, the articles are
 * rewritten. They keep their revision, because every answer to readers keeps its bytes. An article that is saved at
 * the same time is left out.
 */
export async function updateAddresses(
  database: D1Database,
  site: Site,
  { after, last, fix }: { after: number; last: number; fix: boolean },
): Promise<string[]> {
  const hosts = JSON.stringify([site.url, ...site.formerUrls].map((url) => `${url}/`))
  const outdated: string[] = []
  for (let from: number | null = after; from !== null; ) {
    const [rows, end]: D1Result<Row>[] = await database.batch<Row>([
      database
        .prepare(
          `SELECT number, revision, json FROM (${portion})
           WHERE EXISTS (SELECT 1 FROM json_each(?3) AS host WHERE instr(json, host.value) > 0)`,
        )
        .bind(from, last, hosts),
      database.prepare(`SELECT max(number) AS number FROM (${portion})`).bind(from, last),
    ])
    const found = (rows?.results ?? []).flatMap((row) => rewritten(site, row))
    if (fix && found.length > 0) {
      const update = database.prepare('UPDATE article SET json = ?1 WHERE number = ?2 AND revision = ?3')
      await database.batch(found.map(({ json, number, revision }) => update.bind(json, number, revision)))
    }
    outdated.push(...found.map(({ id }) => id))
    from = end?.results[0]?.number ?? null
  }
  return outdated
}

interface Row {
  number: number
  revision: number
  json: string
}

/** The row with rewritten JSON and the article's id; empty if nothing changes, or if the row is corrupt. */
function rewritten(site: Site, row: Row): (Row & { id: string })[] {
  const checked = checkStored(row.json)
  if ('issue' in checked) return []
  const { article } = checked
  const json = JSON.stringify(storedArticle(site, article))
  return json === JSON.stringify(article) ? [] : [{ ...row, json, id: article.id }]
}
