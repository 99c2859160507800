import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { storeFault } from '../../src/domain/fault.ts'
import { repeated } from '../repeated.ts'
import { openSite, type TestSite } from './site.ts'

async function site() {
  const open = await openSite()
  await open.put('juin', {
    section: 'Monde',
    tags: ['Été'],
    authors: ['Kim'],
    published: '2024-06-01T12:00:00Z',
  })
  await open.put('mai', { published: '2024-05-01T12:00:00Z' })
  await open.put('ailleurs', { url: 'https://journal.example/a', published: '2024-06-02T12:00:00Z' })
  await open.put('reserve', { rights: { syndicate: 'none' }, published: '2024-06-02T12:00:00Z' })
  await open.put('resume', { rights: { syndicate: 'summary' }, published: '2024-06-03T12:00:00Z' })
  await open.put('brouillon', { status: 'draft' })
  await open.put('plus-tard', { embargo: '2024-06-20T12:00:00Z', published: '2024-06-18T12:00:00Z' })
  open.wait(2000)
  return open
}

const locsIn = (xml: string): string[] =>
  [...xml.matchAll(/<loc>https:\/\/kiosque.example\/([^<]*)<\/loc>/g)].map(([, path = '']) => path)

/** Sorts the addresses of a sitemap of articles, because the order of addresses in a sitemap has no meaning. */
const sorted = (paths: readonly string[]): string[] => [...paths].sort()

const locs = async (open: TestSite, path: string) => locsIn(await (await open.get(path)).text())

