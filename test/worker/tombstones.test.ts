import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { openSite } from './site.ts'

const month = 30 * 86_400_000

/**
 * Returns two descriptions of each selection, which must be equal: `is` is read from the selection's row, and
 * `says` is computed from the tables `tombstone` and `membership`. Both name the selection's newest
 * tombstones, and say whether the selection has a public article.
 */
async function kept() {
  const { results } = await env.DB.prepare(
    `SELECT path, tombstones, shown, (SELECT json_group_array(article) FROM (SELECT article FROM tombstone
       WHERE selection = path ORDER BY withdrawn DESC, article LIMIT 100)) AS newest,
       iif(path GLOB 'articles/*', NULL, (SELECT count(*) > 0 FROM membership WHERE selection = path)) AS filled
     FROM selection`,
  ).all<{
    path: string
    tombstones: string | null
    shown: number | null
    newest: string
    filled: number | null
  }>()
  const articlesIn = (list: string | null) =>
    list && (JSON.parse(list) as { article: number }[]).map(({ article }) => article)
  return results.map(({ path, tombstones, shown, newest, filled }) => ({
    is: [path, articlesIn(tombstones), shown ?? 0],
    says: [path, JSON.parse(newest), filled ?? 0],
  }))
}

describe('what a selection’s row says of what it shows and of what was withdrawn', () => {
  test('is so for what was stored before, once the migrations have run', async () => {
    const open = await openSite()
    for (const slug of ['a', 'b', 'c']) await open.put(slug, { section: 'Monde', tags: [slug] })
    for (const slug of ['c', 'a']) {
      open.wait(2000)
      await open.call('DELETE', `/api/articles/${slug}`)
    }
    await env.DB.prepare("UPDATE selection SET tombstones = '[]', shown = NULL").run()
    const { MIGRATIONS } = env as unknown as { MIGRATIONS: { name: string; queries: string[] }[] }
    for (const { name, queries } of MIGRATIONS.filter(({ name }) => /^001[34]/.test(name))) {
      const filling = queries.filter(
        (query) => /(^|\n)UPDATE selection/.test(query) && !/TRIGGER/.test(query),
      )
      expect([name, filling.length]).toEqual([name, 1])
      for (const query of filling) await env.DB.prepare(query).run()
    }
    const rows = await kept()
    expect(rows.map(({ is }) => is)).toEqual(rows.map(({ says }) => says))
    expect(rows.some(({ says }) => (says[1] as number[]).length === 2)).toBe(true)
  })

  test('of several selections those are told that were withdrawn from all of them', async () => {
    const open = await openSite()
    for (const [slug, section, tags] of [
      ['a', 'Monde', ['Été', 'Mer']],
      ['b', 'Monde', ['Été']],
      ['c', 'Local', ['Été']],
      ['d', 'Monde', ['Été', 'Mer']],
    ] as const) {
      await open.put(slug, { section, tags, authors: ['Kim'] })
      open.wait(2000)
    }
    for (const slug of ['d', 'b', 'c', 'a']) {
      await open.call('DELETE', `/api/articles/${slug}`)
      open.wait(2000)
    }
    const told = async (query: string) =>
      [
        ...(await (await open.get(`/feed.atom?${query}`)).text()).matchAll(
          /deleted-entry[^>]* ref="[^"]*:(\w)"/g,
        ),
      ].map(([, slug]) => slug)
    expect(await told('')).toEqual(['a', 'c', 'b', 'd'])
    expect(await told('section=monde&tag=ete')).toEqual(['a', 'b', 'd'])
    expect(await told('tag=mer&author=kim')).toEqual(['a', 'd'])
    expect(await told('section=local&tag=ete&author=kim')).toEqual(['c'])
    open.wait(month)
    expect(await told('section=monde&tag=ete')).toEqual([])
  })

  test('the end of a tombstone makes no other selection of the article known', async () => {
    const site = await openSite()
    await site.put('a', { section: 'Monde' })
    site.wait(2000)
    await site.call('DELETE', '/api/articles/a')
    await site.put('a', { section: 'Secret', status: 'withdrawn' })
    await site.put('b', { section: 'Secret', embargo: '2026-01-01T00:00:00Z' })
    const heads = () =>
      env.DB.prepare('SELECT path FROM selection WHERE revision IS NOT NULL ORDER BY path').all()
    const before = (await heads()).results
    site.wait(month + 2000)
    await site.ports.store.release()
    expect((await heads()).results).toEqual(before)
    expect((await site.get('/sections/secret')).status).toBe(404)
  })
})
