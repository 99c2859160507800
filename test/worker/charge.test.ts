import { createExecutionContext, createScheduledController } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test } from 'vitest'
import worker from '../../src/index.ts'
import { allowChangeSql } from '../../src/store/charge.ts'
import { openSite } from './site.ts'

const minute = 60_000
const headersOf = async (response: Promise<Response>) => {
  const { status, headers } = await response
  return { status, etag: headers.get('ETag'), date: headers.get('Last-Modified') }
}

/** A site with one article, and the same site as another version of the Worker serves it, both an hour later. */
async function twoVersions() {
  const site = await openSite()
  await site.put('un')
  const other = await openSite({ SITE_TITLE: 'Autre' }, 'e2e2e2e2')
  for (const one of [site, other]) one.wait(60 * minute)
  return { site, other }
}

const addresses = [
  '/feed.rss',
  '/articles/un',
  '/',
  '/sitemap.xml',
  '/sections/actualites/feed.json',
  '/feeds',
]

test.for(addresses)(
  '%s: only the version in charge sends and compares dates; both compare ETags',
  async (address) => {
    const { site, other } = await twoVersions()
    for (const one of [site, other]) await one.put('deux', { section: 'Actualités' })
    for (const one of [site, other]) one.wait(minute)
    const later = { 'If-Modified-Since': 'Fri, 01 Jan 2100 00:00:00 GMT' }
    const [dated, undated] = [await headersOf(site.get(address)), await headersOf(other.get(address))]
    expect([dated.date, undated.date]).toEqual([expect.any(String), null])
    expect((await site.get(address, { 'If-Modified-Since': dated.date ?? '' })).status).toBe(304)
    expect((await other.get(address, later)).status).toBe(200)
    expect((await other.get(address, { ...later, 'If-None-Match': undated.etag ?? '' })).status).toBe(304)
  },
)

test('the edge keeps the answers of both versions', async () => {
  const { site, other } = await twoVersions()
  for (const [name, one] of Object.entries({ site, other })) {
    const { headers } = await one.get('/feed.rss')
    expect(headers.get('Cloudflare-CDN-Cache-Control'), name).toMatch(/^public, max-age=300/)
    expect(headers.get('Cache-Tag'), name).toBeTruthy()
  }
})

test('a read changes nothing while another version is in charge', async () => {
  const { other } = await twoVersions()
  const row = () => env.DB.prepare('SELECT * FROM site').first()
  const before = await row()
  for (const address of addresses) await other.get(address)
  expect(await row()).toEqual(before)
})

test('after a version takes charge, answers have no date and the edge keeps no copy for two seconds', async () => {
  const { site, other } = await twoVersions()
  expect(await other.ports.store.takeCharge('e2e2e2e2')).toBe(true)
  const answer = await other.get('/feed.rss')
  expect(answer.headers.get('Last-Modified')).toBeNull()
  expect(answer.headers.get('Cloudflare-CDN-Cache-Control')).toBe('no-store')
  for (const one of [site, other]) one.wait(2000)
  expect((await headersOf(other.get('/feed.rss'))).date).toBe('Wed, 19 Jun 2024 17:00:02 GMT')
  expect((await headersOf(site.get('/feed.rss'))).date).toBeNull()
})

test('after a deployment, the next cron run of the new version takes charge, even while the former version runs cron', async () => {
  const { site, other } = await twoVersions()
  const charge = async (one: typeof site) =>
    one.ports.store.takeCharge(one === site ? '5e5e5e5e' : 'e2e2e2e2')
  await charge(site) // The former version has taken charge at this instant.
  expect(await charge(other), 'within a minute').toBe(false)
  await env.DB.prepare(allowChangeSql).run() // This is what `npm run deploy` does.
  expect(await charge(site), 'the former version is in charge already').toBe(false)
  expect(await charge(other), 'the new version').toBe(true)
  expect(await charge(site), 'the former version, within a minute').toBe(false)
  for (const one of [site, other]) one.wait(minute)
  expect(await charge(site), 'the former version, a minute later').toBe(true)
})

