import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { effectStore } from '../../src/store/effects.ts'
import { forDelta } from '../readers.ts'
import { openSite, start, token } from './site.ts'
import { type Watched, watch } from './watched.ts'

/** Steps of an SQL query plan that look like a full scan but are allowed, each with its reason. */
const allowed: readonly [step: RegExp, why: string][] = [
  [/^SCAN \w+ VIRTUAL TABLE INDEX/, 'json_each: what came in, or one row’s own list'],
  [/^SCAN ((\d+ )?CONSTANT ROWS?|\d+-ROW VALUES CLAUSE)$/, 'constants'],
  [/^SCAN (site|import)$/, 'has one row, by a CHECK'],
  [/^SCAN choice EXISTS USING COVERING INDEX/, 'ends at the first row: whether anybody is told of anything'],
  [/^SCAN sitemap_year$/, 'has a row a year, and the index of sitemaps shows all of them'],
  [
    /^SCAN (near|listed|held|fresh|recent|initial|\(subquery-\d+\)|\w+-\d+)$/,
    'a subquery, whose own steps are in the plan too',
  ],
]

/**
 * Steps of an SQL query plan that are allowed only in statements that write: a write sorts and groups at most
 * fifty incoming articles, and finds stored rows by index.
 */
const allowedInWrites =
  /^USE TEMP B-TREE FOR (GROUP BY|ORDER BY|DISTINCT|.*PARTITION BY.*)$|^UNION USING TEMP B-TREE$/

/** Calls every method of the store, and returns every SQL statement that these calls prepared. */
async function statementsOfAll(): Promise<Watched[]> {
  const { database, seen } = watch(env.DB)
  const admin = { API_TOKENS: `tests:admin:${await hashOf(token)}`, FEED_LENGTH: '2' }
  const site = await openSite(admin, 'd1d1d1d1', start, database)
  for (let at = 0; at < 8; at++) {
    await site.put(`a${at}`, {
      published: `2024-06-0${at + 1}T00:00:00Z`,
      section: 'Monde',
      tags: ['Été'],
      authors: ['Kim'],
    })
  }
  await site.put('demain', {
    embargo: '2024-06-20T12:00:00Z',
    expires: '2024-06-21T12:00:00Z',
    tags: ['Été'],
  })
  await site.put('brouillon', { status: 'draft', tags: ['Été'] })
  await site.call('DELETE', '/api/articles/a3')
  await site.call('DELETE', '/api/articles/brouillon')
  await site.put('autre', { id: 'tag:kiosque.example,2024:a4', title: 'Autre', section: 'Monde' })
  site.at('2024-06-20T12:00:00Z')
  for (const query of ['', '?section=monde&tag=ete', '?section=monde&tag=ete&author=kim']) {
    for (const format of ['atom', 'json']) {
      const separator = query ? '&' : '?'
      await site.get(`/feed.${format}${query}`, forDelta(`W/"0-${format}-d1d1d1d1"`))
      await site.get(`/feed.${format}${query}${separator}before=1717718400000.7`)
      await site.get(`/feed.${format}${query}${separator}after=1717300000000.7`)
    }
  }
  for (const path of [
    '/',
    '/articles/a1',
    '/articles/a4',
    '/articles/a2/feed.rss',
    '/s/11111111111.x',
    '/qr/11111111111.svg',
    '/feeds',
    '/feeds?from=tags/a',
    '/feeds.opml',
    '/sitemap.xml',
    '/sitemap-selections.xml',
    '/sitemap-2024-06-1.xml',
    '/sitemap-news.xml',
  ]) {
    await site.get(path)
  }
  await site.get('/archive/2024/06/1/feed.rss')
  await site.get('/sections/monde/archive/2024/06/1/feed.json')
  await site.get('/sections/monde/archive/2024/06/1/feed.json?tag=ete&author=kim')
  for (const state of ['', 'status=draft&', 'status=published&', 'status=scheduled&', 'status=withdrawn&']) {
    for (const rest of [
      '',
      'section=monde',
      'since=2024-06-19T16:00:30Z',
      'tag=ete&since=2024-06-19T16:00:30Z',
    ]) {
      await site.call('GET', `/api/articles?${state}${rest}`)
    }
  }
  await site.call('GET', '/api/articles?section=monde&tag=ete')
  await site.call('PUT', '/api/sections/monde', { name: 'Planète' })
  await site.call('PUT', '/api/tags/ete', { name: 'Été !' })
  const imported = { title: 'Importé', published: '2024-06-08T00:00:00Z', import: { run: 1, path: 'a.txt' } }
  const ndjson = { 'Content-Type': 'application/x-ndjson' }
  for (const text of ['Un.', 'Deux.', 'Deux.'])
    await site.call('POST', '/api/articles', JSON.stringify({ ...imported, text }), ndjson)
  await site.ports.store.addOrigins([{ id: 'tag:kiosque.example,2024:a1', path: 'a1.txt' }])
  await site.call('POST', '/api/imports/undo', { after: '' })
  const { run } = await site.ports.store.openImport('a')
  await site.ports.store.completeImport(run)
  await site.call('GET', '/api/backup/origins')
  await site.get('/sections/monde/feed.rss')
  await site.ports.store.release()
  await site.ports.store.isEmpty()
  const effects = effectStore(database, site.ports.clock)
  const { purges } = await effects.takePurges()
  await effects.refuse(purges)
  await effects.accept(purges)
  await effects.drop('websub')
  return seen
}

