import { type Article, appearsAt, expiresAt } from '../domain/article.ts'
import type { Correction, Examination, Examine, Finding } from '../domain/doctor.ts'
import { rfc3339 } from '../domain/instant.ts'
import type { Clock } from '../domain/ports.ts'
import { filedUnder, selectionsOf } from '../domain/selection.ts'
import type { Site } from '../domain/site.ts'
import { checkRow, checkStored } from '../domain/sound.ts'
import { updateAddresses } from './addresses.ts'
import { correctDerived, examined, ofArticle, rightArticle } from './bad-columns.ts'
import { type Check, type Examined, fixIt, lateMilliseconds, type Portion, rowRemedy } from './check.ts'
import { brokenRules, type Found, findIn, isAnyBroken, maxFindings, reasonsIn } from './column-rules.ts'
import { commentTables } from './comments/doctor.ts'
import { findInPeople, fixPeople } from './notify/doctor.ts'
import { isRestoring } from './restore.ts'
import { listsOf } from './rows.ts'

/** The largest number of articles, and about the largest number of characters of JSON, that one call examines. */
const maxArticles = 500
const maxCharacters = 4_000_000

/**
 * SQL for the number of the last article in the portion after ?1, and whether articles follow it. A portion has at least
 * one article, whatever its length.
 */
const portionEnd = `SELECT last, EXISTS (SELECT 1 FROM article WHERE number > last) AS more FROM
  (SELECT max(number) AS last FROM (SELECT number, sum(length(json)) OVER (ORDER BY number) - length(json) AS preceding
    FROM (SELECT number, json FROM article WHERE number > ?1 ORDER BY number LIMIT ${maxArticles}))
    WHERE preceding < ${maxCharacters})`

/** The columns that other rows contain too, and those that no other row contains. */
const derived = examined.map((one) => ({ ...one, rules: one.rules.filter(({ right }) => right) }))
const original = [
  ...examined.map((one) => ({ ...one, rules: one.rules.filter(({ right }) => !right) })),
  ...commentTables,
]

/** Every check, in the order in which findings are reported. To add a kind of fault, add a row. */
const checks: readonly Check[] = [
  {
    name: 'article',
    remedy: 'save the article again under its slug, which replaces it, or withdraw it',
    async find({ database }, portion) {
      const rows = await articlesIn(database, portion)
      return rows.flatMap(({ id, slug, json }) => {
        const checked = checkRow({ id, slug, json })
        if (!('issue' in checked)) return []
        const { field, reason } = checked.issue
        return [{ table: 'article', id: String(slug), reason: `${field}: ${reason}` }]
      })
    },
  },
  {
    name: 'article columns',
    remedy: fixIt,
    async find({ database }, portion) {
      return (await badArticlesIn(database, portion)).flatMap(({ found }) => found)
    },
    async fix({ database }, portion) {
      const bad = await badArticlesIn(database, portion)
      for (const list of listsOf(
        bad.map(({ number, article }) => JSON.stringify(columnsOf(number, article))),
      ))
        await database.prepare(correct).bind(list).run()
      return bad.flatMap(({ found }) => found)
    },
  },
  {
    name: 'derived columns',
    remedy: fixIt,
    async find({ database }, { after }) {
      if (after > 0) return []
      const found = derived.map((one) => findIn(database, one))
      return (await Promise.all(found)).flat()
    },
    fix: async ({ database }, { after }) => (after > 0 ? [] : correctDerived(database)),
  },
  {
    name: 'other columns',
    remedy: rowRemedy,
    async find({ database }, { after }) {
      if (after > 0) return []
      const found = original.map((one) => findIn(database, one))
      return (await Promise.all(found)).flat()
    },
  },
  {
    name: 'addresses',
    remedy: fixIt,
    find: async ({ database, site }, portion) =>
      absoluteIn(await updateAddresses(database, site, { ...portion, fix: false })),
    fix: async ({ database, site }, portion) =>
      absoluteIn(await updateAddresses(database, site, { ...portion, fix: true })),
  },
  {
    name: 'import',
    remedy: 'import the same backup again, or end the import with `npx kiosque restored`',
    async find({ database }, { after }) {
      if (after > 0) return []
      const open = await database.prepare(`SELECT 1 FROM site WHERE ${isRestoring}`).first()
      return open
        ? [{ table: 'site', id: '1', reason: 'restoring: the import of a backup is not complete' }]
        : []
    },
  },
  {
    name: 'scheduled changes',
    remedy: 'find out why D1 refuses writes (log event `store-not-writable`); cron tries again every minute',
    async find({ database, clock }, { after }) {
      if (after > 0) return []
      const { results } = await database
        .prepare('SELECT selection, min(at) AS at FROM schedule WHERE at < ?1 GROUP BY selection LIMIT ?2')
        .bind(clock() - lateMilliseconds, maxFindings)
        .all<{ selection: string; at: number }>()
      return results.map(({ selection, at }) => ({
        table: 'schedule',
        id: selection,
        reason: `at: a change was due at ${rfc3339(at)} and is not saved`,
      }))
    },
  },
  {
    name: 'effects',
    remedy: 'look for log events that begin with `invalidation` or `duty`; cron tries again every minute',
    async find({ database, clock }, { after }) {
      if (after > 0) return []
      const { results } = await database
        .prepare(
          'SELECT effect, revision, attempts FROM effect WHERE attempts > 0 AND max(revision, next) < ?1 LIMIT ?2',
        )
        .bind(clock() - lateMilliseconds, maxFindings)
        .all<{ effect: string; revision: number; attempts: number }>()
      return results.map(({ effect, revision, attempts }) => ({
        table: 'effect',
        id: String(revision),
        reason: `${effect} waits since ${rfc3339(revision)}, after ${attempts} attempts`,
      }))
    },
  },
]

