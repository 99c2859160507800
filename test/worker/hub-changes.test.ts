import { describe, expect, test } from 'vitest'
import { rename } from '../../src/write/rename.ts'
import { type HubHouse, openHub, textOf } from './hub-house.ts'

const noon = '2024-06-20T12:00:00Z'

/**
 * The addresses of the feeds that the hub has delivered since the last call of this function. The function
 * reads them from the deliveries' Link headers.
 */
function delivered(house: HubHouse): string[] {
  const selves = house
    .deliveries()
    .map(({ headers }) => /<https:\/\/kiosque\.example([^>]+)>/.exec(headers?.Link ?? ''))
  house.calls.length = 0
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
async function subscribed(): Promise<HubHouse> {
  const house = await openHub()
  await house.put('un', filed)
  await house.put('autre', { section: 'Culture', tags: ['Livres'], authors: ['Ana'] })
  for (const [at, feed] of [...feeds, '/sections/culture/feed.rss', '/feed.rss?section=culture'].entries()) {
    await house.subscribe(feed, `https://reader.example/${at}`)
  }
  house.wait(5000)
  house.calls.length = 0
  return house
}

describe('every kind of change is pushed, to whoever it touches and to nobody else', () => {
  const saves: [what: string, change: (house: HubHouse) => Promise<unknown>, expected: string[]][] = [
    ['a correction', (house) => house.put('un', { ...filed, title: 'Corrigé' }), feeds],
    [
      'a withdrawal',
      (house) => house.call('DELETE', '/api/articles/un'),
      feeds.filter((one) => !/articles/.test(one)),
    ],
    ['a new article', (house) => house.put('deux', filed), feeds.filter((one) => !/articles/.test(one))],
    [
      'a bulk import',
      (house) =>
        house
          .call('POST', '/api/articles', '{"slug":"a","title":"A"}\n{"slug":"b","title":"B"}\n', {
            'Content-Type': 'application/x-ndjson',
          })
          .then((response) => response.arrayBuffer()),
      ['/feed.atom', '/feed.json', '/feed.rss'],
    ],
    ['leaving a section', (house) => house.put('un', { ...filed, section: 'Sport' }), feeds],
    ['a draft', (house) => house.put('trois', { ...filed, status: 'draft' }), []],
    ['an article under embargo', (house) => house.put('trois', { ...filed, embargo: noon }), []],
    ['the same article again', (house) => house.put('un', filed), []],
    [
      'a withdrawal of what nobody saw',
      async (house) => {
        await house.put('trois', { ...filed, status: 'draft' })
        await house.call('DELETE', '/api/articles/trois')
      },
      [],
    ],
    [
      'rights that keep it out of feeds',
      (house) => house.put('un', { ...filed, rights: { syndicate: 'none' } }),
      feeds.filter((one) => !/articles/.test(one)),
    ],
  ]
  test.for(saves)('%s', async ([, change, expected]) => {
    const house = await subscribed()
    await change(house)
    await house.drain()
    expect(delivered(house)).toEqual([...expected].sort())
    await house.sweep()
    expect(delivered(house)).toEqual([])
  })

  test('the end of an embargo, and an expiry', async () => {
    const house = await subscribed()
    await house.put('cache', { ...filed, embargo: noon, expires: '2024-06-21T12:00:00Z' })
    house.at('2024-06-20T12:00:30Z')
    await house.ports.store.release()
    await house.sweep()
    expect(delivered(house)).toEqual(feeds.filter((one) => !/articles/.test(one)).sort())
    house.at('2024-06-21T12:00:30Z')
    await house.get('/feed.rss') // The test's article has expired. A request for the feed saves this change, and the hub's part of cron then delivers it.
    await house.sweep()
    expect(delivered(house)).toEqual(feeds.filter((one) => !/articles/.test(one)).sort())
  })

  test('an article that expires ends its own feed: its subscribers are denied', async () => {
    const house = await openHub()
    await house.put('passe', { expires: noon })
    await house.subscribe('/articles/passe/feed.rss')
    house.at('2024-06-20T12:00:30Z')
    await house.ports.store.release()
    await house.sweep()
    const { searchParams } = new URL(house.calls.at(-1)?.url ?? '')
    expect(Object.fromEntries(searchParams)).toMatchObject({
      'hub.mode': 'denied',
      'hub.topic': 'https://kiosque.example/articles/passe/feed.rss',
    })
    expect((await house.hub.subscriptions.state()).topics).toEqual([])
  })
})

describe('renaming', () => {
  test('subscribers of the old address get the feed of the new one, then and later', async () => {
    const house = await subscribed()
    await rename(house.ports.publishing, 'sections', 'monde', 'International')
    await house.drain()
    const moved = ['/sections/international/feed.rss', '/feed.rss?section=international&tag=sommet']
    expect(delivered(house)).toEqual(expect.arrayContaining(moved))
    await house.put('un', { ...filed, section: 'International', title: 'Encore' })
    await house.drain()
    expect(delivered(house)).toEqual(expect.arrayContaining(moved))
  })

  test('another slug: subscribers of the article follow it', async () => {
    const house = await subscribed()
    const { id } = (await (await house.call('GET', '/api/articles/un')).json()) as { id: string }
    await house.put('nouveau', { ...filed, id })
    await house.drain()
    expect(delivered(house)).toContain('/articles/nouveau/feed.rss')
    await house.put('nouveau', { ...filed, id, title: 'Encore' })
    await house.drain()
    expect(delivered(house)).toContain('/articles/nouveau/feed.rss')
  })
})

test('a former address that has articles again is a topic of its own', async () => {
  const house = await subscribed()
  await rename(house.ports.publishing, 'sections', 'monde', 'International')
  await house.drain()
  await house.put('retour', { section: 'Monde' })
  await house.drain()
  const newcomer = 'https://newcomer.example/'
  await house.subscribe('/sections/monde/feed.rss', newcomer)
  house.calls.length = 0
  await house.put('un', { ...filed, section: 'International', title: 'Encore' })
  await house.drain()
  expect(house.deliveries().some(({ url }) => url === newcomer)).toBe(false)
  await house.put('retour', { section: 'Monde', title: 'Corrigé' })
  await house.drain()
  const received = house.deliveries().filter(({ url }) => url === newcomer)
  expect(received.map(({ headers }) => headers?.Link)).toEqual([
    expect.stringContaining('<https://kiosque.example/sections/monde/feed.rss>; rel="self"'),
  ])
  expect(received.map(textOf)).toEqual([expect.stringContaining('Corrigé')])
})

describe('every feed advertises hub and self (WebSub §4)', () => {
  test.for(feeds)('%s, in its headers and in the document, on 304 and HEAD as on 200', async (feed) => {
    const house = await subscribed()
    const response = await house.get(feed)
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
    const again = await house.get(feed, { 'If-None-Match': response.headers.get('ETag') ?? '' })
    expect([again.status, again.headers.get('Link')]).toEqual([304, link])
    expect((await house.get(feed, {}, 'HEAD')).headers.get('Link')).toBe(link)
  })
})

test('what is delivered obeys rights as the feed does', async () => {
  const house = await subscribed()
  await house.put('resume', {
    ...filed,
    text: 'Le corps secret.',
    summary: 'Un résumé.',
    rights: { syndicate: 'summary' },
  })
  await house.drain()
  const bodies = house.deliveries().map(textOf)
  expect(bodies.length).toBeGreaterThan(5)
  for (const body of bodies) expect(body).not.toContain('Le corps secret')
  expect(bodies.some((body) => body.includes('Un résumé.'))).toBe(true)
})
