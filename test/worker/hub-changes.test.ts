import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { deliveryClaimMilliseconds } from '../../src/store/hub/deliveries.ts'
import { rename } from '../../src/write/rename.ts'
import { callback, type HubSite, openHub, textOf } from './hub-site.ts'

const noon = '2024-06-20T12:00:00Z'

/**
 * The addresses of the feeds that the hub has delivered since the last call of this function. The function
 * reads them from the deliveries' Link headers.
 */
function delivered(site: HubSite): string[] {
  const selves = site
    .deliveries()
    .map(({ headers }) => /<https:\/\/kiosque\.example([^>]+)>/.exec(headers?.Link ?? ''))
  site.calls.length = 0
  return selves.map((match) => match?.[1] ?? '').sort()
}

const feeds = [
  '/feed.rss',
  '/feed.atom',
  '/feed.json',
  '/sections/monde/feed.rss',
  '/tags/sommet/feed.atom',
  '/authors/kim/feed.json',
  '/articles/un/feed.rss',
  '/feed.rss?section=monde&tag=sommet',
]

const filed = { section: 'Monde', tags: ['Sommet'], authors: ['Kim'] }

/**
 * Opens a test site whose subscribers follow every kind of feed that shows the article `un`, and two feeds that
 * do not show it.
 */
async function subscribed(): Promise<HubSite> {
  const site = await openHub()
  await site.put('un', filed)
  await site.put('autre', { section: 'Culture', tags: ['Livres'], authors: ['Ana'] })
  for (const [at, feed] of [
    ...feeds,
    '/sections/culture/feed.rss',
    '/feed.rss?section=culture&tag=livres',
  ].entries()) {
    await site.subscribe(feed, `https://reader.example/${at}`)
  }
  site.wait(5000)
  site.calls.length = 0
  return site
}

describe('every kind of change is pushed, to whoever it touches and to nobody else', () => {
  const saves: [what: string, change: (site: HubSite) => Promise<unknown>, expected: string[]][] = [
    ['a correction', (site) => site.put('un', { ...filed, title: 'Corrigé' }), feeds],
    [
      'a withdrawal',
      (site) => site.call('DELETE', '/api/articles/un'),
      feeds.filter((one) => !/articles/.test(one)),
    ],
    ['a new article', (site) => site.put('deux', filed), feeds.filter((one) => !/articles/.test(one))],
    [
      'a bulk import',
      (site) =>
        site
          .call('POST', '/api/articles', '{"slug":"a","title":"A"}\n{"slug":"b","title":"B"}\n', {
            'Content-Type': 'application/x-ndjson',
          })
          .then((response) => response.arrayBuffer()),
      ['/feed.atom', '/feed.json', '/feed.rss'],
    ],
    ['leaving a section', (site) => site.put('un', { ...filed, section: 'Sport' }), feeds],
    ['a draft', (site) => site.put('trois', { ...filed, status: 'draft' }), []],
    ['an article under embargo', (site) => site.put('trois', { ...filed, embargo: noon }), []],
    ['the same article again', (site) => site.put('un', filed), []],
    [
      'a withdrawal of what nobody saw',
      async (site) => {
        await site.put('trois', { ...filed, status: 'draft' })
        await site.call('DELETE', '/api/articles/trois')
      },
      [],
    ],
    [
      'rights that keep it out of feeds',
      (site) => site.put('un', { ...filed, rights: { syndicate: 'none' } }),
      feeds.filter((one) => !/articles/.test(one)),
    ],
  ]
  test.for(saves)('%s', async ([, change, expected]) => {
    const site = await subscribed()
    await change(site)
    await site.drain()
    expect(delivered(site)).toEqual([...expected].sort())
    await site.sweep()
    expect(delivered(site)).toEqual([])
  })

  test('the end of an embargo, and an expiry', async () => {
    const site = await subscribed()
    await site.put('cache', { ...filed, embargo: noon, expires: '2024-06-21T12:00:00Z' })
    site.at('2024-06-20T12:00:30Z')
    await site.ports.store.release()
    await site.sweep()
    expect(delivered(site)).toEqual(feeds.filter((one) => !/articles/.test(one)).sort())
    site.at('2024-06-21T12:00:30Z')
    // The article `cache` has expired. This request for the feed removes the article from the stored feeds, and the
    // hub's function `sweep`, which cron calls, then delivers the feeds without the article.
    await site.get('/feed.rss')
    await site.sweep()
    expect(delivered(site)).toEqual(feeds.filter((one) => !/articles/.test(one)).sort())
  })

  test('an article that expires ends its own feed: its subscribers are denied', async () => {
    const site = await openHub()
    await site.put('passe', { expires: noon })
    await site.subscribe('/articles/passe/feed.rss')
    site.at('2024-06-20T12:00:30Z')
    await site.ports.store.release()
    await site.sweep()
    const { searchParams } = new URL(site.calls.at(-1)?.url ?? '')
    expect(Object.fromEntries(searchParams)).toMatchObject({
      'hub.mode': 'denied',
      'hub.topic': 'https://kiosque.example/articles/passe/feed.rss',
    })
    expect((await site.hub.subscriptions.state()).topics).toEqual([])
  })
})