/** Returns a function that examines one portion of a store. */
export const examineIn =
  (database: D1Database, site: Site, clock: Clock): Examine =>
  (after, fix) =>
    examine({ database, site, clock }, after, fix)

/** Examines one portion of the store, and first corrects what can be corrected if `fix` is true. */
async function examine(on: Examined, after: number, fix: boolean): Promise<Examination> {
  const end = await on.database.prepare(portionEnd).bind(after).first<{ last: number | null; more: number }>()
  const portion = { after, last: end?.last ?? after }
  const corrected: Correction[] = []
  for (const { name, fix: correct } of fix ? checks : []) {
    for (const found of (await correct?.(on, portion)) ?? []) corrected.push({ check: name, ...found })
  }
  if (fix && after === 0) corrected.push(...(await fixPeople(on)))
  const findings: Finding[] = []
  for (const { name, remedy, find } of checks) {
    for (const found of await find(on, portion)) findings.push({ check: name, ...found, remedy })
  }
  if (after === 0) findings.push(...(await findInPeople(on)))
  return { findings, ...(fix && { corrected }), ...(end?.more === 1 && { next: portion.last }) }
}

async function articlesIn(database: D1Database, { after, last }: Portion) {
  const { results } = await database
    .prepare('SELECT id, slug, json FROM article WHERE number > ?1 AND number <= ?2')
    .bind(after, last)
    .all<{ id: string; slug: string; json: string }>()
  return results
}

/** Finds the articles with good JSON that break a rule of `ofArticle`. */
async function badArticlesIn(database: D1Database, { after, last }: Portion) {
  const { results } = await database
    .prepare(
      `SELECT number, slug AS id, json, ${brokenRules(ofArticle)} AS broken FROM article
       WHERE number > ?1 AND number <= ?2 AND (${isAnyBroken(ofArticle)})`,
    )
    .bind(after, last)
    .all<{ number: number; id: unknown; json: string; broken: string }>()
  return results.flatMap((row) => {
    const checked = checkStored(row.json)
    if ('issue' in checked) return []
    const found = reasonsIn({ table: 'article', rules: ofArticle }, row)
    return [{ number: row.number, article: checked.article, found }]
  })
}

const absoluteIn = (slugs: readonly string[]): Found[] =>
  slugs.map((id) => ({
    table: 'article',
    id,
    reason: 'json: addresses of the site itself are absolute, so they would not move with the site',
  }))

/** The columns of an article that its JSON or other rows contain. */
const columnsOf = (number: number, article: Article) => ({
  number,
  selections: Object.fromEntries(selectionsOf(article).map(({ path, title }) => [path, title])),
  filed: filedUnder(article),
  published: Date.parse(article.published),
  appears: appearsAt(article) ?? null,
  expires: expiresAt(article) ?? null,
})

const columns = ['selections', 'filed', 'published', 'appears', 'expires']

/** SQL that writes the columns of articles; ?1 is a JSON list of them. One statement serves a whole portion. */
const correct = `UPDATE article SET ${columns.map((name) => `${name} = given.value ->> '${name}'`).join(', ')}, ${rightArticle}
  FROM json_each(?1) AS given WHERE number = given.value ->> 'number'`
