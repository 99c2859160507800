import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../src/share/code.ts'
import { openSite, start } from './site.ts'
import { watch } from './watched.ts'

const reader = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' }
const id = 'urn:x:ete'

/**
 * Opens a test site with an article whose short link was followed once. After a call of `takeAway` the database
 * fails.
 */
async function followed(article: Record<string, unknown> = {}) {
  const { database, seen } = watch(env.DB)
  let isDown = false
  const failing = new Proxy(database, {
    get: (target, name: keyof D1Database) => {
      if (isDown) throw new Error('D1 is down')
      return target[name]
    },
  })
  const site = await openSite({}, 'd1d1d1d1', start, failing)
  await site.put('ete', { id, ...article })
  site.wait(2000)
  const link = `/s/${await codeOf(id)}`
  expect((await site.get(link)).status).toBe(302)
  const takeAway = () => {
    isDown = true
  }
  const follow = async (path = link) => {
    const response = await site.get(path, reader)
    return { status: response.status, location: response.headers.get('Location'), headers: response.headers }
  }
  return { site, link, seen, takeAway, follow }
}

describe('a short link that was followed', () => {
  test('asks the store for a head once a second, and for nothing more', async () => {
    const { site, link, seen, follow } = await followed()
    seen.length = 0
    for (let at = 0; at < 3; at++) expect((await follow()).status).toBe(302)
    expect(seen).toEqual([])
    site.wait(1000)
    for (let at = 0; at < 3; at++) expect((await follow(`${link}.x`)).status).toBe(302)
    const read = seen.filter(({ sql }) => !sql.includes('share_count'))
    expect(read.map(({ rowsRead }) => rowsRead)).toEqual([3])
  })

  test('is followed while the store is down, and kept by no cache', async () => {
    const { site, link, takeAway, follow } = await followed()
    takeAway()
    site.wait(45_000)
    const { headers, ...plain } = await follow()
    expect(plain).toEqual({ status: 302, location: 'https://kiosque.example/articles/ete' })
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Cloudflare-CDN-Cache-Control')).toBe('no-store')
    expect(headers.get('Cache-Status')).toContain('detail=unconfirmed')
    const counted = await follow(`${link}.x`)
    expect([counted.status, counted.headers.get('Cache-Control')]).toEqual([302, 'private, no-store'])
    expect((await follow(link.replace('/s/', '/qr/').concat('.svg'))).status).toBe(200)
  })

  test('never at or after its end', async () => {
    const { site, link, takeAway, follow } = await followed({ expires: '2024-06-19T17:00:00Z' })
    takeAway()
    site.at('2024-06-19T16:59:59.999Z')
    expect((await follow()).status).toBe(302)
    site.at('2024-06-19T17:00:00Z')
    for (const path of [link, `${link}.x`]) expect((await follow(path)).status, path).toBe(503)
  })

  test('with the store there, is gone at that instant', async () => {
    const { site, follow } = await followed({ expires: '2024-06-19T17:00:00Z' })
    site.at('2024-06-19T16:59:59.999Z')
    expect((await follow()).status).toBe(302)
    site.at('2024-06-19T17:00:00Z')
    expect((await follow()).status).toBe(410)
  })

  const saves: [
    what: string,
    save: (site: Awaited<ReturnType<typeof openSite>>) => Promise<unknown>,
    status: number,
    location?: string,
  ][] = [
    ['another slug', (site) => site.put('hiver', { id }), 302, 'https://kiosque.example/articles/hiver'],
    [
      'another address',
      (site) => site.put('ete', { id, url: 'https://journal.example/a' }),
      302,
      'https://journal.example/a',
    ],
    ['a withdrawal', (site) => site.call('DELETE', '/api/articles/ete'), 410],
    ['a draft again', (site) => site.put('ete', { id, status: 'draft' }), 404],
    ['an embargo', (site) => site.put('ete', { id, embargo: '2024-07-01T00:00:00Z' }), 404],
  ]
  test.for(saves)('%s: seen at once', async ([, save, status, location]) => {
    const { site, link, follow } = await followed()
    await follow(`${link}.x`)
    await save(site)
    expect(await follow()).toMatchObject({ status, location: location ?? null })
  })

  test('does not lead to another article that came to the slug', async () => {
    const { site, follow } = await followed()
    await env.DB.prepare("UPDATE article SET slug = 'hiver' WHERE id = ?1").bind(id).run()
    await site.put('hiver', { id, title: 'Hiver' })
    const taken = await site.put('ete', { id: 'urn:x:autre' })
    expect(taken.status).toBe(201)
    expect((await follow()).location).toBe('https://kiosque.example/articles/hiver')
  })
})
