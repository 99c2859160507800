import type { Article } from '../domain/article.ts'
import { storedArticle } from '../domain/own-addresses.ts'
import type { Site } from '../domain/site.ts'
import { checkStored } from '../domain/sound.ts'
import { listsOf } from './rows.ts'

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
  const lists = listsOf(found.map((one) => JSON.stringify(one)))
  const done = await database.batch<{ number: number }>(
    lists.map((list) => database.prepare(rewrite).bind(list)),
  )
  const numbers = new Set(done.flatMap((result) => result.results.map(({ number }) => number)))
  return found.filter(({ number }) => numbers.has(number)).map(({ slug }) => slug)
}

/** SQL that rewrites articles; ?1 is a JSON list of them. One statement serves as many articles as one text contains. */
const rewrite = `UPDATE article SET json = given.value ->> 'article' FROM json_each(?1) AS given
  WHERE article.number = given.value ->> 'number' AND article.revision = given.value ->> 'revision'
  RETURNING article.number AS number`

interface Row {
  number: number
  revision: number
  json: string
}

/** An article as it is to be stored, in the row with this number and revision. */
type Rewritten = Omit<Row, 'json'> & { article: Article; slug: string }

/** The article with other addresses; empty if nothing changes, or if the row is bad. */
function rewritten(site: Site, { json, ...row }: Row): Rewritten[] {
  const checked = checkStored(json)
  if ('issue' in checked) return []
  const { article } = checked
  const other = storedArticle(site, article)
  const isSame = JSON.stringify(other) === JSON.stringify(article)
  return isSame ? [] : [{ ...row, article: other, slug: article.slug }]
}
