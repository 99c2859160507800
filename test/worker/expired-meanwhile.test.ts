import { expect, test } from 'vitest'
import { isolateOf } from './isolate.ts'
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