describe('renaming', () => {
  test('subscribers of the old address get the feed of the new one, then and later', async () => {
    const site = await subscribed()
    await rename(site.ports.publishing, 'sections', 'monde', 'International')
    await site.drain()
    const moved = ['/sections/international/feed.rss', '/feed.rss?section=international&tag=sommet']
    expect(delivered(site)).toEqual(expect.arrayContaining(moved))
    await site.put('un', { ...filed, section: 'International', title: 'Encore' })
    await site.drain()
    expect(delivered(site)).toEqual(expect.arrayContaining(moved))
  })

  test('another slug: subscribers of the article follow it', async () => {
    const site = await subscribed()
    const { id } = (await (await site.call('GET', '/api/articles/un')).json()) as { id: string }
    await site.put('nouveau', { ...filed, id })
    await site.drain()
    expect(delivered(site)).toContain('/articles/nouveau/feed.rss')
    await site.put('nouveau', { ...filed, id, title: 'Encore' })
    await site.drain()
    expect(delivered(site)).toContain('/articles/nouveau/feed.rss')
  })
})

test('a former address that has articles again is a topic of its own', async () => {
  const site = await subscribed()
  await rename(site.ports.publishing, 'sections', 'monde', 'International')
  await site.drain()
  await site.put('retour', { section: 'Monde' })
  await site.drain()
  const newcomer = 'https://newcomer.example/'
  await site.subscribe('/sections/monde/feed.rss', newcomer)
  site.calls.length = 0
  await site.put('un', { ...filed, section: 'International', title: 'Encore' })
  await site.drain()
  expect(site.deliveries().some(({ url }) => url === newcomer)).toBe(false)
  await site.put('retour', { section: 'Monde', title: 'Corrigé' })
  await site.drain()
  const received = site.deliveries().filter(({ url }) => url === newcomer)
  expect(received.map(({ headers }) => headers?.Link)).toEqual([
    expect.stringContaining('<https://kiosque.example/sections/monde/feed.rss>; rel="self"'),
  ])
  expect(received.map(textOf)).toEqual([expect.stringContaining('Corrigé')])
})

describe('every feed advertises hub and self (WebSub §4)', () => {
  const ofEachFormat = formatNames.map((format) => `/feed.${format}`)
  test.for([...new Set([...ofEachFormat, ...feeds])])(
    '%s, in its headers and in the document, on 304 and HEAD as on 200',
    async (feed) => {
      const site = await subscribed()
      const response = await site.get(feed)
      const link = response.headers.get('Link') ?? ''
      expect(link.match(/rel="self"/g)).toHaveLength(1)
      expect(link).toContain(`<https://kiosque.example${feed}>; rel="self"`)
      expect(link).toContain('<https://kiosque.example/hub>; rel="hub"')
      const body = await response.text()
      if (feed.includes('.json')) {
        const { hubs, feed_url } = JSON.parse(body)
        expect(hubs).toEqual([{ type: 'WebSub', url: 'https://kiosque.example/hub' }])
        expect(feed_url).toBe(`https://kiosque.example${feed}`)
      } else {
        expect(body).toMatch(
          /<(atom:)?link (rel="hub" )?href="https:\/\/kiosque\.example\/hub"( rel="hub")?\/>/,
        )
      }
      const again = await site.get(feed, { 'If-None-Match': response.headers.get('ETag') ?? '' })
      expect([again.status, again.headers.get('Link')]).toEqual([304, link])
      expect((await site.get(feed, {}, 'HEAD')).headers.get('Link')).toBe(link)
    },
  )
})

test('what is delivered obeys rights as the feed does', async () => {
  const site = await subscribed()
  await site.put('resume', {
    ...filed,
    text: 'Le corps secret.',
    summary: 'Un résumé.',
    rights: { syndicate: 'summary' },
  })
  await site.drain()
  const bodies = site.deliveries().map(textOf)
  expect(bodies.length).toBeGreaterThan(5)
  for (const body of bodies) expect(body).not.toContain('Le corps secret')
  expect(bodies.some((body) => body.includes('Un résumé.'))).toBe(true)
})

test('a delivery during which another save commits counts for the older revision, and the save is delivered too', async () => {
  const site = await openHub()
  await site.put('un')
  await site.subscribe('/feed.json')
  const { store } = site.hub
  site.hub.store = {
    ...store,
    newest: async (paths, limit) => {
      site.hub.store = store
      await site.put('deux')
      return store.newest(paths, limit)
    },
  }
  await site.put('un', { title: 'Corrigé' })
  site.calls.length = 0
  await site.drain()
  const shown = site.deliveries().map((one) => JSON.parse(textOf(one)).items.length)
  expect(shown).toEqual([2, 2])
})

test('subscribers of an article whose row is bad are not told that its feed has ended', async () => {
  const site = await openHub()
  const newcomer = 'https://new.example/callback'
  const form = { 'hub.mode': 'subscribe', 'hub.topic': 'https://kiosque.example/articles/un/feed.rss' }
  await site.put('un')
  await site.subscribe('/articles/un/feed.rss')
  await site.put('un', { title: 'Corrigé' })
  await site.drain()
  await site.ask({ ...form, 'hub.callback': newcomer })
  await site.put('un', { title: 'Corrigé encore' })
  await env.DB.prepare(`UPDATE article SET json = json_set(json, '$.note', json('null'))`).run()
  site.calls.length = 0
  for (const job of ['verification', 'delivery']) await expect(site.drain(), job).rejects.toThrow('is bad')
  expect((await site.ask({ ...form, 'hub.callback': 'https://late.example/' })).status).toBe(503)
  expect(site.calls).toEqual([])
  await site.put('un', { title: 'Remplacé' })
  site.wait(deliveryClaimMilliseconds)
  await site.sweep()
  expect(site.deliveries().map(({ url }) => url)).toEqual(expect.arrayContaining([callback, newcomer]))
})