describe('/robots.txt', () => {
  const withoutNews = [
    'User-agent: *',
    'Disallow: /api/',
    'Disallow: /hub',
    '',
    'Sitemap: https://kiosque.example/sitemap.xml',
    '',
  ].join('\n')
  const withNews = `${withoutNews}Sitemap: https://kiosque.example/sitemap-news.xml\n`
  const robots = async (open: TestSite) => (await open.get('/robots.txt')).text()

  test('allows all but the API and the hub, and names the news sitemap while that holds an article', async () => {
    const open = await site()
    const before = await open.get('/robots.txt')
    expect(before.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
    expect(await before.text()).toBe(withoutNews)
    await open.put('neuf', {})
    open.wait(2000)
    const after = await open.get('/robots.txt')
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
    expect(await after.text()).toBe(withNews)
    await open.call('DELETE', '/api/articles/neuf')
    open.wait(2000)
    expect(await robots(open)).toBe(withoutNews)
  })

  test('agrees with the news sitemap in the last second of the newest article and in the first without it', async () => {
    const open = await openSite()
    await open.put('dernier', { published: '2024-06-17T17:30:00Z' })
    open.at('2024-06-19T16:58:00Z')
    const before = await open.get('/robots.txt')
    expect(await before.text()).toBe(withNews)
    expect(before.headers.get('Cache-Tag')).toBe('all')
    expect(before.headers.get('Cache-Control')).toContain('max-age=119,')
    expect(before.headers.get('Cloudflare-CDN-Cache-Control')).toMatch(/max-age=119, .*stale-if-error=0$/)
    for (const [instant, text] of [
      ['2024-06-19T16:59:59.999Z', withNews],
      ['2024-06-19T17:00:00Z', withoutNews],
    ] as const) {
      open.at(instant)
      expect([instant, await robots(open)]).toEqual([instant, text])
      expect((await locs(open, '/sitemap-news.xml')).length > 0, instant).toBe(text === withNews)
    }
    const { etag = '', 'last-modified': date = '' } = Object.fromEntries(before.headers)
    for (const headers of [{ 'If-None-Match': etag }, { 'If-Modified-Since': date }]) {
      expect((await open.get('/robots.txt', headers)).status, JSON.stringify(headers)).toBe(200)
    }
  })

  test('is there while the store fails, without the news sitemap, and kept by no cache', async () => {
    const open = await site()
    await open.put('neuf', {})
    open.wait(2000)
    const failing = ['heads', 'newsEntries'] as const
    for (const method of failing) {
      const down = () => Promise.reject(storeFault(method, new Error('D1 is down')))
      const ports = { ...open.ports, store: { ...open.ports.store, [method]: down } }
      const response = await app.fetch(new Request('https://kiosque.example/robots.txt'), ports)
      const { headers, status } = response
      expect([method, status, headers.get('Cache-Control')]).toEqual([method, 200, 'no-store'])
      expect([headers.get('ETag'), headers.get('Last-Modified')], method).toEqual([null, null])
      expect(await response.text(), method).toBe(withoutNews)
    }
    expect(open.logged).toEqual(['fault', 'fault'])
  })
})

describe('/sitemap.xml', () => {
  test('leads to every article that is read here, each once', async () => {
    const open = await site()
    const index = await locs(open, '/sitemap.xml')
    expect(index).toEqual(['sitemap-selections.xml', 'sitemap-2024-05-1.xml', 'sitemap-2024-06-1.xml'])
    const parts = await Promise.all(index.map((path) => locs(open, `/${path}`)))
    expect(parts[0]?.slice(0, 2)).toEqual(['', 'feeds'])
    expect(parts.map(sorted)).toEqual([
      ['', 'authors/kim', 'feeds', 'sections/monde', 'tags/ete'],
      ['articles/mai'],
      ['articles/juin', 'articles/resume'],
    ])
    for (const path of parts.flat()) expect([path, (await open.get(`/${path}`)).status]).toEqual([path, 200])
  })

  test.for(['/sitemap.xml', '/sitemap-selections.xml', '/sitemap-2024-06-1.xml', '/sitemap-news.xml'])(
    '%s is XML, validated and kept as a feed is',
    async (path) => {
      const open = await site()
      const response = await open.get(path)
      expect(Object.fromEntries(response.headers)).toMatchObject({
        'content-type': 'application/xml; charset=utf-8',
        'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
        'cache-tag': 'all',
        etag: expect.stringMatching(/^W\/"[0-9a-z-]{1,60}"$/),
        'last-modified': expect.any(String),
      })
      const conditions: Record<string, string>[] = [
        { 'If-None-Match': response.headers.get('ETag') ?? '' },
        { 'If-Modified-Since': response.headers.get('Last-Modified') ?? '' },
      ]
      for (const one of conditions) expect((await open.get(path, one)).status, JSON.stringify(one)).toBe(304)
    },
  )

  test.for(['/sitemap-2024-07-1.xml', '/sitemap-2024-06-2.xml', '/sitemap-x.xml', '/sitemap-.xml'])(
    '%s is not there',
    async (path) => expect((await (await site()).get(path)).status).toBe(404),
  )

  const changes: [what: string, change: (open: TestSite) => Promise<unknown>, june: string[]][] = [
    [
      'a new article',
      (open) => open.put('neuf', { published: '2024-06-04T12:00:00Z' }),
      ['articles/juin', 'articles/resume', 'articles/neuf'],
    ],
    ['a withdrawal', (open) => open.call('DELETE', '/api/articles/juin'), ['articles/resume']],
    [
      'an article that is read elsewhere from now on',
      (open) => open.put('juin', { url: 'https://journal.example/j' }),
      ['articles/resume'],
    ],
    ['rights taken back', (open) => open.put('juin', { rights: { syndicate: 'none' } }), ['articles/resume']],
    [
      'the end of an embargo',
      async (open) => open.at('2024-06-20T12:00:00Z'),
      ['articles/juin', 'articles/resume', 'articles/plus-tard'],
    ],
    [
      'the end of an article',
      async (open) => {
        await open.put('juin', { published: '2024-06-01T12:00:00Z', expires: '2024-06-21T00:00:00Z' })
        open.at('2024-06-21T00:00:00Z')
      },
      ['articles/resume', 'articles/plus-tard'],
    ],
    ['a draft', (open) => open.put('autre', { status: 'draft' }), ['articles/juin', 'articles/resume']],
  ]
  test.for(changes)('%s changes its month, and no other', async ([, change, june]) => {
    const open = await site()
    const paths = ['/sitemap-2024-06-1.xml', '/sitemap-2024-05-1.xml']
    const [was, other] = await Promise.all(paths.map((path) => open.get(path)))
    await change(open)
    open.wait(2000)
    const [is, still] = await Promise.all(paths.map((path) => open.get(path)))
    const [before, after] = [await was?.text(), await is?.text()]
    expect(sorted(locsIn(after ?? ''))).toEqual(sorted(june))
    expect(before === after).toBe(was?.headers.get('ETag') === is?.headers.get('ETag'))
    expect(still?.headers.get('ETag')).toBe(other?.headers.get('ETag'))
    expect(still?.headers.get('Last-Modified')).toBe(other?.headers.get('Last-Modified'))
  })

  test('a changed article has a new lastmod', async () => {
    const open = await site()
    await open.put('mai', { title: 'Corrigé', published: '2024-05-01T12:00:00Z' })
    const text = await (await open.get('/sitemap-2024-05-1.xml')).text()
    expect(text).toMatch(/articles\/mai<\/loc><lastmod>2024-06-19T16:00:02Z<\/lastmod>/)
  })

  test('where all articles are read elsewhere a sitemap still has an address', async () => {
    const open = await openSite()
    await open.put('un', { url: 'https://journal.example/a', published: '2024-06-02T12:00:00Z' })
    expect(await locs(open, '/sitemap-2024-06-1.xml')).toEqual([''])
  })

  test('a large month is parted, and the parts hold every article once', async () => {
    const open = await openSite()
    for (let chunk = 0; chunk < 21; chunk++) {
      const lines = Array.from({ length: 50 }, (_, place) =>
        JSON.stringify({ slug: `a${chunk * 50 + place}`, title: 'T', published: '2024-06-02T12:00:00Z' }),
      )
      const response = await open.call('POST', '/api/articles', lines.join('\n'), {
        'Content-Type': 'application/x-ndjson',
      })
      await response.arrayBuffer() // The test reads the whole answer because the bulk import saves the articles while its answer is read.
    }
    const index = await locs(open, '/sitemap.xml')
    expect(index).toEqual(['sitemap-selections.xml', 'sitemap-2024-06-1.xml', 'sitemap-2024-06-2.xml'])
    const [first = [], second = []] = await Promise.all(index.slice(1).map((path) => locs(open, `/${path}`)))
    expect([first.length, second.length]).toEqual([1000, 50])
    expect(repeated([...first, ...second])).toEqual([])
  })
})

describe('/sitemap-news.xml', () => {
  const hour = 3_600_000
  const news = async (open: TestSite) => locs(open, '/sitemap-news.xml')

  async function fresh() {
    const open = await openSite() // The clock of the test site starts at 16:00 on 19 June.
    await open.put('hier', { published: '2024-06-18T16:30:00Z' })
    await open.put('avant-hier', { published: '2024-06-17T17:00:00Z' })
    await open.put('vieux', { published: '2024-06-17T16:59:59Z' })
    await open.put('ailleurs', { published: '2024-06-19T10:00:00Z', url: 'https://journal.example/a' })
    await open.put('reserve', { published: '2024-06-19T10:00:00Z', rights: { syndicate: 'none' } })
    open.wait(2000)
    return open
  }

  test('names the articles of two days that are read here, newest first', async () => {
    const open = await fresh()
    expect(await news(open)).toEqual(['articles/hier', 'articles/avant-hier'])
    const text = await (await open.get('/sitemap-news.xml')).text()
    expect(text).toContain(
      '<news:publication><news:name>Kiosque</news:name><news:language>fr</news:language></news:publication>' +
        '<news:publication_date>2024-06-18T16:30:00Z</news:publication_date><news:title>Titre de hier</news:title>',
    )
  })

  test('drops them on the hour, with new validators, and no copy outlives it', async () => {
    const open = await fresh()
    const before = await open.get('/sitemap-news.xml')
    open.at('2024-06-19T16:58:00Z')
    const late = await open.get('/sitemap-news.xml')
    expect(late.headers.get('ETag')).toBe(before.headers.get('ETag'))
    expect(late.headers.get('Cache-Control')).toBe(
      'public, max-age=119, must-revalidate, stale-while-revalidate=0',
    )
    expect(late.headers.get('Cloudflare-CDN-Cache-Control')).toMatch(/stale-if-error=0$/)
    open.at('2024-06-19T17:00:00Z')
    const after = await open.get('/sitemap-news.xml')
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
    expect(after.headers.get('Last-Modified')).toBe('Wed, 19 Jun 2024 17:00:00 GMT')
    expect(locsIn(await after.text())).toEqual(['articles/hier'])
  })

  test('none is older than two days, and none is missing that is younger by an hour', async () => {
    const open = await openSite()
    for (let age = 0; age < 60; age++) {
      await open.put(`age-${age}`, {
        published: new Date(Date.parse('2024-06-19T16:00:00Z') - age * hour).toISOString(),
      })
    }
    for (const minutes of [0, 1, 59]) {
      open.at(Date.parse('2024-06-19T16:00:02Z') + minutes * 60_000)
      const shown = await news(open)
      expect(shown, `${minutes}`).toHaveLength(48)
      expect(shown.at(-1), `${minutes}`).toBe('articles/age-47')
    }
  })

  test('a site without news has an empty news sitemap', async () => {
    const open = await openSite()
    open.wait(2000)
    const response = await open.get('/sitemap-news.xml')
    expect(response.status).toBe(200)
    expect(await response.text()).toMatch(/<urlset [^>]*>\n\n<\/urlset>/)
  })

  test('is a thousand articles at most', async () => {
    const open = await fresh()
    await open.put('un', {})
    await env.DB.batch([
      env.DB.prepare(
        `INSERT INTO article (id, slug, json, selections, published, appears, shown, revision)
         WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1100)
         SELECT 'urn:x:' || i, 'n' || i, (SELECT json FROM article WHERE slug = 'un'), '{}', 1718812800000, 0, 1, 1
         FROM n`,
      ),
      env.DB.prepare(
        `INSERT INTO membership (selection, published, article)
         SELECT '', published, number FROM article WHERE id LIKE 'urn:x:%'`,
      ),
    ])
    expect(await news(open)).toHaveLength(1000)
  })
})
