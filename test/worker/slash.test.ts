import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { storeFault } from '../../src/domain/fault.ts'
import { hashOf } from '../../src/http/token.ts'
import { openHub } from './hub-site.ts'
import { addresses, un } from './public-routes.ts'
import { openSite, token } from './site.ts'

const origin = 'https://kiosque.example'

/** The path of an address with slashes at its end; a query stays behind it. */
const slashed = (address: string, slashes = '/'): string => address.replace(/(?=\?|$)/, slashes)

/** The addresses without a slash for which the one with a slash is an address of its own, as on WordPress sites. */
const own = addresses.filter((address) => addresses.includes(slashed(address)))
const others = addresses.filter((address) => !address.endsWith('/') && !own.includes(address))

async function open() {
  const site = await openHub({ COMMENTS: 'off' })
  await site.put('un', un)
  site.wait(2000)
  return site
}

const redirectIn = ({ status, headers }: Response) => [status, headers.get('Location')]

describe('an address with a slash at its end', () => {
  test.for(others)('redirects to %s, and keeps the query', async (address) => {
    const site = await open()
    for (const method of ['GET', 'HEAD']) {
      for (const path of [slashed(address), slashed(address, '///')]) {
        const response = await site.get(path, {}, method)
        expect([path, method, ...redirectIn(response)]).toEqual([path, method, 301, origin + address])
        expect([path, response.headers.get('Cache-Control')]).toEqual([path, 'no-store'])
        expect([path, await response.text()]).toEqual([path, ''])
      }
      const query = address.includes('?') ? '&utm_source=x%20y' : '?utm_source=x%20y'
      expect([method, ...redirectIn(await site.get(slashed(address) + query, {}, method))]).toEqual([
        method,
        301,
        origin + address + query,
      ])
    }
  })

  test('redirects whatever the request says about copies and media types', async () => {
    const site = await open()
    for (const headers of [
      { 'If-None-Match': '*' },
      { 'If-Modified-Since': 'Tue, 01 Jan 2030 00:00:00 GMT' },
      { 'Sec-Fetch-Dest': 'document', Accept: 'text/html' },
      { 'A-IM': 'feed' },
    ] as Record<string, string>[]) {
      for (const path of ['/articles/un', '/feed.rss', '/tags/ete/feed.atom']) {
        const got = redirectIn(await site.get(`${path}/`, headers))
        expect([path, headers, ...got]).toEqual([path, headers, 301, origin + path])
      }
    }
  })

  test.for(own)('at %s, where both exist, both answer', async (address) => {
    const site = await open()
    const got = [await site.get(address), await site.get(slashed(address))]
    expect(got.map(({ status }) => status)).toEqual([200, 200])
  })

  const unknown = [
    ...[
      '/rien/',
      '/articles/',
      '/articles/inconnu/',
      '/articles/inconnu/feed.rss/',
      '/sections/',
      '/tags/rien/',
    ],
    ...['/feed.csv/', '/archive/2024/', '/archive/2024/06/9/feed.rss/', '/media/rien.jpg/', '/s/inconnu/'],
    ...['/articles/un%2F', '/articles/un%2F/', '/articles//un/', '//articles/un/'],
    ...['//evil.example/', '///evil.example//', '/\\evil.example/', '/%2Fevil.example/', '/%5Cevil.example/'],
    ...['//evil.example/articles/un/', '/https://evil.example/', '/.wrangler/'],
  ]
  test.for(unknown)('is 404 as the one without: %s', async (path) => {
    const site = await open()
    const { status, headers } = await site.get(path)
    expect([status, headers.get('Cache-Control'), headers.get('Location')]).toEqual([404, 'no-store', null])
  })

  test('is 410 where the article was withdrawn, and a person gets a page', async () => {
    const site = await open()
    await site.call('DELETE', '/api/articles/un')
    expect((await site.get('/articles/un/')).status).toBe(410)
    const page = await site.get('/articles/un/', { 'Sec-Fetch-Dest': 'document' })
    expect([page.status, page.headers.get('Content-Type')]).toEqual([410, 'text/html; charset=utf-8'])
    expect(await page.text()).toContain('<h1>')
  })

  test('the home page with more slashes is the home page', async () => {
    const site = await open()
    for (const path of ['//', '///?feed=atom']) {
      const present = `${origin}/${path.replace(/^\/+/, '')}`
      expect([path, ...redirectIn(await site.get(path))]).toEqual([path, 301, present])
    }
  })

  test('leads from a former name to the present one in one step', async () => {
    const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    await site.put('un', un)
    await site.put('neuf', un)
    await site.call('PUT', '/api/sections/monde', { name: 'Planète' })
    site.wait(2000)
    const moves = [
      ['/articles/un/', '/articles/neuf'],
      ['/articles/un/feed.atom/?x=1', '/articles/neuf/feed.atom?x=1'],
      ['/articles/un/share//', '/articles/neuf/share'],
      ['/embed/un/', '/embed/neuf'],
      ['/sections/monde/', '/sections/planete'],
      ['/sections/monde/feed.rss/?raw', '/sections/planete/feed.rss?raw'],
      ['/feed.json/?section=monde&tag=ete', '/feed.json?section=planete&tag=ete'],
    ]
    for (const [former = '', present] of moves) {
      expect([former, ...redirectIn(await site.get(former))]).toEqual([former, 301, origin + present])
    }
  })

  test.for(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])('%s is not redirected', async (method) => {
    const site = await open()
    for (const path of ['/articles/un/', '/hub/', '/feed.rss/']) {
      expect([path, (await site.get(path, {}, method)).status]).toEqual([path, 404])
    }
  })

  test('of the API is 404', async () => {
    const site = await open()
    expect((await site.call('GET', '/api/articles/un/')).status).toBe(404)
  })

  test('is logged once if the store fails', async () => {
    const site = await open()
    const lines: string[] = []
    const heads = () => Promise.reject(storeFault('heads', new Error('D1 is down')))
    const ports = {
      ...site.ports,
      store: { ...site.ports.store, heads },
      log: (event: string) => void (event === 'request' && lines.push(event)),
    }
    const response = await app.fetch(new Request(`${origin}/feed.rss/`), ports)
    expect([response.status, lines]).toEqual([503, ['request']])
  })

  test('is logged and counted once, and counts no visit of a short link', async () => {
    const site = await open()
    const asked: string[] = []
    const counted: object[] = []
    const ports = {
      ...site.ports,
      mayAsk: async (_: string, address: string) => asked.push(address) > 0,
      gather: (visit: object) => void counted.push(visit),
      isSampled: () => true,
    }
    const { short } = (await (await site.get('/articles/un/share.json')).json()) as { short: string }
    const [path, before] = [`${new URL(short).pathname}.email/`, site.logged.length]
    const headers = { 'CF-Connecting-IP': '203.0.113.7', 'User-Agent': 'Mozilla/5.0 Firefox/140.0' }
    const response = await app.fetch(new Request(origin + path, { headers }), ports)
    expect(redirectIn(response)).toEqual([301, `${short}.email`])
    expect([asked.map((one) => one.trim()), counted]).toEqual([[path.slice(0, -1)], []])
    expect(site.logged.slice(before)).toEqual([])
  })
})
