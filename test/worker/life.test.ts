import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { openSite, slugsIn, token } from './site.ts'

const day = 86_400_000

describe('an agency’s kill', () => {
  test('answers 410 at once, leaves every feed, and Atom has its tombstone for 30 days', async () => {
    const site = await openSite()
    await site.put('reste', { section: 'Monde', published: '2024-06-19T10:00:00Z' })
    await site.put('tue', { section: 'Monde', tags: ['Été'], published: '2024-06-19T11:00:00Z' })
    site.wait(3_600_000)
    expect((await site.call('DELETE', '/api/articles/tue')).status).toBe(204)
    for (const place of ['', '/share.json', '/feed.rss']) {
      expect((await site.get(`/articles/tue${place}`)).status, place).toBe(410)
    }
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['reste'])
    expect(await slugsIn(await site.get('/tags/ete/feed.json'))).toEqual([])
    const tombstone =
      '<at:deleted-entry xmlns:at="http://purl.org/atompub/tombstones/1.0" ref="tag:kiosque.example,2024:tue" when="2024-06-19T17:00:00Z"/>'
    for (const place of ['', '/sections/monde', '/tags/ete']) {
      expect(await (await site.get(`${place}/feed.atom`)).text(), place).toContain(tombstone)
      expect(await (await site.get(`${place}/feed.rss`)).text(), place).not.toContain('deleted-entry')
    }
    // A tombstone is shown for 30 days from the whole second in which the withdrawal was saved.
    site.wait(30 * day - 401)
    const before = await site.get('/feed.atom')
    expect(await before.text()).toContain(tombstone)
    site.wait(1)
    const after = await site.get('/feed.atom', { 'If-None-Match': before.headers.get('ETag') ?? '' })
    expect(after.status).toBe(200)
    expect(await after.text()).not.toContain('deleted-entry')
    expect((await site.get('/articles/tue')).status).toBe(410)
  })

  test('a kill that is taken back is a change, even while an embargo keeps the article unseen', async () => {
    const site = await openSite()
    await site.put('tue', {})
    await site.call('DELETE', '/api/articles/tue')
    site.wait(5000)
    const { headers } = await site.get('/feed.atom')
    await site.put('tue', { status: 'published', embargo: '2024-07-01T12:00:00Z' })
    const after = await site.get('/feed.atom', { 'If-None-Match': headers.get('ETag') ?? '' })
    expect(after.status).toBe(200)
    expect(await after.text()).not.toContain('deleted-entry')
  })

  test('withdrawals go out on the first poll, by tag and by date', async () => {
    const site = await openSite()
    await site.put('tue', {})
    site.wait(5000)
    const held = await site.get('/feed.rss')
    const date = held.headers.get('Last-Modified') ?? ''
    await site.call('DELETE', '/api/articles/tue')
    expect((await site.get('/feed.rss', { 'If-Modified-Since': date })).status).toBe(200)
    expect((await site.get('/feed.rss', { 'If-None-Match': held.headers.get('ETag') ?? '' })).status).toBe(
      200,
    )
    expect(site.invalidated.slice(-3).sort()).toEqual(['', 'archive/2024/06/1', 'articles/tue'])
  })

  test('its id stays its own, and the same article sent again does not come back unseen', async () => {
    const site = await openSite()
    await site.put('tue', { id: 'urn:x:1' })
    await site.call('DELETE', '/api/articles/tue')
    const again = await site.put('tue', { id: 'urn:x:1' })
    expect(again.status).toBe(409)
    expect(await again.json()).toMatchObject({ title: 'Withdrawn' })
    expect((await site.put('tue', { id: 'urn:x:1', status: 'published' })).status).toBe(200)
    expect(await (await site.get('/feed.atom')).text()).not.toContain('deleted-entry')
  })

  test('withdrawn twice is withdrawn once', async () => {
    const site = await openSite()
    await site.put('tue', {})
    await site.call('DELETE', '/api/articles/tue')
    site.wait(2000)
    const tag = (await site.get('/feed.atom')).headers.get('ETag')
    expect((await site.call('DELETE', '/api/articles/tue')).status).toBe(204)
    expect((await site.get('/feed.atom')).headers.get('ETag')).toBe(tag)
  })

  test('a withdrawn article that was never public is deleted, and still answers 404', async () => {
    const site = await openSite()
    await site.put('brouillon', { status: 'draft' })
    await site.put('cache', { embargo: '2030-01-01T00:00:00Z', section: 'Secret' })
    for (const slug of ['brouillon', 'cache']) {
      expect((await site.call('DELETE', `/api/articles/${slug}`)).headers.get('Kiosque-Saved'), slug).toBe(
        'deleted',
      )
      expect((await site.get(`/articles/${slug}`)).status, slug).toBe(404)
      expect((await site.call('GET', `/api/articles/${slug}`)).status, slug).toBe(404)
    }
    expect(await site.ports.store.isEmpty()).toBe(true)
    site.at('2030-01-02T00:00:00Z')
    expect((await site.get('/sections/secret/feed.rss')).status).toBe(404)
  })
})