async function planOf({ sql, values }: Watched): Promise<string[]> {
  const { results } = await env.DB.prepare(`EXPLAIN QUERY PLAN ${sql}`)
    .bind(...values)
    .all<{ detail: string }>()
  return results.map(({ detail }) => detail)
}

const isWrite = (sql: string): boolean => /^\s*(INSERT|UPDATE|DELETE|WITH)/.test(sql)

/**
 * Tells whether a step of an SQL query plan may read or sort too many rows. A search by the column `shown`
 * alone reads every public article, so it counts as a full scan.
 */
const isRemarkable = (step: string): boolean =>
  /^SCAN |TEMP B-TREE|AUTOMATIC|INDEX article_listed \(shown=\?\)/.test(step)

describe('every statement that the store prepares goes along an index', () => {
  test('none scans a table, none sorts', async () => {
    const statements = new Map((await statementsOfAll()).map((one) => [one.sql, one]))
    // With too few SQL statements the check of query plans would pass without checking much.
    expect(statements.size).toBeGreaterThan(60)
    const remarks: string[] = []
    for (const statement of statements.values()) {
      for (const step of await planOf(statement)) {
        if (!isRemarkable(step) || allowed.some(([pattern]) => pattern.test(step))) continue
        if (isWrite(statement.sql) && allowedInWrites.test(step)) continue
        remarks.push(`${step}: ${statement.sql.replace(/\s+/g, ' ').slice(0, 160)}`)
      }
    }
    expect(remarks).toEqual([])
  })

  test.for([
    ['a scan', 'SELECT slug FROM article WHERE title = 1'.replace('title', 'expires')],
    ['a scan of all that is seen', 'SELECT slug FROM article WHERE shown = 1'],
    ['a sort', "SELECT slug FROM article WHERE shown = 1 AND status = 'x' ORDER BY slug LIMIT 3"],
  ])('%s would be found', async ([, sql = '']) => {
    const steps = await planOf({ sql, values: [] })
    expect(
      steps.filter((step) => isRemarkable(step) && !allowed.some(([pattern]) => pattern.test(step))),
    ).toHaveLength(1)
  })

  test('every index is used by some statement', async () => {
    const statements = new Map((await statementsOfAll()).map((one) => [one.sql, one]))
    const steps = (await Promise.all([...statements.values()].map(planOf))).flat().join('\n')
    // The indexes of the tables of the hub, of the share counts, of subscribers and of comments are left out here, because
    // `statementsOfAll` calls only the store of articles.
    const { results } = await env.DB.prepare(
      `SELECT name FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL AND tbl_name NOT IN
         ('topic', 'subscription', 'verification', 'failed_verification', 'share_count',
          'subscriber', 'choice', 'rest', 'opt_in', 'notification', 'shown_article', 'told_article', 'erased', 'comment', 'comment_event', 'statement')`,
    ).all<{ name: string }>()
    expect(results.length).toBeGreaterThan(3)
    expect(results.map(({ name }) => name).filter((name) => !steps.includes(name))).toEqual([])
  })
})
