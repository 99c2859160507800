import { describe, expect, test } from 'vitest'
import { archivesPerMonth } from '../../src/domain/archive.ts'
import { rfc3339 } from '../../src/domain/instant.ts'
import { openSite, slugsIn } from './site.ts'

const noon = '2024-06-20T12:00:00Z'

describe('what time alone changes (an embargo’s end, an expiry)', () => {
  test('an article under embargo appears nowhere, and everywhere once the embargo ends', async () => {
    const site = await openSite()
    await site.put('avant', { published: '2024-06-19T10:00:00Z' })
    await site.put('cache', { published: '2024-06-19T11:00:00Z', embargo: noon, section: 'Secret' })
    const places = [
      '/articles/cache',
      '/articles/cache/share.json',
      '/articles/cache/feed.rss',
      '/sections/secret',
      '/sections/secret/feed.atom',
      '/sections/secret/archive/2024/06/1/feed.json',
    ]
    site.at('2024-06-20T11:59:59.999Z')
    for (const place of places) expect([place, (await site.get(place)).status]).toEqual([place, 404])
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['avant'])
    site.at(noon)
    for (const place of places) expect([place, (await site.get(place)).status]).toEqual([place, 200])
    const feed = await site.get('/feed.json')
    expect(feed.headers.get('Last-Modified')).toBe('Thu, 20 Jun 2024 12:00:00 GMT')
    expect(await slugsIn(feed)).toEqual(['cache', 'avant'])
  })

  /**
   * The addresses whose answers change when the embargo of the article `cache` ends, each with the text that
   * the new answer contains.
   */
  const listings: [path: string, brings: string][] = [
    ['/feed.rss', '/articles/cache'],
    ['/archive/2024/06/1/feed.json', '/articles/cache'],
    ['/sections/monde/archive/2024/06/1/feed.rss', '/articles/cache'],
    ['/archive/2024/06/1/feed.atom?section=monde', '/articles/cache'],
    ['/archive/2024/05/1/feed.rss', '/archive/2024/06/1/feed.rss'],
    ['/sitemap-2024-06-1.xml', '/articles/cache'],
    ['/sitemap-news.xml', '/articles/cache'],
    ['/feeds', 'sections/secret'],
  ]
  test.for(listings)(
    'no copy of %s outlives the instant, and who asks then sees what is new',
    async ([path, brings]) => {
      const site = await openSite()
      // The test of the archive of May saves no other article of June than `cache`, so no archive of June exists
      // before the embargo ends. At the end of the embargo the archive of May must get a link to the archive of
      // June. All other tests also save the article `avant`, so that the archive and the sitemap of June exist
      // before the embargo ends.
      await site.put('mai', { published: '2024-05-10T10:00:00Z', section: 'Monde' })
      if (!path.includes('/05/')) await site.put('avant', { section: 'Monde' })
      await site.put('cache', {
        published: '2024-06-19T11:00:00Z',
        embargo: noon,
        section: path === '/feeds' ? 'Secret' : 'Monde',
      })
      site.at('2024-06-20T11:58:00.500Z')
      const { headers } = await site.get(path)
      expect(headers.get('Cache-Control')).toBe(
        'public, max-age=118, must-revalidate, stale-while-revalidate=0',
      )
      expect(headers.get('Last-Modified')).toMatch(/ GMT$/)
      expect(headers.get('Cloudflare-CDN-Cache-Control')).toBe(
        'public, max-age=118, stale-while-revalidate=0, stale-if-error=0',
      )
      site.at('2024-06-20T11:59:59.900Z')
      expect(await (await site.get(path)).text()).not.toContain(brings)
      site.at(noon)
      expect(await (await site.get(path)).text()).toContain(brings)
    },
  )

  test('an expired article is gone from feeds, and its page says so', async () => {
    const site = await openSite()
    await site.put('reste', { published: '2024-06-19T09:00:00Z' })
    await site.put('passe', { published: '2024-06-19T10:00:00Z', expires: noon })
    site.at('2024-06-20T11:59:59Z')
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['passe', 'reste'])
    const before = (await site.get('/feed.json')).headers.get('Last-Modified') ?? ''
    site.at('2024-06-20T12:00:03Z')
    const after = await site.get('/feed.json', { 'If-Modified-Since': before })
    expect(after.headers.get('Last-Modified')).toBe('Thu, 20 Jun 2024 12:00:00 GMT')
    expect(await slugsIn(after)).toEqual(['reste'])
    for (const place of ['/articles/passe', '/articles/passe/share.json', '/articles/passe/feed.rss']) {
      expect([place, (await site.get(place)).status]).toEqual([place, 410])
    }
  })

  test('at the very instant of its expiry an article is gone', async () => {
    const site = await openSite()
    await site.put('passe', { published: '2024-06-19T10:00:00Z', expires: noon })
    site.at('2024-06-20T11:59:59.999Z')
    expect([await slugsIn(await site.get('/feed.json')), (await site.get('/articles/passe')).status]).toEqual(
      [['passe'], 200],
    )
    site.at(noon)
    expect([await slugsIn(await site.get('/feed.json')), (await site.get('/articles/passe')).status]).toEqual(
      [[], 410],
    )
  })

  test('cron does the same as a read, and says what to invalidate', async () => {
    const site = await openSite()
    await site.put('cache', { embargo: noon, tags: ['Été'] })
    expect(await site.ports.store.release()).toEqual([])
    site.at('2024-06-20T12:00:30Z')
    expect((await site.ports.store.release()).sort()).toEqual([
      '',
      'archive/2024/06/1',
      'articles/cache',
      'tags/ete',
      'tags/ete/archive/2024/06/1',
    ])
    expect(await site.ports.store.release()).toEqual([])
    expect((await site.get('/feed.rss')).headers.get('Last-Modified')).toBe('Thu, 20 Jun 2024 12:00:00 GMT')
  })

  test('a save and an embargo’s end in one second leave no date that stands for two contents', async () => {
    const site = await openSite()
    await site.put('avant', {})
    await site.put('cache', { embargo: noon })
    site.at('2024-06-20T11:59:59.500Z')
    await site.put('avant', { title: 'Corrigé' })
    site.at(noon)
    const response = await site.get('/feed.json')
    expect(response.headers.get('Last-Modified')).toBeNull()
    site.wait(1000)
    expect((await site.get('/feed.json')).headers.get('Last-Modified')).toBe('Thu, 20 Jun 2024 12:00:01 GMT')
  })

  test('what time alone changes gets a date of its own where a save of the second before has the same', async () => {
    const site = await openSite()
    const { store, digest } = site.ports
    const june = 202_406 * archivesPerMonth + 1
    const datesOf = async () => {
      const heads = (await store.heads(['', 'tags/ete'], digest)) ?? []
      const archives = await Promise.all(
        ['', 'tags/ete'].map((path) => store.archive(path, june, [], digest)),
      )
      const all = [...heads, ...archives.flatMap((found) => found ?? [])]
      return all.map(({ path, revised }) => [path, rfc3339(revised)])
    }
    const article = { tags: ['Été'], published: '2024-06-19T10:00:00Z' }
    await site.put('cache', { ...article, embargo: noon })
    site.at('2024-06-20T11:59:59.500Z')
    await site.put('avant', article)
    const all = ['', 'tags/ete', 'archive/2024/06/1', 'tags/ete/archive/2024/06/1']
    expect(await datesOf()).toEqual(all.map((path) => [path, noon]))
    site.at(noon)
    await store.release()
    expect(await datesOf()).toEqual(all.map((path) => [path, '2024-06-20T12:00:01Z']))
  })

  const soon: [title: string, change: Record<string, unknown>, told: string[]][] = [
    ['an embargo that ends after every copy at the edge', { embargo: '2024-06-20T16:10:00Z' }, []],
    [
      'an embargo that only archives’ copies would outlive',
      { embargo: '2024-06-19T16:10:00Z' },
      ['archives'],
    ],
    [
      'an embargo that all copies would outlive',
      { embargo: '2024-06-19T16:05:00Z' },
      ['archives', 'everything'],
    ],
    [
      'an embargo and an expiry',
      { embargo: '2024-06-19T16:05:00Z', expires: '2024-06-19T16:06:00Z' },
      ['archives', 'everything'],
    ],
    ['an embargo after the site’s next change', { embargo: '2024-06-19T16:06:40Z', first: '16:06:30' }, []],
    [
      'an embargo before the site’s next change',
      { embargo: '2024-06-19T16:06:20Z', first: '16:06:30' },
      ['archives', 'everything'],
    ],
    ['a draft with an embargo', { embargo: '2024-06-19T16:05:00Z', status: 'draft' }, []],
    [
      'an article without feeds',
      { embargo: '2024-06-19T16:05:00Z', rights: { syndicate: 'none' } },
      ['archives', 'everything'],
    ],
  ]
  test.for(soon)('what a save invalidates names no selection: %s', async ([, { first, ...change }, told]) => {
    const site = await openSite()
    await site.put('avril', { tags: ['Été'], published: '2024-04-30T23:59:59Z' })
    await site.put('avant', { tags: ['Été'] })
    if (first) await site.put('premier', { tags: ['Été'], embargo: `2024-06-19T${first}Z` })
    site.invalidated.length = 0
    await site.put('cache', { tags: ['Été', 'Neuf'], published: '2024-06-19T15:00:00Z', ...change })
    expect(site.invalidated.toSorted()).toEqual(told)
    const { headers } = await site.get('/feed.rss')
    if (told.length === 2)
      expect(headers.get('Cloudflare-CDN-Cache-Control')).toMatch(/no-store|stale-if-error=0/)
  })

  test('an embargo that an editor removes leaves no `due`', async () => {
    const site = await openSite()
    await site.put('cache', { embargo: noon })
    await site.put('cache', {})
    expect(await slugsIn(await site.get('/feed.json'))).toEqual(['cache'])
    const { headers } = await site.get('/feed.rss')
    expect(headers.get('Cache-Control')).toBe(
      'public, max-age=300, must-revalidate, stale-while-revalidate=0',
    )
    site.at('2024-06-20T13:00:00Z')
    expect(headers.get('ETag')).toMatch(/^W\/"/)
    expect((await site.get('/feed.rss')).headers.get('ETag')).toBe(headers.get('ETag'))
  })
})

