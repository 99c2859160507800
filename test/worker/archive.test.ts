import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { openSite, slugsIn, type TestSite, token } from './site.ts'

const june = '/archive/2024/06/1/feed.json'

/** Opens a test site with one article in each of three months. The clock is then two seconds after the last save. */
async function threeMonths(settings: Record<string, string> = {}): Promise<TestSite> {
  const site = await openSite({ FEED_LENGTH: '1', ...settings })
  for (const month of ['04', '05', '06']) {
    await site.put(`m${month}`, { published: `2024-${month}-10T00:00:00Z`, section: 'Monde' })
  }
  site.wait(2000)
  return site
}

const linksOf = (response: Response) => response.headers.get('Link') ?? ''
const tagOf = (response: Response) => response.headers.get('ETag') ?? ''

describe('an archive', () => {
  test.for(formatNames)('names its neighbours in header and document: %s', async (format) => {
    const site = await threeMonths()
    const response = await site.get(`/sections/monde/archive/2024/05/1/feed.${format}`)
    const text = (await response.text()).replaceAll('&amp;', '&')
    const at = (path: string) => `https://kiosque.example/sections/monde/${path}feed.${format}`
    const links = [
      ['self', at('archive/2024/05/1/')],
      ['current', at('')],
      ['prev-archive', at('archive/2024/04/1/')],
      ['next-archive', at('archive/2024/06/1/')],
    ]
    for (const [rel, href] of links) {
      expect(linksOf(response), rel).toContain(`<${href}>; rel="${rel}"`)
      if (format !== 'json')
        expect(text, rel).toMatch(
          new RegExp(`rel="${rel}"[^>]*href="${href}"|href="${href}"[^>]*rel="${rel}"`),
        )
    }
    expect(linksOf(response)).not.toContain('rel="hub"')
    if (format === 'json')
      expect(JSON.parse(text)).toMatchObject({
        feed_url: at('archive/2024/05/1/'),
        next_url: at('archive/2024/04/1/'),
      })
    else expect(text).toContain('<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>')
  })

  test('is kept by the edge for a day, by readers for five minutes, under a tag of its own', async () => {
    const { headers } = await (await threeMonths()).get('/sections/monde/archive/2024/05/1/feed.rss')
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cloudflare-cdn-cache-control':
        'public, max-age=86400, stale-while-revalidate=60, stale-if-error=86400',
      'cache-tag': 'sections/monde/archive/2024/05/1,archives',
      vary: 'Sec-Fetch-Dest',
      'last-modified': 'Wed, 19 Jun 2024 16:00:01 GMT',
    })
  })

  const absent = [
    '2024/07/1',
    '2024/6/1',
    '2024/06/0',
    '2024/06/2',
    '2024/13/1',
    '02024/06/1',
    '2024/06/01',
    'x/y/z',
  ]
  test.for(absent)('archive/%s is not found', async (part) => {
    const site = await threeMonths()
    for (const selection of ['', '/sections/monde', '/sections/inconnue']) {
      expect((await site.get(`${selection}/archive/${part}/feed.rss`)).status, selection).toBe(404)
    }
  })

  test('answers its own tag and date with 304, which has its headers', async () => {
    const site = await threeMonths()
    const first = await site.get(june)
    for (const headers of [
      { 'If-None-Match': tagOf(first) },
      { 'If-Modified-Since': first.headers.get('Last-Modified') ?? '' },
    ] as Record<string, string>[]) {
      const again = await site.get(june, headers)
      expect(again.status, JSON.stringify(headers)).toBe(304)
      expect(Object.fromEntries(again.headers), JSON.stringify(headers)).toEqual(
        Object.fromEntries(first.headers),
      )
    }
  })

  const changes: [
    what: string,
    change: (site: TestSite) => Promise<unknown>,
    moves: boolean,
    told: boolean,
  ][] = [
    [
      'a new article in its month',
      (site) => site.put('n', { published: '2024-06-01T00:00:00Z' }),
      true,
      true,
    ],
    [
      'a new article in another month that there is',
      (site) => site.put('n', { published: '2024-04-01T00:00:00Z' }),
      false,
      false,
    ],
    [
      'what comes into its month within the life of a copy',
      (site) => site.put('n', { published: '2024-06-01T00:00:00Z', embargo: '2024-06-19T16:00:03Z' }),
      false,
      true,
    ],
    [
      'a correction of its article',
      (site) => site.put('m06', { title: 'Corrigé', published: '2024-06-10T00:00:00Z' }),
      true,
      true,
    ],
    ['a withdrawal from it', (site) => site.call('DELETE', '/api/articles/m06'), true, true],
    [
      'a draft in its month',
      (site) => site.put('n', { published: '2024-06-01T00:00:00Z', status: 'draft' }),
      false,
      false,
    ],
    [
      'an article with no rights in its month',
      (site) => site.put('n', { published: '2024-06-01T00:00:00Z', rights: { syndicate: 'none' } }),
      false,
      false,
    ],
  ]
  test.for(changes)('and its tag: %s', async ([, change, moves, told]) => {
    const site = await threeMonths()
    const before = await site.get(june)
    site.invalidated.length = 0
    await change(site)
    const after = await site.get(june)
    expect(tagOf(after) !== tagOf(before)).toBe(moves)
    expect((await after.text()) !== (await before.text())).toBe(moves)
    expect(site.invalidated.some((path) => path === 'archive/2024/06/1' || path === 'archives')).toBe(told)
  })

  test('a month that comes between two others changes just the two', async () => {
    const site = await openSite({ FEED_LENGTH: '1' })
    for (const month of ['01', '03', '05'])
      await site.put(`m${month}`, { published: `2024-${month}-10T00:00:00Z` })
    const read = () =>
      Promise.all(['01', '03', '05'].map((month) => site.get(`/archive/2024/${month}/1/feed.atom`)))
    const before = await read()
    site.wait(2000)
    site.invalidated.length = 0
    await site.put('m02', { published: '2024-02-10T00:00:00Z' })
    const after = await read()
    expect(after.map((response, at) => tagOf(response) !== tagOf(before[at] as Response))).toEqual([
      true,
      true,
      false,
    ])
    expect(linksOf(after[0] as Response)).toContain('/archive/2024/02/1/feed.atom>; rel="next-archive"')
    expect(linksOf(after[1] as Response)).toContain('/archive/2024/02/1/feed.atom>; rel="prev-archive"')
    expect(site.invalidated.filter((path) => path.startsWith('archive/')).sort()).toEqual(
      ['01', '02', '03'].map((month) => `archive/2024/${month}/1`),
    )
  })
})

