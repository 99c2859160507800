import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { forDelta } from '../readers.ts'
import { keepRows } from './database.ts'
import { callback, openHub } from './hub-site.ts'
import { openSite, slugsIn, token } from './site.ts'

const minute = 60_000
const settings = async () => ({ API_TOKENS: `tests:admin:${await hashOf(token)}`, FEED_LENGTH: '5' })

/** What an operator does, or forgets to do, after a restore of the database. */
const ways = [
  ['with the command', true],
  ['without the command', false],
] as const

const tagOf = (response: Response): string => response.headers.get('ETag') ?? ''
const dateOf = (response: Response): string => response.headers.get('Last-Modified') ?? ''

/** A site with five articles, whose database was restored to the time before the article `perdu` was saved. */
async function restoredSite(runs: boolean) {
  const site = await openSite(await settings())
  for (let at = 1; at <= 5; at++) {
    await site.put(`a${at}`, { published: `2024-05-0${at}T00:00:00Z`, section: 'Monde', tags: ['Été'] })
  }
  site.wait(minute)
  const goBack = await keepRows()
  await site.put('perdu', { section: 'Monde', tags: ['Été'] })
  await site.put('a5', {
    published: '2024-05-05T00:00:00Z',
    section: 'Monde',
    tags: ['Été'],
    note: 'Corrigé.',
  })
  site.wait(minute)
  const held = new Map<string, Response>()
  for (const address of addresses) held.set(address, await site.get(address))
  await goBack()
  site.wait(minute)
  if (runs) expect((await site.call('POST', '/api/restored')).status).toBe(200)
  site.wait(minute)
  return { site, held }
}

const archive = '/archive/2024/05/1/feed.atom'
const addresses = [
  '/feed.rss',
  '/feed.atom?before=1719000000000.9',
  '/sections/monde/feed.json',
  '/feed.atom?section=monde&tag=ete',
  '/articles/a5',
  '/',
  '/sitemap.xml',
  archive,
  `${archive}?section=monde`,
]

describe('a reader who holds a lost future', () => {
  test.for(addresses.flatMap((address) => ways.map(([way, runs]) => ({ address, way, runs }))))(
    '$address, $way: by date',
    async ({ address, runs }) => {
      const { site, held } = await restoredSite(runs)
      const known = held.get(address) as Response
      expect(dateOf(known)).not.toBe('')
      const answer = await site.get(address, { 'If-Modified-Since': dateOf(known) })
      expect(answer.status).toBe(runs ? 200 : 304)
    },
  )

  test.for(addresses)('%s: by ETag, gets the present content in any case', async (address) => {
    const { site, held } = await restoredSite(false)
    const known = held.get(address) as Response
    expect((await site.get(address, { 'If-None-Match': tagOf(known) })).status).toBe(200)
  })

  test.for(ways)('%s: by delta', async ([, runs]) => {
    const { site, held } = await restoredSite(runs)
    const known = tagOf(held.get('/sections/monde/feed.json') as Response)
    await site.put('neuf', { section: 'Monde' })
    const delta = await site.get('/sections/monde/feed.json', forDelta(known))
    expect(delta.status).toBe(runs ? 200 : 226)
    // The delta lacks the restored text of a5, and does not say that "perdu" is gone.
    expect(await slugsIn(delta)).toEqual(runs ? ['neuf', 'a5', 'a4', 'a3', 'a2'] : ['neuf'])
  })

  test.for(ways)('%s: as a subscriber', async ([, runs]) => {
    const site = await openHub(await settings())
    await site.put('avant', { section: 'Monde' })
    const feeds = ['/feed.atom', '/sections/monde/feed.json', '/sections/monde/feed.rss']
    await site.put('autre', { section: 'Sport' })
    for (const [at, feed] of feeds.entries()) await site.subscribe(feed, `${callback}&at=${at}`)
    await site.sweep()
    const goBack = await keepRows()
    site.wait(minute)
    await site.put('perdu', { section: 'Monde' })
    await site.sweep()
    expect(site.deliveries().length).toBeGreaterThanOrEqual(feeds.length)
    await goBack()
    site.calls.length = 0
    site.wait(minute)
    if (runs) await site.call('POST', '/api/restored')
    await site.sweep()
    const bodies = site.deliveries().map(({ body }) => new TextDecoder().decode(body))
    expect(bodies).toHaveLength(runs ? feeds.length : 0)
    for (const body of bodies) expect(body).not.toContain('perdu')
    site.calls.length = 0
    await site.sweep()
    expect(site.deliveries()).toEqual([])
  })
})

describe('the call that follows a restore', () => {
  test('marks everything at the edge stale, and is harmless when repeated', async () => {
    const site = await openSite(await settings())
    await site.put('un')
    site.wait(minute)
    site.invalidated.length = 0
    const revisions: number[] = []
    for (let time = 0; time < 2; time++) {
      const answer = (await (await site.call('POST', '/api/restored')).json()) as { revision: number }
      revisions.push(answer.revision)
      expect(site.invalidated.splice(0)).toEqual(['all'])
    }
    expect(revisions[1]).toBeGreaterThan(revisions[0] ?? 0)
    site.wait(minute)
    const feed = await site.get('/feed.rss')
    expect((await site.get('/feed.rss', { 'If-None-Match': tagOf(feed) })).status).toBe(304)
    expect((await site.get('/feed.rss', { 'If-Modified-Since': dateOf(feed) })).status).toBe(304)
  })

  test('is possible although a row of a subscription is bad', async () => {
    const site = await openHub(await settings())
    await site.put('un', { section: 'Monde' })
    await site.subscribe('/feed.atom')
    await site.subscribe('/sections/monde/feed.rss', `${callback}&at=2`)
    await site.sweep()
    site.calls.length = 0
    await env.DB.prepare("UPDATE topic SET others = '{' WHERE path <> ''").run()
    site.wait(minute)
    expect((await site.call('POST', '/api/restored')).status).toBe(200)
    await site.sweep()
    expect(site.deliveries()).toHaveLength(2)
  })

  test('needs the scope admin', async () => {
    const site = await openSite()
    expect((await site.call('POST', '/api/restored')).status).toBe(403)
  })
})

test('no subscription gets a number that a subscription had in the lost future', async () => {
  const site = await openHub(await settings())
  await site.subscribe('/feed.json', 'https://a.example/')
  const goBack = await keepRows()
  await site.subscribe('/feed.json', 'https://lost.example/')
  await site.subscribe('/feed.json', 'https://also-lost.example/')
  const numbers = async () =>
    (await site.hub.subscriptions.subscriptions('feed.json')).map(({ number }) => number)
  const before = await numbers()
  await goBack()
  expect((await site.call('POST', '/api/restored')).status).toBe(200)
  await site.subscribe('/feed.json', 'https://later.example/')
  expect((await numbers()).filter((number) => before.includes(number))).toEqual([before[0]])
})