test('an article that is already expired when it is saved answers 410, not 404, as on the site of which the backup was made', async () => {
  const site = await openSite()
  const dates = { published: '2024-01-01T00:00:00Z', expires: '2024-02-01T00:00:00Z' }
  await site.put('fini', { ...dates, section: 'Monde' })
  for (const place of ['', '/share.json', '/feed.rss'])
    expect((await site.get(`/articles/fini${place}`)).status, place).toBe(410)
  expect(await slugsIn(await site.get('/sections/monde/feed.json'))).toEqual([])
  expect(await (await site.get('/sections/monde/feed.atom')).text()).not.toContain('deleted-entry')
  await site.put('a-venir', { published: '2025-01-01T00:00:00Z', expires: '2025-02-01T00:00:00Z' })
  expect((await site.get('/articles/a-venir')).status).toBe(404)
  await site.put('brouillon', { ...dates, status: 'draft' })
  expect((await site.get('/articles/brouillon')).status).toBe(404)
})

describe('an article that was public by its dates alone', () => {
  const rows: [what: string, dates: Record<string, string>][] = [
    ['its embargo ended', { embargo: '2024-06-20T12:00:00Z' }],
    ['it expired', { expires: '2024-06-20T12:00:00Z' }],
    ['it expired before anybody asked', { embargo: '2024-06-20T11:00:00Z', expires: '2024-06-20T12:00:00Z' }],
  ]
  test.for(rows)('is never forgotten: %s', async ([, dates]) => {
    const site = await openSite()
    await site.put('un', { id: 'urn:x:1', ...dates })
    site.at('2024-06-20T12:00:00Z')
    await site.ports.store.release()
    await site.put('deux', { id: 'urn:x:1', ...dates })
    const { status, headers } = await site.get('/articles/un')
    expect([status, headers.get('Location')]).toEqual([301, 'https://kiosque.example/articles/deux'])
    const withdrawal = await site.call('DELETE', '/api/articles/deux')
    expect([withdrawal.status, withdrawal.headers.get('Kiosque-Saved')]).toEqual([204, 'withdrawn'])
    expect((await site.get('/articles/deux')).status).toBe(410)
  })
})

