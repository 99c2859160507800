import { expect, test } from 'vitest'
import { isolateOf } from './isolate.ts'
import { type Interrupted, openInterrupted } from './meanwhile.ts'
import { refuseWrites } from './refused-writes.ts'
import { openSite } from './site.ts'

const placed = { section: 'Monde', tags: ['Été'], authors: ['Kim'], published: '2024-06-19T09:00:00Z' }
const expires = '2024-06-19T16:00:06Z'

/** Addresses whose content is read from the store while the isolate holds the head. */
const addresses = [
  ...['/', '/sections/monde', '/feed.rss', '/tags/ete/feed.atom', '/authors/kim/feed.json'],
  ...[
    '/feed.rss?section=monde&tag=ete',
    '/feed.json?before=1718874000000.9',
    '/tags/ete/feed.rss?after=1000.1',
  ],
  ...['/archive/2024/06/1/feed.atom', '/tags/ete/archive/2024/06/1/feed.rss?section=monde'],
  ...['/sitemap-2024-06-1.xml', '/sitemap-news.xml'],
]

/** Checks that the interrupted answer has no validators, and shows the article that stays but not the expired one. */
async function expectWithoutExpired(isolate: Interrupted, path: string): Promise<void> {
  const { status, etag, body } = await isolate.ask(path)
  expect(isolate.isDone()).toBe(true)
  const shown = ['/articles/un', '/articles/bref'].map((address) => body.includes(address))
  expect([status, etag, ...shown]).toEqual([200, null, true, false])
}

test.for(addresses)(
  'an article that was saved and expired since the head was read is not in %s',
  async (path) => {
    const site = await openSite()
    await site.put('un', placed)
    site.at('2024-06-19T16:00:05.800Z')
    const [before, after] = [isolateOf(site), isolateOf(site)]
    for (const get of [before, after])
      expect((await get(path, { 'If-None-Match': '*' })).status, path).toBe(304)
    await site.put('bref', { ...placed, expires })
    site.wait(100)
    const shown = await before(path)
    expect([shown.headers.get('ETag'), (await shown.text()).includes('/articles/bref')]).toEqual([null, true])
    site.wait(200)
    const hidden = await after(path)
    expect([hidden.headers.get('ETag'), (await hidden.text()).includes('/articles/bref')]).toEqual([
      null,
      false,
    ])
  },
)

test.for(addresses)(
  'an article that expires between the read of the head and of the content is not in %s',
  async (path) => {
    const site = await openSite()
    await site.put('un', placed)
    await site.put('bref', { ...placed, expires })
    site.at('2024-06-19T16:00:05.800Z')
    const isolate = openInterrupted(site)
    expect((await isolate.ask(path, { 'If-None-Match': '*' })).status, path).toBe(304)
    isolate.interrupt(1, async () => site.wait(300))
    await expectWithoutExpired(isolate, path)
  },
)

test.for(addresses)('an article that expires while a release fails is not in %s', async (path) => {
  const site = await openSite()
  await site.put('un', placed)
  await site.put('court', { ...placed, expires: '2024-06-19T16:00:05Z' })
  await site.put('bref', { ...placed, expires })
  site.at('2024-06-19T16:00:05.800Z')
  const allow = await refuseWrites(['UPDATE of site'])
  const isolate = openInterrupted(site)
  // The read of the head, the search for due changes, and the release, which fails.
  isolate.interrupt(3, async () => site.wait(300))
  await expectWithoutExpired(isolate, path)
  await allow()
})
