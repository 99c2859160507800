import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { formatNames } from '../../src/domain/format.ts'
import type { Within } from '../../src/domain/ports.ts'
import type { Store } from '../../src/domain/store.ts'
import { hashOf } from '../../src/http/token.ts'
import worker from '../../src/index.ts'
import { openIsolate } from '../../src/memory/isolate.ts'
import { d1Store } from '../../src/store/d1.ts'
import { forDelta } from '../readers.ts'
import { openSite, type TestSite, token } from './site.ts'

const origin = 'https://kiosque.example'

/**
 * Wraps a store: before each call of a store method, the function `told` receives the number of the call,
 * counted from 1, and the method's name.
 */
function watched(store: Store, told: (call: number, method: string) => Promise<void> | void): Store {
  let calls = 0
  const methods = Object.entries(store).map(([name, method]) => [
    name,
    async (...values: unknown[]) => {
      await told(++calls, name)
      return (method as (...values: unknown[]) => unknown)(...values)
    },
  ])
  return Object.fromEntries(methods) as Store
}

/**
 * Opens an isolate of the test site. The isolate has a memory of its own, and shares the database with all
 * isolates of the site. Before each call of the isolate's store, the function `told` receives the call's
 * number and the method's name.
 */
function isolate(
  site: TestSite,
  told: (call: number, method: string) => Promise<void> | void,
  within: Within = (_, work) => work,
) {
  const { clock, log, publishing } = site.ports
  const opened = openIsolate(watched(d1Store(env.DB, clock, log), told), { clock, log, within })
  const ports = { ...site.ports, ...opened, publishing: { ...publishing, store: opened.store } }
  return async (path: string, init?: RequestInit) => {
    const request = new Request(`${origin}${path}`, init)
    const context = createExecutionContext()
    const response = opened.answers.find(request) ?? (await app.fetch(request, ports, context))
    // The test decodes the body itself because the Workers runtime prints a warning when `text()` is called on
    // an image.
    const body = new TextDecoder().decode(await response.arrayBuffer())
    await waitOnExecutionContext(context)
    return { status: response.status, headers: response.headers, body }
  }
}

const reading = [
  ...['', '/sections/monde', '/tags/ete', '/authors/kim', '/articles/un'].flatMap((path) => [
    path || '/',
    ...formatNames.map((format) => `${path}/feed.${format}`),
  ]),
  '/feed.rss?section=monde&tag=ete',
  ...['/articles/un/share.json', '/feed', '/rss.xml', '/feeds', '/feeds.opml', '/embed/un', '/sitemap.xml'],
  ...['/sitemap-news.xml', '/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fun'],
  ...['/feed.rss?before=1718812800000.1', '/archive/2024/06/1/feed.atom', '/articles/un/feed'],
  '/tags/ete/archive/2024/06/1/feed.atom?section=monde',
  ...['/tags/ete/archive/2024/06/1/feed.json', '/feeds?from=tags%2Fa', '/feeds.opml?from=tags%2Fa'],
  ...['/sitemap-selections.xml', '/sitemap-2024-06-1.xml', '/articles/un/share', '/e/un.html'],
  ...['/articles/un/share.json?networks=x', '/rss?before=1718812800000.1'],
]
/** The addresses of feeds that the test requests as a browser does. */
const viewed = [
  ...[
    '/feed.rss',
    '/tags/ete/feed.atom',
    '/articles/un/feed.json',
    '/feed',
    '/sections/monde/feed',
    '/?feed=rss2',
  ],
  ...['/feed.rss?section=monde&tag=ete', '/feed.rss?before=1718812800000.1', '/rss?after=-999999999999999.0'],
  ...['/archive/2024/06/1/feed.atom', '/tags/ete/archive/2024/06/1/feed.rss'],
  '/tags/ete/archive/2024/06/1/feed.json?section=monde',
]
const person = { 'Sec-Fetch-Dest': 'document', Accept: 'text/html' }

const missing = ['/tags/rien/feed.rss', '/articles/rien', '/articles/rien/feed.json']

/** The addresses whose answers do not need the store; they may read a date from it. */
const needless = [
  '/card.png',
  '/apple-touch-icon.png',
  '/site.webmanifest',
  '/robots.txt',
  '/favicon.ico',
  '/e/v1.js',
  '/e/comments/v1.js',
  '/hub',
]