describe('a changed slug', () => {
  test('leaves a 301 from the old one, in one hop, for page, feeds and share data', async () => {
    const site = await openSite()
    await site.put('un', { id: 'urn:x:1' })
    await site.put('deux', { id: 'urn:x:1' })
    await site.put('trois', { id: 'urn:x:1' })
    for (const old of ['un', 'deux']) {
      for (const place of ['', '/feed.rss', '/feed.atom', '/share.json']) {
        const response = await site.get(`/articles/${old}${place}`)
        expect(response.status, `${old}${place}`).toBe(301)
        expect(response.headers.get('Location'), place).toBe(`https://kiosque.example/articles/trois${place}`)
      }
    }
    const { items } = (await (await site.get('/feed.json')).json()) as { items: { id: string }[] }
    expect(items.map(({ id }) => id)).toEqual(['urn:x:1'])
  })

  test('back to a former slug is possible; another article cannot take it', async () => {
    const site = await openSite()
    await site.put('un', { id: 'urn:x:1' })
    await site.put('deux', { id: 'urn:x:1' })
    expect((await site.put('un', { id: 'urn:x:2' })).status).toBe(409)
    expect((await site.put('un', { id: 'urn:x:1' })).status).toBe(200)
    expect((await site.get('/articles/un')).status).toBe(200)
    expect((await site.get('/articles/deux')).headers.get('Location')).toBe(
      'https://kiosque.example/articles/un',
    )
  })

  test.each([
    ['a draft again', { status: 'draft' }, 404],
    ['under embargo again', { embargo: '2030-01-01T00:00:00Z' }, 404],
    ['withdrawn', { status: 'withdrawn' }, 301],
    ['seen', {}, 301],
  ])('of an article that is %s: what is at the new one decides about the old', async (_, now, status) => {
    const site = await openSite()
    await site.put('un', { id: 'urn:x:1' })
    await site.put('scandale-au-ministere', { id: 'urn:x:1', ...now })
    for (const place of [
      ...['/articles/un', '/articles/un/feed.rss', '/articles/un/share.json', '/articles/un/share'],
      ...['/embed/un'],
    ]) {
      const response = await site.get(place)
      expect([place, response.status]).toEqual([place, status])
      if (status === 404) expect(response.headers.get('Location'), place).toBeNull()
    }
    const oembed = await site.get('/oembed?url=https://kiosque.example/articles/un')
    expect(oembed.status).toBe({ 404: 404, 301: 'status' in now ? 410 : 200 }[status])
  })

  test('of a draft leaves nothing behind', async () => {
    const site = await openSite()
    await site.put('un', { id: 'urn:x:1', status: 'draft' })
    await site.put('deux', { id: 'urn:x:1', status: 'draft' })
    expect((await site.get('/articles/un')).status).toBe(404)
    expect((await site.put('un', {})).status).toBe(201)
  })
})

describe('keys', () => {
  test('are made well from French, titles kept as written', async () => {
    const site = await openSite()
    await site.put('un', { section: 'L’Œuvre d’Été', tags: ['Cœur & âme'], authors: ['Élodie d’Arc'] })
    for (const [path, title] of [
      ['sections/l-oeuvre-d-ete', 'L’Œuvre d’Été'],
      ['tags/coeur-ame', 'Cœur & âme'],
      ['authors/elodie-d-arc', 'Élodie d’Arc'],
    ]) {
      const feed = (await (await site.get(`/${path}/feed.json`)).json()) as { title: string }
      expect(feed.title, path).toBe(`${title} — Kiosque`)
    }
  })

  test('a title is as the first article wrote it that anybody can see', async () => {
    const site = await openSite()
    await site.put('cache', { section: 'MONDE', embargo: '2030-01-01T00:00:00Z' })
    await site.put('un', { section: 'Monde' })
    await site.put('deux', { section: 'monde' })
    const feed = await site.get('/sections/monde/feed.json')
    expect(await feed.json()).toMatchObject({ title: 'Monde — Kiosque' })
  })

  const orders: [what: string, before: string[], save: Record<string, unknown>[], title: string][] = [
    [
      'the public article',
      [],
      [
        { slug: 'a', section: 'MONDE', embargo: '2030-01-01T00:00:00Z' },
        { slug: 'b', section: 'Monde' },
      ],
      'Monde',
    ],
    [
      'the oldest public article, whatever the order of the articles in the save',
      ['z', 'a'],
      [
        { slug: 'a', section: 'MONDE' },
        { slug: 'z', section: 'Monde' },
      ],
      'Monde',
    ],
    [
      'the first of several new articles',
      [],
      [
        { slug: 'z', section: 'Monde' },
        { slug: 'a', section: 'MONDE' },
      ],
      'Monde',
    ],
  ]
  test.for(orders)(
    'of two articles of one save, the section has the spelling of %s',
    async ([, before, save, title]) => {
      const site = await openSite()
      for (const slug of before) await site.put(slug, { id: `urn:x:${slug}`, status: 'draft' })
      const lines = save.map((article) =>
        JSON.stringify({ title: 'Titre', text: 'Corps.', id: `urn:x:${article.slug}`, ...article }),
      )
      const saved = await site.call('POST', '/api/articles', lines.join('\n'), {
        'Content-Type': 'application/x-ndjson',
      })
      await saved.arrayBuffer() // The test reads the whole answer because the bulk import saves the articles while its answer is read.
      const feed = await site.get('/sections/monde/feed.json')
      expect(await feed.json()).toMatchObject({ title: `${title} — Kiosque` })
    },
  )

  test('known but empty is a valid empty feed', async () => {
    const site = await openSite()
    await site.put('un', { section: 'Monde' })
    await site.put('un', { section: 'Culture' })
    for (const format of formatNames) {
      expect((await site.get(`/sections/monde/feed.${format}`)).status, format).toBe(200)
    }
    expect(await slugsIn(await site.get('/sections/monde/feed.json'))).toEqual([])
  })
})

