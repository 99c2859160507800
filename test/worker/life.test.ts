import { describe, expect, test } from 'vitest'
import { openHouse, slugsIn } from './house.ts'

const day = 86_400_000

describe('an agency’s kill', () => {
  test('410 at once, out of every feed, and Atom says so for 30 days', async () => {
    const house = await openHouse()
    await house.put('reste', { section: 'Monde', published: '2024-06-19T10:00:00Z' })
    await house.put('tue', { section: 'Monde', tags: ['Été'], published: '2024-06-19T11:00:00Z' })
    house.wait(3_600_000)
    expect((await house.call('DELETE', '/api/articles/tue')).status).toBe(204)
    for (const place of ['', '/share.json', '/feed.rss']) {
      expect((await house.get(`/articles/tue${place}`)).status).toBe(410)
    }
    expect(await slugsIn(await house.get('/feed.json'))).toEqual(['reste'])
    expect(await slugsIn(await house.get('/tags/ete/feed.json'))).toEqual([])
    const tombstone =
      '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:kiosque.example,2024:tue" when="2024-06-19T17:00:00Z"/>'
    for (const place of ['', '/sections/monde', '/tags/ete']) {
      expect(await (await house.get(`${place}/feed.atom`)).text()).toContain(tombstone)
      expect(await (await house.get(`${place}/feed.rss`)).text()).not.toContain('deleted-entry')
    }
    house.wait(30 * day - 1)
    const before = await house.get('/feed.atom')
    expect(await before.text()).toContain(tombstone)
    house.wait(1)
    const after = await house.get('/feed.atom', { 'If-None-Match': before.headers.get('ETag') ?? '' })
    expect(after.status).toBe(200)
    expect(await after.text()).not.toContain('deleted-entry')
    expect((await house.get('/articles/tue')).status).toBe(410)
  })

  test('withdrawals go out on the first poll, by tag and by date', async () => {
    const house = await openHouse()
    await house.put('tue', {})
    house.wait(5000)
    const held = await house.get('/feed.rss')
    const date = held.headers.get('Last-Modified') ?? ''
    await house.call('DELETE', '/api/articles/tue')
    expect((await house.get('/feed.rss', { 'If-Modified-Since': date })).status).toBe(200)
    expect((await house.get('/feed.rss', { 'If-None-Match': held.headers.get('ETag') ?? '' })).status).toBe(
      200,
    )
    expect(house.invalidated.slice(-2).sort()).toEqual(['', 'articles/tue'])
  })

  test('its id stays its own, and the same article sent again does not come back unseen', async () => {
    const house = await openHouse()
    await house.put('tue', { id: 'urn:x:1' })
    await house.call('DELETE', '/api/articles/tue')
    const again = await house.put('tue', { id: 'urn:x:1' })
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ title: 'Withdrawn' })
    expect((await house.put('tue', { id: 'urn:x:1', status: 'published' })).status).toBe(200)
    expect(await (await house.get('/feed.atom')).text()).not.toContain('deleted-entry')
  })

  test('withdrawn twice is withdrawn once', async () => {
    const house = await openHouse()
    await house.put('tue', {})
    await house.call('DELETE', '/api/articles/tue')
    house.wait(2000)
    const tag = (await house.get('/feed.atom')).headers.get('ETag')
    expect((await house.call('DELETE', '/api/articles/tue')).status).toBe(204)
    expect((await house.get('/feed.atom')).headers.get('ETag')).toBe(tag)
  })

  test('an article that was never public just goes, and stays a 404', async () => {
    const house = await openHouse()
    await house.put('brouillon', { status: 'draft' })
    await house.put('cache', { embargo: '2030-01-01T00:00:00Z', section: 'Secret' })
    for (const slug of ['brouillon', 'cache']) {
      expect((await house.call('DELETE', `/api/articles/${slug}`)).headers.get('Kiosque-Saved')).toBe(
        'deleted',
      )
      expect((await house.get(`/articles/${slug}`)).status).toBe(404)
      expect((await house.call('GET', `/api/articles/${slug}`)).status).toBe(404)
    }
    expect(await house.ports.store.isEmpty()).toBe(true)
    house.at('2030-01-02T00:00:00Z')
    expect((await house.get('/sections/secret/feed.rss')).status).toBe(404)
  })
})

describe('a changed slug', () => {
  test('leaves a 301 from the old one, in one hop, for page, feeds and share data', async () => {
    const house = await openHouse()
    await house.put('un', { id: 'urn:x:1' })
    await house.put('deux', { id: 'urn:x:1' })
    await house.put('trois', { id: 'urn:x:1' })
    for (const old of ['un', 'deux']) {
      for (const place of ['', '/feed.rss', '/feed.atom', '/share.json']) {
        const response = await house.get(`/articles/${old}${place}`)
        expect(response.status).toBe(301)
        expect(response.headers.get('Location')).toBe(`https://kiosque.example/articles/trois${place}`)
      }
    }
    const { items } = (await (await house.get('/feed.json')).json()) as { items: { id: string }[] }
    expect(items.map(({ id }) => id)).toEqual(['urn:x:1'])
  })

  test('back to a former slug is possible; another article cannot take it', async () => {
    const house = await openHouse()
    await house.put('un', { id: 'urn:x:1' })
    await house.put('deux', { id: 'urn:x:1' })
    expect((await house.put('un', { id: 'urn:x:2' })).status).toBe(409)
    expect((await house.put('un', { id: 'urn:x:1' })).status).toBe(200)
    expect((await house.get('/articles/un')).status).toBe(200)
    expect((await house.get('/articles/deux')).headers.get('Location')).toBe(
      'https://kiosque.example/articles/un',
    )
  })

  test('of a draft leaves nothing behind', async () => {
    const house = await openHouse()
    await house.put('un', { id: 'urn:x:1', status: 'draft' })
    await house.put('deux', { id: 'urn:x:1', status: 'draft' })
    expect((await house.get('/articles/un')).status).toBe(404)
    expect((await house.put('un', {})).status).toBe(201)
  })
})

describe('keys', () => {
  test('are made well from French, titles kept as written', async () => {
    const house = await openHouse()
    await house.put('un', { section: 'L’Œuvre d’Été', tags: ['Cœur & âme'], authors: ['Élodie d’Arc'] })
    for (const [path, title] of [
      ['sections/l-oeuvre-d-ete', 'L’Œuvre d’Été'],
      ['tags/coeur-ame', 'Cœur & âme'],
      ['authors/elodie-d-arc', 'Élodie d’Arc'],
    ]) {
      const feed = (await (await house.get(`/${path}/feed.json`)).json()) as { title: string }
      expect(feed.title).toBe(`${title} — Kiosque`)
    }
  })

  test('known but empty is a valid empty feed', async () => {
    const house = await openHouse()
    await house.put('un', { section: 'Monde' })
    await house.put('un', { section: 'Culture' })
    for (const format of ['rss', 'atom', 'json']) {
      expect((await house.get(`/sections/monde/feed.${format}`)).status).toBe(200)
    }
    expect(await slugsIn(await house.get('/sections/monde/feed.json'))).toEqual([])
  })
})