const headers = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
const article = (title: string) => JSON.stringify({ title, text: 'Corps.' })
const writing: [path: string, init: RequestInit][] = [
  ['/api/articles', { headers }],
  ['/api/articles/un', { headers }],
  ['/api/articles/un', { headers, method: 'PUT', body: article('Corrigé') }],
  ['/api/articles', { headers, method: 'POST', body: article('Neuf') }],
  ['/api/articles/un', { headers, method: 'DELETE' }],
]

async function filled(): Promise<TestSite> {
  const site = await openSite({ COMMENTS: 'off' })
  await site.put('un', { section: 'Monde', tags: ['Été'], authors: ['Kim'] })
  site.wait(2000)
  return site
}

const down = () => {
  throw new Error('D1 is down')
}

describe('a store that fails, where nothing is held', () => {
  const requests: [path: string, init?: RequestInit][] = [
    ...[...reading, ...missing].map((path): [string] => [path]),
    ...viewed.map((path): [string, RequestInit] => [path, { headers: { 'Sec-Fetch-Dest': 'document' } }]),
    ...writing,
  ]
  test.for(requests)('%s: at each of its calls in turn, 503 with Retry-After', async ([path, init]) => {
    const site = await filled()
    let reached = 0
    for (let failing = 1; failing <= 12; failing++) {
      const ask = isolate(site, (call) => {
        if (call !== failing) return
        reached = failing
        down()
      })
      const { status, headers, body } = await ask(path, init)
      if (reached < failing) break
      expect([failing, status]).toEqual([failing, 503])
      expect(headers.get('Retry-After')).toBe('60')
      expect(headers.get('Cache-Control')).toBe('no-store')
      const asPerson = init !== undefined && 'Sec-Fetch-Dest' in (init.headers ?? {})
      expect(headers.get('Content-Type')).toBe(
        asPerson ? 'text/html; charset=utf-8' : 'application/problem+json',
      )
      expect(headers.get('ETag')).toBeNull()
      expect(body).not.toContain('D1')
    }
    expect(reached).toBeGreaterThan(0)
    expect(site.logged).toContain('fault')
  })

  test('an import in bulk says so in its line', async () => {
    const site = await filled()
    const ask = isolate(site, down)
    const { status, body } = await ask('/api/articles', {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'application/x-ndjson' },
      body: `${article('Un')}\n${article('Deux')}\n`,
    })
    expect(status).toBe(200)
    expect(JSON.parse(body)).toMatchObject({ line: 1, status: 503, title: 'Unavailable' })
  })
})

