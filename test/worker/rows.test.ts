import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { fillStore } from './filled.ts'
import { headRows, largeSite, total } from './large-site.ts'
import { openSite } from './site.ts'

const feedLength = 30

const places = ['/feed', '/sections/monde/feed', '/tags/t3/feed', '/authors/kim/feed', '/articles/a7/feed']

/** Counts the rows that the batches of a database write. */
function countWrites(database: D1Database): { database: D1Database; take: () => number } {
  let written = 0
  const counting = {
    prepare: (sql: string) => database.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const results = await database.batch(statements)
      written += total(results.map(({ meta }) => meta.rows_written))
      return results
    },
  } as unknown as D1Database
  const take = () => {
    const rows = written
    written = 0
    return rows
  }
  return { database: counting, take }
}

describe('rows written', () => {
  test('a save writes at most the rows of its selections, archives and effects', async () => {
    await fillStore(400)
    const { database, take } = countWrites(env.DB)
    const site = await openSite({}, 'd1d1d1d1', Date.parse('2024-12-01T00:00:00Z'), database)
    const article = {
      section: 'Monde',
      tags: ['a', 'b', 'c'],
      authors: ['Kim'],
      published: '2024-11-30T00:00:00Z',
    }
    await site.put('premier', article)
    take()
    const rows: [what: string, save: () => Promise<Response>, most: number][] = [
      ['a new article in seven selections', () => site.put('neuf', article), 80],
      ['an edit', () => site.put('neuf', { ...article, title: 'Autre' }), 70],
      ['a withdrawal', () => site.call('DELETE', '/api/articles/neuf'), 135],
      ['a draft, which has no effects', () => site.put('brouillon', { ...article, status: 'draft' }), 20],
    ]
    for (const [what, save, most] of rows) {
      expect((await save()).ok, what).toBe(true)
      const written = take()
      expect(written, what).toBeGreaterThan(10)
      expect(written, what).toBeLessThanOrEqual(most)
    }
  })
})