test('cron puts its version in charge', async () => {
  await openSite({}, 'e2e2e2e2', Date.now() - 60 * minute)
  await worker.scheduled(createScheduledController(), env, createExecutionContext())
  const site = await env.DB.prepare('SELECT digest, charged FROM site').first<{
    digest: string
    charged: number
  }>()
  expect(site?.digest).toMatch(/^[0-9a-f]{8}$/)
  expect(site?.digest).not.toBe('e2e2e2e2')
})

test('a version that another has replaced sends no date from an old head in memory', async () => {
  const { site, other } = await twoVersions()
  await site.get('/feed.json')
  for (const one of [site, other]) one.wait(10 * minute)
  await other.ports.store.takeCharge('e2e2e2e2')
  for (const one of [site, other]) one.wait(minute)
  const date = (await headersOf(other.get('/feed.json'))).date ?? ''
  const answers = await Promise.all([
    headersOf(site.get('/feed.json')),
    headersOf(site.get('/feed.json', { 'If-Modified-Since': date })),
  ])
  expect(answers.map((answer) => [answer.status, answer.date])).toEqual([
    [200, null],
    [200, null],
  ])
})

test('an import after a change of the version in charge moves no date ahead of the clock', async () => {
  const { other } = await twoVersions()
  await other.ports.store.takeCharge('e2e2e2e2')
  for (let save = 0; save < 40; save++) {
    other.wait(100)
    await other.put(`a${save}`)
  }
  const row = await env.DB.prepare("SELECT revised FROM selection WHERE path = ''").first<{
    revised: number
  }>()
  expect(row?.revised).toBeLessThanOrEqual(other.ports.clock() + 1000)
})

test('after the clock went back behind `since`, neither a save nor a release reuses a date', async () => {
  for (const change of [{}, { embargo: true }]) {
    const { other } = await twoVersions()
    other.wait(minute)
    await other.ports.store.takeCharge('e2e2e2e2')
    other.wait(3000)
    const date = (await headersOf(other.get('/feed.rss'))).date ?? ''
    expect(date, JSON.stringify(change)).not.toBe('')
    other.wait(-4000)
    const embargo = new Date(Math.ceil(other.ports.clock() / 1000) * 1000).toISOString()
    await other.put(`neuf-${Object.keys(change).length}`, 'embargo' in change ? { embargo } : {})
    other.wait(6000)
    expect((await other.get('/feed.rss', { 'If-Modified-Since': date })).status, JSON.stringify(change)).toBe(
      200,
    )
  }
})

test('a version that takes charge has later dates than the last save, even if its clock is behind', async () => {
  const { site, other } = await twoVersions()
  await env.DB.prepare('UPDATE selection SET revised = ?1')
    .bind(Math.ceil(site.ports.clock() / 1000) * 1000)
    .run()
  site.wait(1000)
  const date = (await headersOf(site.get('/feed.rss'))).date ?? ''
  other.wait(-5000)
  await other.ports.store.takeCharge('e2e2e2e2')
  other.wait(9000)
  expect((await other.get('/feed.rss', { 'If-Modified-Since': date })).status).toBe(200)
})

test('an import during which embargoes end moves no date ahead of the clock', async () => {
  const { site } = await twoVersions()
  for (let save = 0; save < 40; save++) {
    const embargo = new Date(site.ports.clock() + 150).toISOString()
    await site.put(`a${save}`, save % 4 === 0 ? { embargo } : {})
    site.wait(100)
    await site.get('/feed.rss')
  }
  const row = await env.DB.prepare("SELECT revised FROM selection WHERE path = ''").first<{
    revised: number
  }>()
  expect(row?.revised).toBeLessThanOrEqual(site.ports.clock() + 1000)
})