describe('the place of an article', () => {
  test('is the last part of its month, which ends at a hundred', async () => {
    const site = await openSite()
    const lines = Array.from({ length: 101 }, (_, at) =>
      JSON.stringify({
        slug: `a${at}`,
        title: `T${at}`,
        text: 'x',
        published: `2024-06-0${(at % 9) + 1}T00:00:00Z`,
      }),
    )
    const answer = await site.call('POST', '/api/articles', lines.join('\n'), {
      'Content-Type': 'application/x-ndjson',
    })
    await answer.arrayBuffer()
    expect(await slugsIn(await site.get(june))).toHaveLength(100)
    const last = await slugsIn(await site.get('/archive/2024/06/2/feed.json'))
    expect(last).toHaveLength(1)
    // After a withdrawal the full archive of 100 articles has 99 articles and does not fill up again: the
    // articles of later archives stay there, and a new article goes to the last archive.
    await site.call('DELETE', '/api/articles/a0')
    await site.put('b', { published: '2024-06-05T00:00:00Z' })
    expect(await slugsIn(await site.get(june))).toHaveLength(99)
    expect((await slugsIn(await site.get('/archive/2024/06/2/feed.json'))).sort()).toEqual(
      ['b', ...last].sort(),
    )
  })

  test('stays when its date is corrected, and is taken again after a withdrawal', async () => {
    const site = await threeMonths()
    await site.put('m06', { published: '2024-04-11T00:00:00Z', section: 'Monde' })
    expect(await slugsIn(await site.get(june))).toEqual(['m06'])
    await site.call('DELETE', '/api/articles/m06')
    expect(await slugsIn(await site.get(june))).toEqual([])
    await site.put('m06', { published: '2024-04-11T00:00:00Z', section: 'Monde', status: 'published' })
    expect(await slugsIn(await site.get(june))).toEqual(['m06'])
    expect((await slugsIn(await site.get('/archive/2024/04/1/feed.json'))).sort()).toEqual(['m04'])
  })

  test('is given at the end of an embargo, and shows nothing after the article expires', async () => {
    const site = await openSite()
    await site.put('e', {
      published: '2024-06-01T00:00:00Z',
      embargo: '2024-06-20T12:00:00Z',
      expires: '2024-06-21T12:00:00Z',
    })
    expect((await site.get(june)).status).toBe(404)
    site.at('2024-06-20T12:00:00Z')
    await site.get('/feed.json')
    const open = await site.get(june)
    expect(await slugsIn(open)).toEqual(['e'])
    site.at('2024-06-21T11:59:00Z')
    expect((await site.get(june)).headers.get('Cloudflare-CDN-Cache-Control')).toContain('max-age=59,')
    site.at('2024-06-21T12:00:00Z')
    const after = await site.get(june, { 'If-None-Match': tagOf(open) })
    expect([after.status, after.headers.get('Last-Modified')]).toEqual([200, 'Fri, 21 Jun 2024 12:00:00 GMT'])
    expect(await slugsIn(after)).toEqual([])
  })

  test('an embargo that is set again hides it there until it ends', async () => {
    const site = await threeMonths()
    await site.put('m06', { published: '2024-06-10T00:00:00Z', embargo: '2024-06-20T12:00:00Z' })
    expect(await slugsIn(await site.get(june))).toEqual([])
    site.at('2024-06-20T12:00:00Z')
    expect(await slugsIn(await site.get(june))).toEqual(['m06'])
  })

  test('goes with its selection’s new name, and the old address leads there', async () => {
    const site = await threeMonths({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    await site.put('brouillon', { section: 'Monde', status: 'draft' })
    await site.call('PUT', '/api/sections/monde', { name: 'Planète' })
    const moved = await site.get('/sections/monde/archive/2024/05/1/feed.json')
    expect(moved.headers.get('Location')).toBe(
      'https://kiosque.example/sections/planete/archive/2024/05/1/feed.json',
    )
    const page = await site.get('/sections/monde/feed.json?before=1717718400000.7')
    expect(page.headers.get('Location')).toBe(
      'https://kiosque.example/sections/planete/feed.json?before=1717718400000.7',
    )
    const archive = await site.get('/sections/planete/archive/2024/05/1/feed.json')
    expect((await archive.clone().json()) as object).toMatchObject({ title: 'Planète — Kiosque' })
    expect(await slugsIn(archive)).toEqual(['m05'])
    // The section `Monde` was renamed to `Planète`, so a save with the name `Monde` creates a new section.
    await site.put('m05', { published: '2024-05-10T00:00:00Z', section: 'Monde' })
    expect(await slugsIn(await site.get('/sections/monde/archive/2024/05/1/feed.json'))).toEqual(['m05'])
    expect(await slugsIn(await site.get('/sections/planete/archive/2024/05/1/feed.json'))).toEqual([])
  })
})

describe('the newest feed', () => {
  test('leads to the last archive and the next page, or says that it is the whole', async () => {
    const site = await openSite({ FEED_LENGTH: '2' })
    await site.put('a', { published: '2024-06-01T00:00:00Z' })
    await site.put('b', { published: '2024-06-02T00:00:00Z' })
    const whole = await site.get('/feed.atom')
    expect(linksOf(whole)).not.toContain('archive')
    expect(await whole.text()).toContain('<fh:complete ')
    await site.put('c', { published: '2024-06-03T00:00:00Z' })
    const part = await site.get('/feed.atom')
    expect(linksOf(part)).toContain(
      '<https://kiosque.example/archive/2024/06/1/feed.atom>; rel="prev-archive"',
    )
    const text = await part.text()
    expect(text).not.toContain('fh:complete')
    for (const rel of ['first', 'next', 'prev-archive'])
      expect(text, rel).toContain(`<link rel="${rel}" href=`)
  })
})
