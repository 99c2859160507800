import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { writePauseMilliseconds } from '../../src/store/attempt.ts'
import { forDelta } from '../readers.ts'
import { isolateOf } from './isolate.ts'
import { publicRoutes, routesWithout } from './public-routes.ts'
import {
  all,
  allWrites,
  complete,
  due,
  filled,
  ofArticle,
  partial,
  refuseWrites,
  selections,
} from './refused-writes.ts'
import { slugsIn } from './site.ts'

/** Conditional headers that a usual answer to any address would obey. */
const conditions = {
  ...forDelta('*'),
  'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT',
}

const textOf = async (response: Response): Promise<string> =>
  new TextDecoder().decode(await response.arrayBuffer())

/** What an answer shows, without the links to archives, which a store that cannot be written may lack. */
const shown = async (response: Response): Promise<[number, string | null, string]> => [
  response.status,
  response.headers.get('Location'),
  (await textOf(response)).replace(
    /<(atom:)?link [^>]*rel="(prev-archive|next)"[^>]*>|"next_url": ?"[^"]*",?|<(fh:)?(complete)[^>]*>/g,
    '',
  ),
]

test('the addresses of this file include every public route', async () => {
  const addresses = await all()
  expect(publicRoutes.length).toBeGreaterThan(40)
  expect(routesWithout(addresses)).toEqual([])
})

