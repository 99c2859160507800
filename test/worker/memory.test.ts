import { createExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import type { Store } from '../../src/domain/store.ts'
import { type IsolatePorts, openIsolate } from '../../src/memory/isolate.ts'
import { d1Store } from '../../src/store/d1.ts'
import { isolateOf } from './isolate.ts'
import { openSite, slugsIn, type TestSite } from './site.ts'

const origin = 'https://kiosque.example'

/**
 * Returns a function that sends requests to the test site without its in-memory caches: every answer comes from
 * the routes and the store.
 */
function plain(site: TestSite) {
  const { answers: _, memory: __, ...ports } = site.ports
  const store = d1Store(env.DB, site.ports.clock, site.ports.log)
  return (path: string, headers: Record<string, string> = {}, method = 'GET') =>
    app.fetch(
      new Request(`${origin}${path}`, { headers, method }),
      { ...ports, store },
      createExecutionContext(),
    )
}

const isolatePorts = ({ ports: { clock, log } }: TestSite): IsolatePorts => ({
  clock,
  log,
  within: (_, work) => work,
})

const seen = async (response: Response) => ({
  status: response.status,
  headers: Object.fromEntries(response.headers),
  body: await response.text(),
})

async function filled(): Promise<TestSite> {
  const site = await openSite()
  await site.put('un', { section: 'Monde', tags: ['Été'], authors: ['Kim'] })
  site.wait(2000)
  return site
}

/**
 * Returns the answer that the in-memory cache of answers has for a request; undefined if it has none. One
 * earlier request for the same address is enough to put an answer into this cache.
 */
const find = (site: TestSite, path: string, headers: Record<string, string> = {}, method = 'GET') =>
  site.ports.answers?.find(new Request(`${origin}${path}`, { headers, method }))

describe('what is answered without a route', () => {
  const rows: [what: string, path: string, headers: Record<string, string>, method: string, held: boolean][] =
    [
      ['a feed again', '/feed.rss', {}, 'GET', true],
      ['its HEAD', '/feed.rss', {}, 'HEAD', true],
      ['the feed of a selection', '/tags/ete/feed.json', {}, 'GET', true],
      ['the feed of an article', '/articles/un/feed.atom', {}, 'GET', true],
      ['an intersection at its own address', '/feed.rss?section=monde&tag=ete', {}, 'GET', true],
      ['an archive', '/tags/ete/archive/2024/06/1/feed.atom', {}, 'GET', true],
      ['that of an intersection', '/tags/ete/archive/2024/06/1/feed.atom?section=monde', {}, 'GET', true],
      ['a page of a feed', '/feed.rss?before=1718812800000.1', {}, 'GET', true],
      ['an address that readers guess', '/rss.xml', {}, 'GET', true],
      ['what Accept chooses', '/feed', {}, 'GET', false],
      ['a page, to a robot', '/articles/un', {}, 'GET', true],
      ['an intersection spelt otherwise', '/feed.rss?tag=ete&section=monde', {}, 'GET', false],
      ['a query that means nothing', '/feed.rss?_=1', {}, 'GET', false],
      ['a person', '/feed.rss', { 'Sec-Fetch-Dest': 'document' }, 'GET', false],
      ['who asks for a delta', '/feed.rss', { 'A-IM': 'feed' }, 'GET', false],
      ['another method', '/feed.rss', {}, 'POST', false],
      ['what is not there', '/tags/rien/feed.rss', {}, 'GET', false],
    ]
  test.for(rows)('%s', async ([, path, headers, method, held]) => {
    const site = await filled()
    await site.get(path)
    await site.get(path, headers, method)
    expect(find(site, path, headers, method) !== undefined).toBe(held)
  })

  test('a query that means nothing fills no memory, and costs no rendering', async () => {
    const site = await filled()
    await site.get('/feed.rss')
    const before = site.ports.memory?.bytes()
    for (const at of [1, 2, 3]) expect((await site.get(`/feed.rss?_=${at}`)).status, `${at}`).toBe(200)
    expect(site.ports.memory?.bytes()).toBe(before)
  })

  test('is never an archive in the place of a selection whose key is spelt like it', async () => {
    const site = await filled()
    await site.get('/tags/ete/archive/2024/06/1/feed.rss')
    for (const path of ['/tags/ete%2Farchive%2F2024%2F06%2F1', '/feed?tag=ete%2Farchive%2F2024%2F06%2F1']) {
      expect([path, (await site.get(path)).status]).toEqual([path, 404])
    }
  })

  test.for([
    ...['/', '/tags/ete', '/articles/un', '/articles/un/share', '/embed/un', '/feeds', '/feeds.opml'],
    ...[
      '/feeds?from=tags%2Fa',
      '/sitemap.xml',
      '/sitemap-selections.xml',
      '/sitemap-2024-06-1.xml',
      '/sitemap-news.xml',
    ],
  ])('%s is one page, whatever a campaign adds to its address', async (path) => {
    const site = await filled()
    const wanted = await seen(await site.get(path))
    const before = site.ports.memory?.bytes()
    for (const at of [1, 2, 3]) {
      const tagged = `${path}${path.includes('?') ? '&' : '?'}utm_source=n${at}`
      expect(await seen(await site.get(tagged)), `${at}`).toEqual(wanted)
    }
    expect(site.ports.memory?.bytes()).toBe(before)
  })

  test('a page on which a person opens a feed asks the store for a head, whatever is typed into its form', async () => {
    const site = await filled()
    const person = { 'Sec-Fetch-Dest': 'document' }
    const asked: string[] = []
    const store = new Proxy(d1Store(env.DB, site.ports.clock, site.ports.log), {
      get:
        (target, name: keyof Store) =>
        (...values: unknown[]) => {
          asked.push(name)
          return (target[name] as (...values: unknown[]) => unknown)(...values)
        },
    })
    const isolate = openIsolate(store, isolatePorts(site))
    const ask = async (path: string) => {
      asked.length = 0
      const request = new Request(`${origin}${path}`, { headers: person })
      const response = await app.fetch(request, { ...site.ports, ...isolate }, createExecutionContext())
      return [response.status, [...asked], (await response.text()).includes('Titre de un')]
    }
    const rows: [path: string, reads: string[], shows: boolean][] = [
      ['/feed.rss', ['heads'], true],
      ['/tags/ete/feed.atom', ['heads'], true],
      ['/feed.json?section=monde&tag=ete', ['heads'], true],
      ['/rss?before=1718812800000.1', ['heads'], false],
      ['/archive/2024/06/1/feed.atom', ['archive'], true],
      ['/tags/ete/archive/2024/06/1/feed.rss?section=monde', ['archive'], true],
    ]
    for (const [path] of rows) await ask(path)
    const held = isolate.memory.bytes()
    for (const [path, reads, shows] of rows) {
      site.wait(5000)
      const host = `${path.includes('?') ? '&' : '?'}host=r.example`
      expect([path, ...(await ask(path + host))]).toEqual([path, 200, reads, shows])
    }
    expect(isolate.memory.bytes()).toBe(held)
    await site.put('deux', {})
    site.wait(5000)
    expect((await ask('/feed.rss'))[1]).toEqual(['heads', 'newest'])
  })

  test('for more than half a second it asks the store once, and renders once', async () => {
    const site = await openSite()
    await site.put('un', {})
    site.wait(2000)
    const asked: string[] = []
    const told = <Key extends keyof Store>(name: Key): Store[Key] =>
      ((...values: unknown[]) => {
        asked.push(name)
        return (store[name] as (...values: unknown[]) => unknown)(...values)
      }) as Store[Key]
    const store = d1Store(env.DB, site.ports.clock, site.ports.log)
    const isolate = openIsolate(
      { ...store, heads: told('heads'), newest: told('newest') },
      isolatePorts(site),
    )
    const ask = () =>
      app.fetch(new Request(`${origin}/feed.rss`), { ...site.ports, ...isolate }, createExecutionContext())
    for (const wait of [0, 300, 299]) {
      site.wait(wait)
      expect((await ask()).status, `${wait} ms later`).toBe(200)
    }
    expect(asked).toEqual(['heads', 'newest'])
    site.wait(1)
    await ask()
    expect(asked).toEqual(['heads', 'newest', 'heads'])
  })
})

describe('what depends on the clock is never out of date in an answer that is held', () => {
  test('the seconds that are left until something is due', async () => {
    const site = await filled()
    await site.put('cache', { embargo: '2024-06-20T12:00:00Z' })
    const ages: (string | null)[] = []
    for (const instant of ['11:58:00.500', '11:58:01.000', '11:58:01.001', '11:58:01.400', '11:59:59.999']) {
      site.at(`2024-06-20T${instant}Z`)
      for (const _ of [1, 2]) ages.push((await site.get('/feed.rss')).headers.get('Cache-Control'))
    }
    expect(ages).toEqual(
      [118, 118, 118, 118, 117, 117, 117, 117, 0, 0].map(
        (age) => `public, max-age=${age}, must-revalidate, stale-while-revalidate=0`,
      ),
    )
  })

  test('the date, from the second on at which it can stand for nothing else', async () => {
    const site = await openSite()
    await site.put('un', {})
    const dates: (string | null)[] = []
    for (const wait of [300, 299, 1, 1]) {
      site.wait(wait)
      for (const _ of [1, 2]) dates.push((await site.get('/feed.rss')).headers.get('Last-Modified'))
    }
    const date = 'Wed, 19 Jun 2024 16:00:01 GMT'
    expect(dates).toEqual([null, null, null, null, date, date, date, date])
  })
})

describe('a save', () => {
  test('is seen at once by the isolate that took it', async () => {
    const site = await filled()
    await site.get('/feed.json')
    await site.put('deux', {})
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['deux', 'un'])
  })

  test('is seen by another isolate within a second, and not before by chance of time', async () => {
    const site = await filled()
    const other = isolateOf(site)
    const ask = () => other('/feed.json')
    expect(await slugsIn(await ask())).toEqual(['un'])
    await site.put('deux', {})
    site.wait(599)
    expect(await slugsIn(await ask())).toEqual(['un'])
    site.wait(1)
    expect(await slugsIn(await ask())).toEqual(['deux', 'un'])
  })

  test('during the read of a head keeps the older head out of memory', async () => {
    const site = await filled()
    const store = d1Store(env.DB, site.ports.clock, site.ports.log)
    const isolate = openIsolate(
      {
        ...store,
        heads: async (paths, digest) => {
          const read = await store.heads(paths, digest)
          if (paths[0] === '') await meanwhile()
          return read
        },
      },
      isolatePorts(site),
    )
    let meanwhile = async () => {}
    const ports = { ...site.ports, ...isolate, publishing: { ...site.ports.publishing, ...isolate } }
    const send = (path: string, init?: RequestInit) =>
      app.fetch(new Request(`${origin}${path}`, init), ports, createExecutionContext())
    meanwhile = async () => {
      meanwhile = async () => {}
      const headers = { Authorization: 'Bearer a-token-of-the-tests', 'Content-Type': 'application/json' }
      const body = JSON.stringify({ title: 'Deux', text: 'Deux.' })
      expect((await send('/api/articles/deux', { method: 'PUT', headers, body })).status).toBe(201)
    }
    await send('/feed.json')
    const after = await send('/feed.json')
    expect(await slugsIn(after)).toEqual(['deux', 'un'])
    expect(after.headers.get('ETag')).toBe((await plain(site)('/feed.json')).headers.get('ETag'))
  })

  test('that comes between a head and its articles: what it ends is not shown past its end while the store is down', async () => {
    const site = await filled()
    const store = d1Store(env.DB, site.ports.clock, site.ports.log)
    let isDown = false
    const reach = () => {
      if (isDown) throw new Error('out of reach')
    }
    const isolate = openIsolate(
      {
        ...store,
        heads: async (paths, digest) => {
          reach()
          return store.heads(paths, digest)
        },
        newest: async (paths, most) => {
          reach()
          await site.put('deux', { expires: '2024-06-20T12:00:00Z' })
          return store.newest(paths, most)
        },
      },
      isolatePorts(site),
    )
    const ask = (headers = {}) =>
      app.fetch(
        new Request(`${origin}/feed.rss`, { headers }),
        { ...site.ports, ...isolate },
        createExecutionContext(),
      )
    expect(await (await ask()).text()).toContain('Titre de deux')
    isDown = true
    site.at('2024-06-20T12:00:00Z')
    const page = await ask({ 'Sec-Fetch-Dest': 'document' })
    expect([page.status, await page.text()]).toEqual([503, expect.not.stringContaining('Titre de deux')])
  })
})

