import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { codeOf } from '../../src/share/code.ts'
import { forDelta } from '../readers.ts'
import { emptyDatabase } from './database.ts'
import { openInterrupted, type Seen } from './meanwhile.ts'
import { fixedRoutes, publicRoutes, routesWithout } from './public-routes.ts'
import { openSite, type TestSite, token } from './site.ts'

const code = await codeOf('tag:kiosque.example,2024:un')
const feeds = (path: string) => formatNames.map((format) => `${path}/feed.${format}`)

/** Addresses whose content is read after the head: a save can come in between. */
const torn = [
  ...['', '/sections/monde', '/tags/ete', '/authors/kim', '/articles/un'].flatMap((path) => [
    ...[path || '/', `${path}/feed`, `${path}/feed/`],
    ...feeds(path),
  ]),
  ...feeds('').map((feed) => `${feed}?section=monde&tag=ete`),
  ...['/feed.rss?before=1718811900000.1', '/tags/ete/feed.json?after=1718700000000.1'],
  ...['/archive/2024/06/1/feed.atom', '/sections/monde/archive/2024/06/1/feed.rss'],
  ...['/tags/ete/archive/2024/06/1/feed.json', '/authors/kim/archive/2024/06/1/feed.rss'],
  '/tags/ete/archive/2024/06/1/feed.atom?section=monde',
  ...['/feeds', '/feeds?from=tags%2Fa', '/feeds.opml', '/feeds.opml?from=tags%2Fa'],
  ...['/sitemap.xml', '/sitemap-selections.xml', '/sitemap-2024-06-1.xml', '/sitemap-news.xml'],
  ...['/articles/un/share', '/articles/un/share.json', '/embed/un', '/e/un.html', `/qr/${code}.svg`],
  '/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fun',
]

const addresses = [...new Set([...torn, ...fixedRoutes, `/s/${code}`, `/s/${code}.email`])]

const placed = { section: 'Monde', authors: ['Kim'] }

async function filled(): Promise<TestSite> {
  await emptyDatabase()
  const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  await site.put('deux', { ...placed, tags: ['Été'], published: '2024-06-18T09:00:00Z' })
  await site.put('un', { ...placed, tags: ['Été'], published: '2024-06-19T09:00:00Z' })
  site.wait(2000)
  return site
}

/**
 * Saves by another isolate that change the content of every address: the article `un` gets another title and a new
 * tag, a new article comes first, and the article `deux` is withdrawn or comes back.
 */
function savingIn(site: TestSite): () => Promise<void> {
  let saves = 0
  return async () => {
    saves++
    const tags = ['Été', `${String.fromCharCode(97 + (saves % 26))} ${saves}`]
    const edited = { ...placed, tags, title: `Titre ${saves}`, published: '2024-06-19T09:00:00Z' }
    expect((await site.put('un', edited)).status).toBe(200)
    const added = { ...placed, tags: ['Été'], published: '2024-06-19T10:00:00Z' }
    expect((await site.put(`neuf-${saves}`, added)).status).toBe(201)
    const second = { ...placed, tags: ['Été'], published: '2024-06-18T09:00:00Z', status: 'published' }
    const { ok } =
      saves % 2 === 1
        ? await site.call('DELETE', '/api/articles/deux')
        : await site.put('deux', { ...second, title: `Deux ${saves}` })
    expect(ok).toBe(true)
  }
}

/** The answer of an isolate that has read nothing yet. */
const fresh = (site: TestSite, path: string, headers?: Record<string, string>) =>
  openInterrupted(site).ask(path, headers)

/**
 * Checks an answer: if it has validators, its body is the one that an isolate without memory sends with the same
 * entity-tag, before or after the save; otherwise no cache keeps it. Returns whether the answer has validators.
 */
