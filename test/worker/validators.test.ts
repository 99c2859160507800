import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { newsboat } from '../readers.ts'
import { repeated } from '../repeated.ts'
import { openSite, slugsIn, type TestSite } from './site.ts'

const files = formatNames.map((format) => `feed.${format}` as const)

/** Opens a test site whose feed holds one article that was saved two seconds ago. */
async function siteWithArticle(): Promise<TestSite> {
  const site = await openSite()
  await site.put('un', { published: '2024-06-19T12:00:00Z', section: 'Monde', tags: ['Été'] })
  site.wait(2000)
  return site
}

const validatorsIn = (response: Response) => ({
  etag: response.headers.get('ETag') ?? '',
  lastModified: response.headers.get('Last-Modified') ?? '',
})

describe('a second answer is 304, with the headers of the 200', () => {
  test.for(files)('%s', async (file) => {
    const site = await siteWithArticle()
    const first = await site.get(`/${file}`)
    const { etag, lastModified } = validatorsIn(first)
    expect(first.status).toBe(200)
    for (const headers of [{ 'If-None-Match': etag }, { 'If-Modified-Since': lastModified }]) {
      const second = await site.get(`/${file}`, headers as Record<string, string>)
      expect(second.status, JSON.stringify(headers)).toBe(304)
      expect(await second.text(), JSON.stringify(headers)).toBe('')
      expect(Object.fromEntries(second.headers), JSON.stringify(headers)).toEqual(
        Object.fromEntries(first.headers),
      )
    }
  })

  test('every format has a tag of its own', async () => {
    const site = await siteWithArticle()
    const tags = await Promise.all(files.map(async (file) => validatorsIn(await site.get(`/${file}`)).etag))
    expect(repeated(tags)).toEqual([])
    expect(tags.filter((tag) => !/^W\/"[^"]{1,60}"$/.test(tag))).toEqual([])
  })
})

/**
 * The request headers that nine feed readers send when they poll a feed again, taken from the source code of
 * these readers.
 */
const readers: [
  name: string,
  headers: Record<string, string>,
  conditional: 'both' | 'date' | 'lost-quotes',
][] = [
  [
    'Miniflux',
    {
      Accept:
        'application/xml,application/atom+xml,application/rss+xml,application/rdf+xml,application/feed+json,text/html,*/*;q=0.9',
      'Accept-Encoding': 'br,gzip',
      Connection: 'close',
    },
    'both',
  ],
  [
    'FreshRSS',
    {
      Accept:
        'application/atom+xml, application/rss+xml, application/rdf+xml;q=0.9, application/xml;q=0.8, text/xml;q=0.8, text/html;q=0.7, unknown/unknown;q=0.1, application/unknown;q=0.1, */*;q=0.1',
      'User-Agent': 'FreshRSS/1.27 (Linux; https://freshrss.org)',
    },
    'both',
  ],
  [
    'NewsBlur',
    {
      'A-IM': 'feed',
      'Accept-Encoding': 'gzip',
      'User-Agent':
        'NewsBlur Feed Fetcher - 2 subscribers - https://www.newsblur.com/site/1/titre (Mozilla/5.0)',
    },
    'both',
  ],
  [
    'Feedbin',
    { 'Accept-Encoding': 'gzip, deflate', 'User-Agent': 'Feedbin feed-id:1 - 2 subscribers' },
    'both',
  ],
  ['NetNewsWire', { 'Accept-Encoding': 'gzip, deflate, br' }, 'both'],
  ['Newsboat', { Accept: '*/*', 'A-IM': 'feed', 'User-Agent': newsboat }, 'both'],
  [
    'Thunderbird',
    {
      Accept:
        'application/atom+xml,application/rss+xml;q=0.9,application/rdf+xml;q=0.8,application/xml;q=0.7,text/xml;q=0.7,*/*;q=0.1',
      'Cache-Control': 'no-cache',
    },
    'date',
  ],
  ['tt-rss', { 'User-Agent': 'Tiny Tiny RSS/24.06 (https://tt-rss.org/)' }, 'date'],
  [
    'lemon24/reader',
    {
      'A-IM': 'feed',
      'Accept-Encoding': 'gzip, deflate',
      'User-Agent': 'python-reader/3.26 (+https://github.com/lemon24/reader)',
    },
    'both',
  ],
]

describe('nine real readers, each asking twice', () => {
  const cases = readers.flatMap((reader) => files.map((file) => [reader[0], file, reader] as const))
  test.for(cases)('%s, %s: the second answer is 304', async ([, file, [, headers, conditional]]) => {
    const site = await siteWithArticle()
    const sent: Record<string, string> = { ...headers }
    if (conditional === 'date') sent['If-Modified-Since'] = 'Sat, 01 Jan 2000 00:00:00 GMT'
    const first = await site.get(`/${file}`, sent)
    expect(first.status).toBe(200)
    const { etag, lastModified } = validatorsIn(first)
    const again: Record<string, string> = { ...headers, 'If-Modified-Since': lastModified }
    if (conditional !== 'date') again['If-None-Match'] = etag
    expect((await site.get(`/${file}`, again)).status).toBe(304)
  })
})

describe('no wrong 304 by date alone', () => {
  test('two saves in the same second are told apart', async () => {
    const site = await siteWithArticle()
    site.at('2024-06-19T17:00:00.100Z')
    await site.put('deux', { published: '2024-06-19T13:00:00Z' })
    site.at('2024-06-19T17:00:00.200Z')
    const between = await site.get('/feed.rss')
    expect(between.headers.get('Last-Modified')).toBeNull()
    expect(between.headers.get('Cloudflare-CDN-Cache-Control')).toBe('no-store')
    site.at('2024-06-19T17:00:00.300Z')
    await site.put('trois', { published: '2024-06-19T14:00:00Z' })
    site.at('2024-06-19T17:00:01.000Z')
    const after = await site.get('/feed.rss')
    expect(after.headers.get('Last-Modified')).toBe('Wed, 19 Jun 2024 17:00:01 GMT')
    expect(after.headers.get('ETag')).not.toBe(between.headers.get('ETag'))
  })

  test('a clock that goes back between two saves does not take the date back', async () => {
    const site = await siteWithArticle()
    site.at('2024-06-19T17:00:10Z')
    await site.put('deux', {})
    site.at('2024-06-19T17:00:02Z')
    await site.put('trois', {})
    site.at('2024-06-19T17:01:00Z')
    const { lastModified } = validatorsIn(await site.get('/feed.rss'))
    expect(lastModified).toBe('Wed, 19 Jun 2024 17:00:12 GMT')
  })

  test('a change of settings or renderers, by tag and by date', async () => {
    const site = await siteWithArticle()
    const before = await site.get('/feed.rss')
    const { etag, lastModified } = validatorsIn(before)
    const changed = await openSite(
      { SITE_TITLE: 'Autre nom' },
      'e2e2e2e2',
      Date.parse('2024-06-19T18:00:00.500Z'),
    )
    expect((await changed.get('/feed.rss', { 'If-None-Match': etag })).status).toBe(200)
    expect((await changed.get('/feed.rss', { 'If-Modified-Since': lastModified })).status).toBe(200)
    expect(await changed.ports.store.takeCharge('e2e2e2e2')).toBe(true)
    changed.wait(2000)
    const after = validatorsIn(await changed.get('/feed.rss'))
    expect(after.lastModified).toBe('Wed, 19 Jun 2024 18:00:02 GMT')
  })

  test('going back to the old settings gives a new date again', async () => {
    const site = await siteWithArticle()
    const changed = await openSite(
      { SITE_TITLE: 'Autre nom' },
      'e2e2e2e2',
      Date.parse('2024-06-19T18:00:00Z'),
    )
    await changed.ports.store.takeCharge('e2e2e2e2')
    changed.wait(2000)
    const { lastModified } = validatorsIn(await changed.get('/feed.rss'))
    expect(lastModified).not.toBe('')
    site.at('2024-06-19T19:00:00Z')
    await site.ports.store.takeCharge(site.ports.digest)
    expect((await site.get('/feed.rss', { 'If-Modified-Since': lastModified })).status).toBe(200)
  })
})

describe('only what anybody can see moves a validator', () => {
  const invisible: [title: string, article: Record<string, unknown>][] = [
    ['a draft', { status: 'draft' }],
    ['an article to come', { published: '2030-01-01T00:00:00Z' }],
    ['an article under embargo', { embargo: '2030-01-01T00:00:00Z' }],
    ['an article that may not be syndicated', { rights: { syndicate: 'none' } }],
  ]
  test.for(invisible)('%s moves nothing', async ([, article]) => {
    const site = await siteWithArticle()
    const before = await site.get('/feed.json')
    await site.put('cache', { ...article, tags: ['Été', 'Neuf'], section: 'Monde' })
    site.wait(2000)
    const after = await site.get('/feed.json')
    expect(after.headers.get('ETag')).toBe(before.headers.get('ETag'))
    expect(await after.text()).toBe(await before.text())
    expect((await site.get('/tags/neuf/feed.rss')).status).toBe(404)
  })

  test('the same article again changes no revision and no byte', async () => {
    const site = await siteWithArticle()
    const before = await site.get('/feed.json')
    const again = await site.put('un', {
      published: '2024-06-19T12:00:00Z',
      section: 'Monde',
      tags: ['Été'],
    })
    expect(again.headers.get('Kiosque-Saved')).toBe('unchanged')
    expect((await site.get('/feed.json')).headers.get('ETag')).toBe(before.headers.get('ETag'))
  })

  test('an article that leaves a tag changes the feed that it left', async () => {
    const site = await siteWithArticle()
    const before = await site.get('/tags/ete/feed.json')
    expect(await slugsIn(before)).toEqual(['un'])
    await site.put('un', { published: '2024-06-19T12:00:00Z', section: 'Monde', tags: ['Hiver'] })
    const after = await site.get('/tags/ete/feed.json', { 'If-None-Match': validatorsIn(before).etag })
    expect(after.status).toBe(200)
    expect(await slugsIn(after)).toEqual([])
    expect(await slugsIn(await site.get('/tags/hiver/feed.json'))).toEqual(['un'])
  })

  test('a save moves only the selections of its article', async () => {
    const site = await siteWithArticle()
    const before = await site.get('/sections/monde/feed.rss')
    await site.put('deux', { section: 'Culture' })
    const after = await site.get('/sections/monde/feed.rss')
    expect(after.headers.get('ETag')).toBe(before.headers.get('ETag'))
    expect(site.invalidated.slice(-5).sort()).toEqual([
      '',
      'archive/2024/06/1',
      'articles/deux',
      'sections/culture',
      'sections/culture/archive/2024/06/1',
    ])
  })
})
