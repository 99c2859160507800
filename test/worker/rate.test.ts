import { describe, expect, test } from 'vitest'
import { networkOf } from '../../src/http/network.ts'
import { createRateLimit } from '../../src/memory/rate.ts'
import { openSite, type TestSite } from './site.ts'

/**
 * A rate limit like Cloudflare's: it allows at most `most` requests with the same key in a minute. The minute
 * starts with the key's first request.
 */
function limitOf(most: number, clock: () => number) {
  const windows = new Map<string, { began: number; count: number }>()
  let asked = 0
  return {
    asked: () => asked,
    limit: async (key: string) => {
      asked++
      const known = windows.get(key)
      const window = known && clock() < known.began + 60_000 ? known : { began: clock(), count: 0 }
      windows.set(key, window)
      return ++window.count <= most
    },
  }
}

async function limitedSite(): Promise<TestSite & { asked: () => number }> {
  const site = await openSite()
  await site.put('un', { section: 'Monde', tags: ['Été'] })
  site.at('2024-06-19T17:00:00Z')
  const { asked, limit } = limitOf(100, site.ports.clock)
  site.ports.mayAsk = createRateLimit(site.ports.clock, limit, 1)
  return { ...site, asked }
}

const reader = { 'CF-Connecting-IP': '192.0.2.7' }

describe('rate limits', () => {
  test.for([
    ['192.0.2.7', 'HEAD', true],
    ['127.0.0.1', 'GET', false],
    ['::1', 'GET', false],
  ] as const)('three hundred at once from %s by %s', async ([address, method, refused]) => {
    const site = await limitedSite()
    const statuses = new Set<number>()
    for (let at = 0; at < 300; at++) {
      statuses.add((await site.get(`/feed.rss?_=${at}`, { 'CF-Connecting-IP': address }, method)).status)
    }
    expect(statuses.has(429)).toBe(refused)
  })

  const minute = 60_000
  const rows: [
    who: string,
    times: number,
    every: number,
    path: (at: number) => string,
    headers: Record<string, string>,
    refused: (count: number) => boolean,
  ][] = [
    ['a reader, each quarter of an hour', 20, 15 * minute, () => '/feed.rss', {}, (count) => count === 0],
    ['three at once, at subscription', 3, 1, () => '/feed.rss', {}, (count) => count === 0],
    [
      'the three formats and the page',
      4,
      200,
      (at) => ['/', '/feed.rss', '/feed.atom', '/feed.json'][at] as string,
      {},
      (count) => count === 0,
    ],
    [
      'an impatient reader, each five seconds for an hour',
      720,
      5000,
      () => '/feed.rss',
      {},
      (count) => count === 0,
    ],
    [
      'one a second, with a query against caches',
      60,
      1000,
      (at) => `/feed.rss?_=${at}`,
      {},
      (count) => count === 0,
    ],
    [
      'a hundred a second of a held feed: memory answers most',
      6000,
      10,
      () => '/feed.rss',
      {},
      (count) => count === 0,
    ],
    [
      'ten a second, past the memory: abuse',
      600,
      100,
      (at) => `/feed.rss?_=${at}`,
      {},
      (count) => count > 400,
    ],
    [
      'ten a second, past the memory, with a tag',
      600,
      100,
      (at) => `/feed.rss?_=${at}`,
      { 'If-None-Match': '*' },
      (count) => count > 400,
    ],
    [
      'ten a second, each with one slash more at the end',
      600,
      100,
      (at) => `/feed.rss${'/'.repeat(1 + at)}`,
      {},
      (count) => count > 400,
    ],
    [
      'a reader that follows the redirect of a slash, each five seconds',
      720,
      5000,
      (at) => `/feed.rss${at % 2 === 0 ? '/' : ''}`,
      {},
      (count) => count === 0,
    ],
    [
      'an aggregator that reads a thousand feeds in a minute',
      1000,
      60,
      (at) => `/feed.rss?tag=t${at}`,
      {},
      (count) => count === 0,
    ],
    [
      'thirty pages a second, wherever they are: abuse',
      1300,
      30,
      (at) => `/feed.rss?before=${9e12 + 7 * at}.1`,
      {},
      (count) => count > 50,
    ],
    ['a walk back to the newest', 200, 100, (at) => `/feed.rss?after=${at}`, {}, (count) => count === 0],
    [
      'a site that embeds two hundred articles',
      200,
      100,
      (at) => `/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2F${at}`,
      {},
      (count) => count === 0,
    ],
    ['a walk through the pages', 200, 100, (at) => `/feed.rss?before=${at}`, {}, (count) => count === 0],
  ]
  test.for(rows)('%s', async ([, times, every, path, headers, refused]) => {
    const site = await limitedSite()
    let count = 0
    for (let at = 0; at < times; at++) {
      const response = await site.get(path(at), { ...reader, ...headers })
      if (response.status === 429) count++
      site.wait(every)
    }
    expect([count, refused(count)]).toEqual([count, true])
  })

  test('no request of a feed reader counts against the rate limit', async () => {
    const site = await limitedSite()
    for (let at = 0; at < 20; at++) {
      await site.get('/feed.rss', reader)
      site.wait(3000)
    }
    expect(site.asked()).toBe(0)
  })

  test('429 is small, says how long to wait, and no cache keeps it; others are served', async () => {
    const site = await limitedSite()
    for (let at = 0; at < 120; at++) await site.get(`/feed.rss?_=${at}`, reader)
    const response = await site.get('/feed.rss?_=x', reader)
    expect(response.status).toBe(429)
    expect(response.headers.get('Retry-After')).toBe('900')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect((await response.text()).length).toBeLessThan(300)
    await site.get('/feed.rss', { 'CF-Connecting-IP': '192.0.2.9' })
    // An answer from memory does not count against the rate limit. Therefore a feed in memory is answered with
    // 200 although the limit is reached.
    expect((await site.get('/feed.rss', reader)).status).toBe(200)
    expect((await site.get('/feed.atom?_=x', reader)).status).toBe(200)
    expect((await site.get('/feed.rss?_=x', { 'CF-Connecting-IP': '192.0.2.8' })).status).toBe(200)
    site.wait(60_000)
    expect((await site.get('/feed.rss?_=x', reader)).status).toBe(200)
  })

  test('a local run counts nobody', async () => {
    const site = await limitedSite()
    for (const headers of [{}, { 'CF-Connecting-IP': '127.0.0.1' }, { 'CF-Connecting-IP': '::1' }]) {
      for (let at = 0; at < 90; at++) {
        const { status } = await site.get(`/feed.rss?_=${at}`, headers as Record<string, string>)
        expect(status, `${JSON.stringify(headers)}, request ${at}`).toBe(200)
      }
    }
  })
})

test.for([
  ['192.0.2.7', '192.0.2.7'],
  ['2001:db8:1:2:3:4:5:6', '2001:db8:1:2'],
  ['2001:db8:1:2:ffff:4:5:6', '2001:db8:1:2'],
  ['2001:db8::1', '2001:db8:0:0'],
  ['2001:db8:1:2::', '2001:db8:1:2'],
  ['::1', '0:0:0:0'],
])('%s is of the network %s', ([address = '', network]) => {
  expect(networkOf(address)).toBe(network)
})