test('two saves in one second through another isolate: no reader keeps the first as the second', async () => {
  const site = await openSite()
  await site.put('un', { title: 'Avant' })
  site.wait(5000)
  await site.put('un', { title: 'Premier' })
  const other = isolateOf(site)
  const ask = () => other('/feed.json')
  await ask()
  site.wait(100)
  await site.put('un', { title: 'Second' })
  for (const wait of [100, 399, 1, 1]) {
    site.wait(wait)
    const held = await Promise.all([ask(), ask()])
    for (const answer of held) {
      const date = answer.headers.get('Last-Modified')
      if (date === null || (await answer.text()).includes('Second')) continue
      const status = (await site.get('/feed.json', { 'If-Modified-Since': date })).status
      expect([wait, status]).toEqual([wait, 200])
    }
  }
})

test('a save near the end of a second has a date of its own, because it may be committed after that second', async () => {
  const site = await openSite()
  site.wait(750)
  await site.put('un', { title: 'Premier' })
  await site.put('un', { title: 'Second' })
  const dated = async () => (await site.get('/feed.json')).headers.get('Last-Modified')
  site.wait(250)
  expect(await dated()).toBeNull()
  site.wait(1000)
  expect(await dated()).toBe('Wed, 19 Jun 2024 16:00:02 GMT')
})