describe('a renamed section, tag or author', () => {
  async function filled() {
    const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    await site.put('un', {
      section: 'Monde',
      tags: ['Été'],
      authors: ['Kim'],
      updated: '2024-06-19T16:00:00Z',
    })
    await site.put('deux', { section: 'Monde', status: 'draft' })
    await site.put('trois', { section: 'Monde', embargo: '2024-06-20T12:00:00Z' })
    await site.put('tue', { section: 'Monde' })
    await site.call('DELETE', '/api/articles/tue')
    site.wait(2000)
    return site
  }

  test('has its feeds at the new address; the old one redirects in one hop', async () => {
    const site = await filled()
    const answer = await site.call('PUT', '/api/sections/monde', { name: 'International' })
    expect(await answer.json()).toEqual({ path: 'sections/international', name: 'International' })
    await site.call('PUT', '/api/sections/international', { name: 'Planète' })
    site.wait(2000)
    for (const old of ['monde', 'international']) {
      for (const place of ['', '/feed.rss', '/feed.atom', '/feed.json']) {
        const response = await site.get(`/sections/${old}${place}`)
        expect(response.status, `${old}${place}`).toBe(301)
        expect(response.headers.get('Location'), place).toBe(
          `https://kiosque.example/sections/planete${place}`,
        )
      }
    }
    const feed = await site.get('/sections/planete/feed.json')
    expect(await slugsIn(feed.clone())).toEqual(['un'])
    expect(await feed.json()).toMatchObject({ title: 'Planète — Kiosque' })
    expect(await (await site.get('/sections/planete/feed.atom')).text()).toContain('deleted-entry')
    expect(await (await site.get('/feed.json')).text()).toContain('"Planète"')
    site.at('2024-06-20T12:00:00Z')
    expect(await slugsIn(await site.get('/sections/planete/feed.json'))).toEqual(['trois', 'un'])
  })

  test('moves the intersections that name it, in one hop', async () => {
    const site = await filled()
    await site.call('PUT', '/api/sections/monde', { name: 'International' })
    await site.call('PUT', '/api/sections/international', { name: 'Planète' })
    await site.call('PUT', '/api/tags/ete', { name: 'Saison' })
    site.wait(2000)
    for (const format of formatNames) {
      for (const [query, now] of [
        ['section=monde&tag=ete&author=kim', 'section=planete&tag=saison&author=kim'],
        [
          'utm_source=x&author=kim&tag=ete&section=planete',
          'utm_source=x&author=kim&tag=saison&section=planete',
        ],
      ]) {
        const response = await site.get(`/feed.${format}?${query}`)
        expect(response.status, query).toBe(301)
        const location = response.headers.get('Location') ?? ''
        expect(location, query).toBe(`https://kiosque.example/feed.${format}?${now}`)
        expect((await site.get(location.slice('https://kiosque.example'.length))).status, query).toBe(200)
      }
    }
    expect((await site.get('/feed.rss?section=inconnue&tag=ete2')).status).toBe(404)
    expect((await site.get('/feed.rss?section=inconnue&author=kim')).status).toBe(404)
  })

  test('keeps the articles’ dates, and moves every feed that shows the name', async () => {
    const site = await filled()
    const before = await site.get('/feed.json')
    await site.call('PUT', '/api/tags/ete', { name: 'Saison chaude' })
    await site.call('PUT', '/api/authors/kim', { name: 'Kim Tong-hyung' })
    const after = await site.get('/feed.json', { 'If-None-Match': before.headers.get('ETag') ?? '' })
    expect(after.status).toBe(200)
    const { items } = (await after.json()) as { items: object[] }
    expect(items[0]).toMatchObject({
      tags: ['Monde', 'Saison chaude'],
      authors: [{ name: 'Kim Tong-hyung' }],
      date_modified: '2024-06-19T16:00:00.000Z',
    })
    expect((await site.get('/authors/kim')).status).toBe(301)
  })

  test('may be a known name that has no articles any more', async () => {
    const site = await filled()
    await site.put('seul', { section: 'Sport' })
    await site.put('seul', { section: 'Monde' })
    expect((await site.call('PUT', '/api/sections/sport', { name: 'Sports' })).status).toBe(200)
    expect((await site.get('/sections/sport')).headers.get('Location')).toBe(
      'https://kiosque.example/sections/sports',
    )
  })

  test('stands once in an article that had the new name already', async () => {
    const site = await filled()
    await site.put('double', { tags: ['Été', 'Saison', 'Soleil'] })
    await site.call('PUT', '/api/tags/ete', { name: 'Saison' })
    const { article } = (await site.ports.store.find('double')) ?? {}
    expect(article?.tags).toEqual(['Saison', 'Soleil'])
  })

  test('may differ in its spelling only', async () => {
    const site = await filled()
    await site.call('PUT', '/api/sections/monde', { name: 'MONDE' })
    expect(await (await site.get('/sections/monde/feed.json')).json()).toMatchObject({
      title: 'MONDE — Kiosque',
    })
  })

  test('is renamed in the articles that no listing shows, too', async () => {
    const site = await filled()
    await site.put('prive', { section: 'Monde', tags: ['Été'], rights: { syndicate: 'none' } })
    const slugs = async (query: string) => {
      const { articles } = (await (await site.call('GET', `/api/articles?${query}`)).json()) as {
        articles: { slug: string }[]
      }
      return articles.map(({ slug }) => slug).sort()
    }
    expect(await slugs('section=monde')).toEqual(['deux', 'prive', 'trois', 'tue', 'un'])
    expect(await slugs('section=monde&status=published')).toEqual(['prive', 'un'])
    expect(await slugs('section=monde&tag=ete')).toEqual(['prive', 'un'])
    expect(await slugs('section=monde&status=scheduled')).toEqual(['trois'])
    await site.call('PUT', '/api/sections/monde', { name: 'Planète' })
    expect(await slugs('section=monde')).toEqual([])
    expect(await slugs('section=planete')).toEqual(['deux', 'prive', 'trois', 'tue', 'un'])
    expect(await slugsIn(await site.get('/sections/planete/feed.json'))).toEqual(['un'])
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['un'])
    await site.put('prive', { section: 'Planète', rights: { syndicate: 'full' } })
    expect(await slugs('section=planete')).toEqual(['deux', 'prive', 'trois', 'tue', 'un'])
  })

  test('that is not public leaves no redirect that would reveal it', async () => {
    const site = await filled()
    await site.put('quatre', { section: 'Fusion', embargo: '2030-01-01T00:00:00Z' })
    await site.put('cinq', { section: 'Fusion', status: 'draft' })
    const answer = await site.call('PUT', '/api/sections/fusion', { name: 'Rachat' })
    expect([answer.status, await answer.json()]).toEqual([200, { path: 'sections/rachat', name: 'Rachat' }])
    for (const key of ['fusion', 'rachat'])
      expect((await site.get(`/sections/${key}/feed.rss`)).status, key).toBe(404)
    expect(await site.call('GET', '/api/articles/quatre').then((one) => one.json())).toMatchObject({
      section: 'Rachat',
    })
    site.at('2030-01-01T00:00:00Z')
    expect(await slugsIn(await site.get('/sections/rachat/feed.json'))).toEqual(['quatre'])
    expect((await site.get('/sections/fusion/feed.rss')).status).toBe(404)
  })

  test('may take the name of another, which merges both', async () => {
    const site = await filled()
    await site.put('quatre', { section: 'Culture', published: '2024-06-01T00:00:00Z' })
    await site.call('PUT', '/api/sections/monde', { name: 'Culture' })
    expect(await slugsIn(await site.get('/sections/culture/feed.json'))).toEqual(['un', 'quatre'])
  })

  test('needs the scope admin, a known key and a name', async () => {
    const site = await filled()
    expect((await site.call('PUT', '/api/sections/inconnue', { name: 'X' })).status).toBe(404)
    expect((await site.call('PUT', '/api/sections/monde', { name: '\u200b' })).status).toBe(422)
    expect((await site.call('PUT', '/api/sections/monde', { nom: 'X' })).status).toBe(422)
    const other = await openSite()
    expect((await other.call('PUT', '/api/sections/monde', { name: 'X' })).status).toBe(403)
  })
})