function check(answer: Seen, known: readonly Seen[], what: string): boolean {
  const { status, etag, headers, body } = answer
  expect(status, what).toBeLessThan(400)
  if (etag === null) {
    if (known.every((one) => one.etag === null)) return false
    for (const name of ['Last-Modified', 'Cache-Tag', 'IM']) expect(headers.get(name), what).toBeNull()
    if (status === 200) {
      expect(headers.get('Cache-Control'), what).toBe('no-store')
      expect(headers.get('Cloudflare-CDN-Cache-Control'), what).toBe('no-store')
      expect(headers.get('Cache-Status'), what).toBe('Kiosque; fwd=stale; detail=saved-meanwhile')
    }
    return false
  }
  const same = known.find((one) => one.etag === etag)
  expect(same, `${what}: the entity-tag ${etag} of no state`).toBeDefined()
  expect([what, status, body]).toEqual([what, same?.status, same?.body])
  const date = headers.get('Last-Modified')
  if (date !== null) expect([what, date]).toEqual([what, same?.headers.get('Last-Modified')])
  return true
}

test('the addresses of this file include every public route', () => {
  expect(publicRoutes.length).toBeGreaterThan(40)
  expect(routesWithout(addresses)).toEqual([])
})

describe('a save of another isolate, at each point of a read', () => {
  test.for(addresses)('%s: no entity-tag stands for two contents', async (path) => {
    const site = await filled()
    const save = savingIn(site)
    let unnamed = 0
    for (const isWarm of [false, true]) {
      for (let call = 1; call <= 15; call++) {
        site.wait(2000)
        const isolate = openInterrupted(site)
        if (isWarm) await isolate.ask(path, {}, 'HEAD')
        const before = await fresh(site, path)
        isolate.interrupt(call, save)
        const answer = await isolate.ask(path)
        if (!isolate.isDone()) break
        const what = `${path}, save before read ${call} with${isWarm ? '' : 'out'} a head in memory`
        const known = [before, await fresh(site, path)]
        if (!check(answer, known, what)) {
          unnamed++
          const { etag } = await isolate.ask(path, {}, 'HEAD')
          expect(etag === null, `${what}: a HEAD`).toBe(before.etag === null)
        }
        // What this answer has left in memory, where the head is still fresh, must obey the same rule.
        check(await isolate.ask(path), known, `${what}, repeated`)
      }
    }
    if (torn.includes(path) && !path.startsWith('/qr/')) expect(unnamed).toBeGreaterThan(0)
  })

  test('what one address has read is not kept under the old revision for another address', async () => {
    const pairs = [
      ['/feed.json', '/'],
      ['/tags/ete/feed.atom', '/tags/ete'],
      ['/', '/feed.rss'],
      ['/articles/un', '/embed/un'],
      ['/articles/un/feed.rss', '/articles/un'],
      ['/sitemap-selections.xml', '/sitemap.xml'],
    ] as const
    for (const [first, second] of pairs) {
      const site = await filled()
      const save = savingIn(site)
      let tried = 0
      for (let call = 1; call <= 8; call++) {
        site.wait(2000)
        const isolate = openInterrupted(site)
        const before = await fresh(site, second)
        isolate.interrupt(call, save)
        await isolate.ask(first)
        if (!isolate.isDone()) break
        tried++
        check(await isolate.ask(second), [before, await fresh(site, second)], `${first} then ${second}`)
      }
      expect(tried, first).toBeGreaterThan(1)
    }
  })

  test('a page that a person opens keeps nothing under the old revision', async () => {
    const person = { 'Sec-Fetch-Dest': 'document' }
    for (const path of ['/feed.rss', '/archive/2024/06/1/feed.atom', '/feed.json?section=monde&tag=ete']) {
      const site = await filled()
      const save = savingIn(site)
      let tried = 0
      for (let call = 1; call <= 8; call++) {
        site.wait(2000)
        const isolate = openInterrupted(site)
        isolate.interrupt(call, save)
        const first = await isolate.ask(path, person)
        if (!isolate.isDone()) break
        tried++
        expect(first.headers.get('Cache-Control'), path).toBe('no-store')
        const { body } = await fresh(site, path, person)
        expect([path, call, (await isolate.ask(path, person)).body]).toEqual([path, call, body])
      }
      expect(tried, path).toBeGreaterThan(1)
    }
  })

  test('a short link that was read while its article was saved redirects, and no cache keeps the redirect', async () => {
    const site = await filled()
    expect((await fresh(site, `/s/${code}`)).headers.get('Cache-Tag')).toBe('articles/un')
    const isolate = openInterrupted(site)
    isolate.interrupt(3, () => site.put('un', { ...placed, url: 'https://ailleurs.example/deux' }))
    const torn = await isolate.ask(`/s/${code}`)
    expect([torn.status, torn.headers.get('Location')]).toEqual([302, 'https://ailleurs.example/deux'])
    expect(torn.headers.get('Cache-Control')).toBe('no-store')
    expect(torn.headers.get('Cache-Tag')).toBeNull()
  })

  test('a HEAD keeps its validators, because it sends no content', async () => {
    const site = await filled()
    const save = savingIn(site)
    for (const path of ['/feed.rss', '/articles/un', '/sitemap.xml', '/feeds']) {
      const isolate = openInterrupted(site)
      const { etag } = await isolate.ask(path, {}, 'HEAD')
      isolate.interrupt(1, save)
      expect([path, (await isolate.ask(path, {}, 'HEAD')).etag]).toEqual([path, etag])
      expect((await isolate.ask(path, { 'If-None-Match': etag ?? '' })).status, path).toBe(304)
    }
  })

  test('a delta is of the revision of its entity-tag, or the whole feed is sent', async () => {
    for (const path of ['/feed.atom', '/tags/ete/feed.json', '/sections/monde/feed.rss']) {
      await emptyDatabase()
      const site = await openSite()
      for (const slug of ['a', 'b', 'c', 'd']) await site.put(slug, { ...placed, tags: ['Été'] })
      site.wait(2000)
      const headers = forDelta((await fresh(site, path)).etag ?? '')
      const edit = (slug: string, title: string) => site.put(slug, { ...placed, tags: ['Été'], title })
      await edit('a', 'Autre')
      expect((await fresh(site, path, headers)).status, path).toBe(226)
      const statuses = new Set<number>()
      for (let call = 1; call <= 15; call++) {
        site.wait(2000)
        const isolate = openInterrupted(site)
        const known = [await fresh(site, path, headers)]
        isolate.interrupt(call, () => edit('b', `Corrigé ${call}`))
        const answer = await isolate.ask(path, headers)
        if (!isolate.isDone()) break
        known.push(await fresh(site, path, headers))
        if (!check(answer, known, `${path} ${call}`)) statuses.add(answer.status)
      }
      expect([path, ...statuses]).toEqual([path, 200])
    }
  })

  test('an intersection of which one name changed: heads of different times name no content', async () => {
    const path = '/feed.json?section=monde&tag=ete'
    const archive = '/tags/ete/archive/2024/06/1/feed.json?section=monde'
    const site = await filled()
    const isolate = openInterrupted(site)
    await isolate.ask('/sections/monde/feed.rss', {}, 'HEAD')
    await isolate.ask(archive, {}, 'HEAD')
    site.wait(300)
    const renamed = await site.call('PUT', '/api/sections/monde', { name: 'MONDE' })
    expect(renamed.status).toBe(200)
    await site.put('un', { section: 'MONDE', authors: ['Kim'], tags: ['Été'], title: 'Neuf' })
    await isolate.ask('/tags/ete/feed.rss', {}, 'HEAD')
    await isolate.ask('/tags/ete/archive/2024/06/1/feed.rss', {}, 'HEAD')
    check(await isolate.ask(path), [await fresh(site, path)], path)
    check(await isolate.ask(archive), [await fresh(site, archive)], archive)
  })
})