describe('while the database refuses writes', () => {
  test('before `due`, every answer is as usual, with its validators', async () => {
    const site = await filled()
    const addresses = await all()
    const usual = await Promise.all(addresses.map((path) => isolateOf(site)(path)))
    const end = await refuseWrites(await allWrites())
    for (const [at, path] of addresses.entries()) {
      const answer = await isolateOf(site)(path)
      const before = usual[at] as Response
      expect([path, answer.status, [...answer.headers]]).toEqual([path, before.status, [...before.headers]])
      expect(await textOf(answer), path).toBe(await textOf(before))
    }
    await end()
  })

  test('before `due`, another version answers with its own ETags', async () => {
    const site = await filled()
    const end = await refuseWrites(await allWrites())
    for (const path of [...selections.map((path) => path || '/'), '/feed.rss', '/articles/reste', '/feeds']) {
      const answer = await isolateOf(site, { digest: 'e2e2e2e2' })(path)
      expect([path, answer.status]).toEqual([path, 200])
      expect(answer.headers.get('ETag'), path).toContain('e2e2e2e2')
      expect(answer.headers.get('Last-Modified'), path).toBeNull()
    }
    await end()
  })

  test('where no version is in charge, the first one answers with its ETags', async () => {
    const site = await filled()
    await env.DB.prepare("UPDATE site SET digest = ''").run()
    const end = await refuseWrites(await allWrites())
    const answer = await isolateOf(site)('/feed.rss')
    expect([answer.status, answer.headers.get('Last-Modified')]).toEqual([200, null])
    expect(answer.headers.get('ETag')).toContain(site.ports.digest)
    await end()
  })

  test('from `due` on, answers show what is public, and neither readers nor caches can keep them', async () => {
    const site = await filled()
    site.at(due)
    const addresses = [...(await complete()), ...partial]
    const end = await refuseWrites(await allWrites())
    const warm = isolateOf(site)
    const unchanged = await ofArticle('reste')
    const gone = await ofArticle('expire')
    const overdue = new Map<string, Response>()
    for (const path of addresses) {
      const answer = await warm(path, unchanged.includes(path) ? {} : conditions)
      const { status, headers } = answer
      const isPublic = !/expire/.test(path) && !gone.includes(path)
      expect([path, status < 400, [404, 410].includes(status)]).toEqual([path, isPublic, !isPublic])
      overdue.set(path, answer)
      if (unchanged.includes(path)) continue
      expect(headers.get('Cache-Control'), path).toContain('no-store')
      for (const name of ['ETag', 'Last-Modified', 'Cache-Tag', 'IM'])
        expect([path, name, headers.get(name)]).toEqual([path, name, null])
      if (!answer.ok) continue
      expect(headers.get('Cloudflare-CDN-Cache-Control'), path).toBe('no-store')
      expect(headers.get('Cache-Status'), path).toBe('Kiosque; fwd=bypass; detail=not-writable')
    }
    for (const path of partial) expect([path, overdue.get(path)?.status]).toEqual([path, 200])
    await end()
    site.wait(writePauseMilliseconds)
    for (const path of await complete()) {
      const saved = await warm(path)
      if (saved.ok && saved.status === 200) expect(saved.headers.get('ETag'), path).toBeTruthy()
      expect([path, await shown(overdue.get(path) as Response)]).toEqual([path, await shown(saved)])
    }
  })

  test('from `due` on, another version shows the same as the version in charge', async () => {
    const site = await filled()
    site.at(due)
    const end = await refuseWrites(await allWrites())
    const [present, other] = [isolateOf(site), isolateOf(site, { digest: 'e2e2e2e2' })]
    for (const path of [...(await complete()), ...partial]) {
      const [expected, answer] = [await present(path), await other(path)]
      const hasTag = ({ headers }: Response) => headers.get('ETag') !== null
      expect([path, hasTag(answer)]).toEqual([path, hasTag(expected)])
      expect(answer.headers.get('Last-Modified'), path).toBeNull()
      expect([path, await shown(answer)]).toEqual([path, await shown(expected)])
    }
    await end()
  })

  test('an expired article is in no archive, page, sitemap or list', async () => {
    const site = await filled()
    site.at(due)
    const end = await refuseWrites(await allWrites())
    const ask = isolateOf(site)
    for (const path of [...(await complete()), ...partial].filter(
      (path) => !path.includes('articles/expire'),
    )) {
      const person = await ask(path, { 'Sec-Fetch-Dest': 'document' })
      for (const text of [await textOf(await ask(path)), await textOf(person)]) {
        expect(text.includes('Titre de expire') || text.includes('articles/expire'), path).toBe(false)
      }
    }
    await end()
  })

  test('nothing is kept in memory under a revision', async () => {
    const site = await filled()
    site.at(due)
    const end = await refuseWrites(await allWrites())
    const ask = isolateOf(site)
    const first = await slugsIn(await ask('/feed.json'))
    await ask('/articles/arrive')
    await end()
    await env.DB.prepare("UPDATE article SET json = replace(json, 'Titre de', 'Autre titre de')").run()
    const again = await refuseWrites(await allWrites())
    expect(await textOf(await ask('/feed.json'))).toContain('Autre titre de reste')
    expect(await textOf(await ask('/articles/arrive'))).toContain('Autre titre de arrive')
    expect(await textOf(await ask('/'))).toContain('Autre titre de reste')
    expect(first).toEqual(['premier', 'arrive', 'reste'])
    await again()
  })

  test('a write is a 503 with Retry-After and saves nothing', async () => {
    const site = await filled()
    site.at(due)
    const end = await refuseWrites(await allWrites())
    const dump = () => env.DB.prepare('SELECT number, json, revision FROM article').all()
    const before = (await dump()).results
    const calls: [string, string, unknown?][] = [
      ['PUT', '/api/articles/reste', { title: 'Corrigé', text: 'Un.' }],
      ['PUT', '/api/articles/neuf', { title: 'Neuf', text: 'Un.' }],
      ['POST', '/api/articles', { title: 'Neuf', text: 'Un.' }],
      ['DELETE', '/api/articles/reste'],
      ['PUT', '/api/sections/monde', { name: 'Planète' }],
      ['POST', '/api/paths', { paths: [{ path: 'sections/planete', title: 'Planète' }] }],
    ]
    for (const [method, path, body] of calls) {
      const answer = await site.call(method, path, body)
      expect([method, path, answer.status]).toEqual([method, path, 503])
      expect(answer.headers.get('Retry-After'), path).toBe('60')
    }
    expect((await dump()).results).toEqual(before)
    expect((await site.call('GET', '/api/articles')).status).toBe(200)
    expect((await site.call('GET', '/api/articles?status=published')).status).toBe(200)
    await end()
  })

  test('a read tries to write at most once in five seconds, and a log line says what failed', async () => {
    const site = await filled()
    site.at(due)
    const end = await refuseWrites(await allWrites())
    const ask = isolateOf(site)
    const count = () => site.logged.filter((event) => event === 'store-not-writable').length
    for (let second = 0; second < 10; second++) {
      await ask('/feed.rss')
      await ask('/articles/reste')
      site.wait(1000)
    }
    expect(count()).toBe(2)
    await end()
    site.wait(writePauseMilliseconds)
    expect((await ask('/feed.rss')).headers.get('ETag')).toBeTruthy()
  })
})