describe('a store that fails, where a copy is held', () => {
  const warm = async (site: TestSite, within?: Within) => {
    let told: (call: number, method: string) => Promise<void> | void = () => {}
    const ask = isolate(site, (call, method) => told(call, method), within)
    const known = new Map<string, Awaited<ReturnType<typeof ask>>>()
    for (const path of reading) known.set(path, await ask(path))
    return {
      ask,
      known,
      fail: (how: typeof told) => {
        told = how
      },
    }
  }

  test.for(reading)('%s: the copy, stale and kept by no cache', async (path) => {
    const site = await filled()
    const { ask, known, fail } = await warm(site)
    fail(down)
    site.wait(45_000)
    const first = known.get(path)
    const { status, headers, body } = await ask(path)
    expect([status, body]).toEqual([200, first?.body])
    expect(headers.get('ETag')).toBe(first?.headers.get('ETag'))
    // Another version may have taken charge meanwhile, and only the version in charge sends dates.
    expect(headers.get('Last-Modified')).toBeNull()
    expect(headers.get('Cache-Control')).toBe('no-store')
    expect(headers.get('Cloudflare-CDN-Cache-Control')).toBe('no-store')
    expect(headers.get('Cache-Status')).toBe('Kiosque; hit; ttl=-45; detail=unconfirmed')
    const again = await ask(path, { headers: { 'If-None-Match': headers.get('ETag') ?? '' } })
    expect([again.status, again.body]).toEqual([304, ''])
    expect(again.headers.get('Cache-Status')).toContain('detail=unconfirmed')
  })

  test.for(viewed)('%s, which a person opens: the page that was shown, and says so', async (path) => {
    const site = await filled()
    const { ask, fail } = await warm(site)
    const { body } = await ask(path, { headers: person })
    fail(down)
    site.wait(45_000)
    for (const query of ['', 'utm_source=x', 'host=lecture.example']) {
      const asked = query && `${path.includes('?') ? '&' : '?'}${query}`
      const again = await ask(path + asked, { headers: person })
      expect([query, again.status]).toEqual([query, 200])
      expect(again.headers.get('Cache-Control'), query).toBe('no-store')
      expect(again.headers.get('Cloudflare-CDN-Cache-Control'), query).toBe('no-store')
      expect(again.headers.get('Cache-Status'), query).toMatch(/^Kiosque; hit; ttl=-\d+; detail=unconfirmed$/)
      if (query === '') expect(again.body, query).toBe(body)
      if (query.startsWith('host')) expect(again.body, query).toContain('Miniflux sur lecture.example')
    }
    site.wait(86_400_000)
    expect((await ask(path, { headers: person })).status).toBe(503)
  })

  test('what readers were given is enough for a page that no person opened yet', async () => {
    const site = await filled()
    const { ask, fail } = await warm(site)
    fail(down)
    site.wait(5000)
    for (const path of [
      '/feed.atom',
      '/tags/ete/feed.rss',
      '/tags/ete',
      '/feed.json?section=monde&tag=ete',
    ]) {
      const { status, body } = await ask(path, { headers: person })
      expect([path, status]).toEqual([path, 200])
      expect(body, path).toContain('Titre de un')
    }
  })

  test('no stale page is shown at or after its `due`', async () => {
    const site = await filled()
    await site.put('un', {
      section: 'Monde',
      tags: ['Été'],
      authors: ['Kim'],
      expires: '2024-06-19T17:00:00Z',
    })
    site.wait(2000)
    const { ask, fail } = await warm(site)
    for (const path of viewed) expect((await ask(path, { headers: person })).status, path).toBe(200)
    fail(down)
    site.at('2024-06-19T16:59:59.999Z')
    for (const path of viewed) expect((await ask(path, { headers: person })).status, path).toBe(200)
    site.at('2024-06-19T17:00:00Z')
    for (const path of viewed)
      expect([path, (await ask(path, { headers: person })).status]).toEqual([path, 503])
  })

  test('a request for a delta gets the stale copy too', async () => {
    const site = await filled()
    const { ask, known, fail } = await warm(site)
    const { headers } = await ask('/feed.rss')
    fail(down)
    site.wait(45_000)
    const base = (headers.get('ETag') ?? '').replace(/"\w+-/, '"1-')
    const asked = forDelta(base)
    const { status, body } = await ask('/feed.rss', { headers: asked })
    expect([status, body]).toEqual([200, known.get('/feed.rss')?.body])
  })

  test('as soon as the store answers again, everything is fresh', async () => {
    const site = await filled()
    const { ask, fail } = await warm(site)
    fail(down)
    site.wait(5000)
    expect((await ask('/feed.rss')).headers.get('Cache-Status')).not.toBeNull()
    fail(() => {})
    site.wait(1000)
    const { headers } = await ask('/feed.rss')
    expect(headers.get('Cache-Status')).toBeNull()
    expect(headers.get('Cache-Control')).toBe(
      'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    )
  })

  test('a name that changed through this isolate is shown as it was by no copy', async () => {
    const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    await site.put('un', { section: 'Monde', tags: ['Été'] })
    await site.put('deux', { tags: ['Hiver'], published: '2024-05-10T00:00:00Z' })
    site.wait(2000)
    let told = () => {}
    const ask = isolate(site, () => told())
    const narrowed = '/tags/hiver/archive/2024/05/1/feed.json?section=monde'
    const before = await ask(narrowed)
    expect([before.status, JSON.parse(before.body).title]).toEqual([200, 'Monde · Hiver — Kiosque'])
    const body = JSON.stringify({ name: 'MONDE' })
    expect((await ask('/api/sections/monde', { method: 'PUT', headers, body })).status).toBe(200)
    told = down
    expect((await ask(narrowed)).status).toBe(503)
    told = () => {}
    expect(JSON.parse((await ask(narrowed)).body).title).toBe('MONDE · Hiver — Kiosque')
  })

  test('no stale copy is given at or after its `due`, nor after a day', async () => {
    const site = await filled()
    await site.put('un', { section: 'Monde', expires: '2024-06-19T17:00:00Z' })
    site.wait(2000)
    const { ask, fail } = await warm(site)
    fail(down)
    site.at('2024-06-19T16:59:59.999Z')
    expect((await ask('/feed.rss')).status).toBe(200)
    site.at('2024-06-19T17:00:00Z')
    for (const path of ['/feed.rss', '/articles/un', '/sections/monde/feed.json']) {
      expect([path, (await ask(path)).status]).toEqual([path, 503])
    }
    const other = await filled()
    other.at('2024-06-21T00:00:00Z')
    await other.put('deux', {})
    const later = await warm(other)
    later.fail(down)
    other.wait(86_400_000)
    expect((await later.ask('/feed.rss')).status).toBe(200)
    other.wait(1000)
    expect((await later.ask('/feed.rss')).status).toBe(503)
  })

  test('a failed save leaves the copies to be shown as stale, and no other', async () => {
    const site = await filled()
    const { ask, fail } = await warm(site)
    fail((_, method) => {
      if (method === 'save') down()
    })
    expect((await ask(...(writing[2] as [string, RequestInit]))).status).toBe(503)
    fail(down)
    const { status, headers } = await ask('/feed.rss')
    expect([status, headers.get('Cache-Control')]).toEqual([200, 'no-store'])
  })

  test('while one request reads the store again, other requests use the copy in memory, up to a second old', async () => {
    const site = await filled()
    const { ask, known, fail } = await warm(site)
    let answerNow = () => {}
    let calls = 0
    fail(() => {
      calls++
      return new Promise<void>((resolve) => {
        answerNow = resolve
      })
    })
    site.wait(700)
    const first = ask('/feed.rss')
    for (const wait of [0, 299]) {
      site.wait(wait)
      const { status, body, headers } = await ask('/feed.rss')
      expect([status, body, headers.get('Cache-Status')]).toEqual([200, known.get('/feed.rss')?.body, null])
    }
    site.wait(1)
    expect((await ask('/feed.rss')).headers.get('Cache-Status')).toContain('ttl=-1;')
    answerNow()
    expect((await first).headers.get('Cache-Status')).toBeNull()
    expect(calls).toBe(1)
  })

  test('a slow store: one request waits for its deadline, the others get the copy at once', async () => {
    const site = await filled()
    const deadlines: ((fault: Error) => void)[] = []
    const within: Within = (milliseconds, work) =>
      milliseconds > 1000
        ? work
        : new Promise((resolve, reject) => {
            deadlines.push(reject)
            work.then(resolve, reject)
          })
    const { ask, known, fail } = await warm(site, within)
    let calls = 0
    fail(() => {
      calls++
      return new Promise(() => {})
    })
    site.wait(5000)
    const first = ask('/feed.rss')
    for (let at = 0; at < 3; at++) {
      const { status, body, headers } = await ask('/feed.rss')
      expect([status, body]).toEqual([200, known.get('/feed.rss')?.body])
      expect(headers.get('Cache-Status')).toBe('Kiosque; hit; ttl=-5; detail=unconfirmed')
    }
    site.wait(1000)
    for (const late of deadlines) late(new Error('late'))
    const { status, headers } = await first
    expect([status, headers.get('Cache-Status')]).toEqual([200, 'Kiosque; hit; ttl=-6; detail=unconfirmed'])
    expect(calls).toBe(1)
  })
})

describe('the whole Worker, where the database is down', () => {
  const dead = new Proxy(env.DB, { get: () => down })
  const form = { method: 'POST', headers: { 'Content-Type': 'application/x-www-form-urlencoded' } }
  const topic = encodeURIComponent('https://kiosque.example/feed.rss')
  const subscribing = `hub.mode=subscribe&hub.topic=${topic}&hub.callback=https%3A%2F%2Freader.example%2Fa`
  const requests: [path: string, init?: RequestInit][] = [
    ...[
      ...reading,
      ...missing,
      '/s/22222222222',
      '/s/22222222222.email',
      '/qr/22222222222.svg',
      '/e/un.html',
    ].map((path): [string] => [path]),
    ...viewed.map((path): [string, RequestInit] => [path, { headers: person }]),
    ...['/sitemap-1.xml', ...needless].map((path): [string] => [path]),
    ...writing,
    ['/api/paths', { headers }],
    ['/api/sections/monde', { headers, method: 'PUT', body: '{"name":"Planète"}' }],
    ['/hub', { ...form, body: subscribing }],
  ]
  test.for(requests)('%s does not answer 500', async ([path, init]) => {
    const environment = { ...env, DB: dead, API_TOKENS: `tests:admin:${await hashOf(token)}` } as Env
    const context = createExecutionContext()
    const request = new Request(`${origin}${path}`, init) as Parameters<typeof worker.fetch>[0]
    const response = await worker.fetch(request, environment, context)
    const body = new TextDecoder().decode(await response.arrayBuffer())
    expect([200, 404, 503]).toContain(response.status)
    if (response.status !== 503) return expect(needless).toContain(path)
    expect(response.headers.get('Retry-After')).toBe('60')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(body).not.toContain('D1')
  })
})