describe('rows read', () => {
  test('a head costs three, a rendering no more than the feed’s length and ten', async () => {
    const { read } = await largeSite()
    for (const place of places) {
      for (const format of formatNames) {
        const { response, rows } = await read(`${place}.${format}`)
        expect([place, response.status, rows[0]]).toEqual([place, 200, headRows])
        expect(total(rows.slice(1)), format).toBeGreaterThan(0)
        expect(total(rows.slice(1)), format).toBeLessThanOrEqual(feedLength + 10)
        if (place.startsWith('/articles')) continue
        const again = await read(`${place}.${format}`, {
          'If-None-Match': response.headers.get('ETag') ?? '',
        })
        expect([again.response.status, again.rows], format).toEqual([304, [headRows]])
      }
    }
  })

  test('the schedule costs a head one row, however many changes it has and however many are overdue', async () => {
    const { read } = await largeSite()
    const plan = (at: string) =>
      env.DB.prepare(
        `INSERT INTO schedule (selection, at, article) SELECT 'tags/t' || value, ${at} + value, value
         FROM json_each((SELECT json_group_array(number) FROM article WHERE number <= 1000))`,
      ).run()
    for (const at of ['1', '1893456000000']) {
      await plan(at)
      for (const path of ['/sections/monde/feed.rss', '/archive/2024/03/1/feed.rss']) {
        expect((await read(path)).rows[0], path).toBe(headRows)
      }
    }
  })

  test('a page costs the same at any distance from the newest feed', async () => {
    const { read } = await largeSite()
    let next: string | undefined = '/feed.json'
    const costs: number[] = []
    for (let page = 0; next && page < 60; page++) {
      const { text, rows } = await read(next)
      expect(rows[0]).toBe(headRows)
      costs.push(total(rows.slice(1)))
      next = (JSON.parse(text) as { next_url?: string }).next_url?.replace('https://kiosque.example', '')
    }
    expect(costs).toHaveLength(60)
    // One row is the selection's present revision, which is read with the articles.
    expect(Math.max(...costs)).toBeLessThanOrEqual(feedLength + 11)
    expect(costs.at(-1)).toBe(costs[1])
  })

  test('the index of sitemaps: a row a year, and three for its head', async () => {
    const { read } = await largeSite(18_000)
    const { text, rows } = await read('/sitemap.xml')
    expect(text.match(/<sitemap>/g)).toHaveLength(26)
    expect(rows[0]).toBe(headRows)
    // The number of sitemaps of selections and the list of years are each read with a present revision.
    expect(total(rows.slice(1))).toBeLessThanOrEqual(6)
  })

  test('an archive of any month: three for its head, its articles and ten for its rendering', async () => {
    const { read } = await largeSite()
    for (const archive of ['archive/2024/01/1', 'tags/t3/archive/2024/03/1', 'archive/2024/06/4']) {
      const { response, rows, text } = await read(`/${archive}/feed.json`)
      expect([archive, response.status, rows[0]]).toEqual([archive, 200, headRows])
      const { items } = JSON.parse(text) as { items: unknown[] }
      expect(items.length, archive).toBeGreaterThan(10)
      expect(total(rows.slice(1)), archive).toBeLessThanOrEqual(items.length + 10)
    }
  })

  test('an archive of an intersection: one for each selection and two for its head, a hundred articles and ten at most', async () => {
    const { read } = await largeSite()
    const archives: [path: string, heads: number, found: number][] = [
      ['tags/t3/archive/2024/03/1/feed.json?section=monde', 4, 75],
      ['tags/t3/archive/2024/03/1/feed.json?section=local', 4, 0],
      ['sections/monde/archive/2024/03/2/feed.json?tag=t3&author=kim', 5, 20],
      ['archive/2024/03/2/feed.json?section=monde&tag=t3&author=kim', 6, 10],
    ]
    for (const [path, heads, found] of archives) {
      const { response, rows, text } = await read(`/${path}`)
      expect([path, response.status, rows[0]]).toEqual([path, 200, heads])
      expect((JSON.parse(text) as { items: unknown[] }).items, path).toHaveLength(found)
      expect(total(rows.slice(1)), path).toBeLessThanOrEqual(110)
      const again = await read(`/${path}`, { 'If-None-Match': response.headers.get('ETag') ?? '' })
      expect([again.response.status, again.rows], path).toEqual([304, [heads]])
    }
  })

  const intersections: [query: string, heads: number][] = [
    ['section=monde&tag=t3', 4],
    // No article is in the section `local` and has the tag `t3`: articles with this tag have odd numbers, and
    // all articles with odd numbers are in the section `monde`.
    ['section=local&tag=t3', 4],
    ['section=monde&author=kim', 4],
    ['section=monde&tag=t3&author=kim', 5],
    ['section=local&tag=t3&author=kim', 5],
  ]
  test.for(intersections)('%s', async ([query, heads]) => {
    const { read } = await largeSite()
    for (const page of ['', '&before=1710000000000.5', '&after=1710000000000.5']) {
      const { response, rows } = await read(`/feed.atom?${query}${page}`)
      expect([response.status, rows[0]], page).toEqual([200, heads])
      expect(total(rows.slice(1)), page).toBeLessThanOrEqual(5000)
    }
  })

  test('of 20,000 that were withdrawn a feed tells for one row, and an intersection misses none of the few', async () => {
    const { site, read } = await largeSite(4000)
    const made = `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)
      INSERT INTO tombstone (selection, withdrawn, article, until, id, revision)`
    const tell = (selection: string, which: string) =>
      `${made} SELECT '${selection}', ${Date.parse('2024-11-20T00:00:00Z')} + i, 90000 + i, 9e15, 'urn:gone:' || i, 1 FROM n WHERE ${which}`
    await env.DB.batch(
      [
        tell('', 'true'),
        tell('sections/monde', 'i % 2'),
        tell('tags/t3', 'i IN (1, 2, 777, 19999, 20000)'),
        tell('authors/kim', 'i < 19000'),
      ].map((sql) => env.DB.prepare(sql)),
    )
    await site.put('apres', {})
    const told: [query: string, more: number, count: number, refs: number[]][] = [
      ['feed.atom', 1, 100, [20000, 19901]],
      ['sections/monde/feed.atom', 1, 100, [19999, 19801]],
      ['tags/t3/feed.atom', 1, 5, [20000, 19999, 777, 2, 1]],
      ['feed.atom?section=monde&tag=t3', 2 + 3, 3, [19999, 777, 1]],
      ['feed.atom?section=monde&tag=t3&author=kim', 3 + 3 + 2, 2, [777, 1]],
      // The feed shows 50 tombstones: of the author's newest hundred withdrawn articles, 50 were withdrawn from
      // the section `monde` too.
      ['feed.atom?section=monde&author=kim', 2 + 50, 50, [18999, 18901]],
    ]
    for (const [path, more, count, refs] of told) {
      const { text, rows } = await read(`/${path}`)
      const gone = [...text.matchAll(/deleted-entry[^>]* ref="urn:gone:(\d+)"/g)].map(([, ref]) =>
        Number(ref),
      )
      expect([path, gone.length, refs.every((ref) => gone.includes(ref))]).toEqual([path, count, true])
      const without = await read(`/${path.replace('atom', 'json')}`)
      expect([path, total(rows) - total(without.rows)]).toEqual([path, more])
      if (!path.includes('?')) expect(total(rows.slice(1)), path).toBeLessThanOrEqual(feedLength + 10)
    }
  })

  test('a look that finds nothing ends at its bound, having read each place once; the next page goes on from there', async () => {
    const { read } = await largeSite(18_000)
    let next: string | undefined = '/feed.json?section=local&tag=t3'
    const costs: number[] = []
    while (next && costs.length < 5) {
      const { rows, text } = await read(next)
      costs.push(total(rows.slice(1)))
      next = (JSON.parse(text) as { next_url?: string }).next_url?.replace('https://kiosque.example', '')
    }
    expect(next).toBeUndefined()
    // Each step of the search for an intersection's articles reads one extra row at its start, so the number of
    // rows is not exactly 1,500 or 300. The last statement reads the present revisions of both selections.
    expect(costs).toEqual([1500, 300].map((places) => expect.closeTo(places + 2, -1)))
  })

  test('a look that finds a tenth goes about as far as that takes', async () => {
    const { read } = await largeSite(18_000)
    await env.DB.prepare(
      "DELETE FROM membership WHERE selection = 'sections/monde' AND article % 100 <> 3",
    ).run()
    const { rows, text } = await read('/feed.json?section=monde&tag=t3')
    expect((JSON.parse(text) as { items: unknown[] }).items).toHaveLength(feedLength)
    expect(total(rows.slice(1))).toBeLessThanOrEqual(1000)
  })

  test('a look that finds all only behind its first step, for the longest feed', async () => {
    const { read } = await largeSite(18_000, { FEED_LENGTH: '100' })
    await env.DB.prepare("DELETE FROM membership WHERE selection = 'authors/kim' AND article > 13900").run()
    for (const format of ['atom', 'json']) {
      const { rows, text } = await read(`/feed.${format}?section=monde&tag=t3&author=kim`)
      expect(text.match(/urn:a:13893\b/g), format).toHaveLength(1)
      expect(total(rows.slice(1)), format).toBeGreaterThan(4000)
      expect(total(rows.slice(1)), format).toBeLessThanOrEqual(5000)
    }
  })
})