test('a sitemap keeps its date in the second of a save that changes other sitemaps only', async () => {
  const site = await openSite()
  await site.put('avril', { published: '2024-04-05T00:00:00Z' })
  await site.put('mai', { published: '2024-05-05T00:00:00Z' })
  site.wait(5000)
  const get = async () => (await site.get('/sitemap-2024-04-1.xml')).headers.get('Last-Modified')
  const date = await get()
  expect(date).not.toBeNull()
  await site.put('mai-encore', { published: '2024-05-06T00:00:00Z' })
  expect(await get()).toBe(date)
})

test('a head whose read began before its date gives no date, even if the read ends after it', async () => {
  const rows = [
    ['/feed.json', 'heads'],
    ['/feed.json?section=monde&tag=ete', 'heads'],
    ['/articles/un', 'heads'],
    ['/archive/2024/06/1/feed.atom', 'archive'],
    ['/sitemap-2024-06-1.xml', 'sitemapHead'],
  ] as const
  for (const [path, method] of rows) {
    const site = await openSite()
    const article = { section: 'Monde', tags: ['Été'] }
    await site.put('un', { ...article, title: 'Premier' })
    site.wait(599)
    const store = d1Store(env.DB, site.ports.clock, site.ports.log)
    const slow = async (...given: never[]) => {
      const found = await (store[method] as (...given: never[]) => Promise<unknown>)(...given)
      await site.put('un', { ...article, title: 'Second' })
      site.wait(1)
      return found
    }
    const other = openIsolate({ ...store, [method]: slow }, isolatePorts(site))
    const request = new Request(origin + path, { method: 'HEAD' })
    const { status, headers } = await app.fetch(
      request,
      { ...site.ports, ...other },
      createExecutionContext(),
    )
    expect([path, status, headers.get('Last-Modified')]).toEqual([path, 200, null])
    expect(headers.get('Cloudflare-CDN-Cache-Control'), path).toBe('no-store')
  }
})