describe('how a page of an article that is not public answers', () => {
  const rows: [title: string, saves: Record<string, unknown>[], status: number][] = [
    ['never heard of', [], 404],
    ['a draft', [{ status: 'draft' }], 404],
    ['withdrawn before it was ever public', [{ status: 'draft' }, { status: 'withdrawn' }], 404],
    ['withdrawn', [{}, { status: 'withdrawn' }], 410],
    ['a draft again', [{}, { status: 'draft' }], 404],
    ['under embargo again', [{}, { embargo: noon }], 404],
    ['withdrawn, and the same sent again without a word', [{}, { status: 'withdrawn' }, {}], 410],
    ['published again after a withdrawal', [{}, { status: 'withdrawn' }, { status: 'published' }], 200],
  ]
  test.for(rows)('%s', async ([, saves, status]) => {
    const site = await openSite()
    for (const save of saves) {
      await site.put('un', save)
      site.wait(2000)
    }
    for (const place of ['/articles/un', '/articles/un/share.json', '/articles/un/feed.json']) {
      const response = await site.get(place)
      expect([place, response.status]).toEqual([place, status])
      if (status !== 200) expect(response.headers.get('Cache-Control'), place).toBe('no-store')
    }
    const feed = await site.get('/feed.json')
    expect(await slugsIn(feed)).toEqual(status === 200 ? ['un'] : [])
  })
})
