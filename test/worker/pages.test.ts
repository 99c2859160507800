import { describe, expect, test } from 'vitest'
import { forDelta } from '../readers.ts'
import { repeated } from '../repeated.ts'
import { openSite, slugsIn, type TestSite } from './site.ts'
import { readDocument } from './walk.ts'

const origin = 'https://kiosque.example'

/**
 * Opens a test site with twenty articles, one for each day. The newest feed holds three articles, and each page
 * of older articles holds six.
 */
async function twentyDays(): Promise<TestSite> {
  const site = await openSite({ FEED_LENGTH: '3' })
  for (let at = 1; at <= 20; at++) {
    await site.put(`a${at}`, {
      published: `2024-05-${String(at).padStart(2, '0')}T00:00:00Z`,
      tags: ['Été'],
    })
  }
  site.wait(2000)
  return site
}

const linksAt = async (site: TestSite, path: string) => (await readDocument(await site.get(path), path)).links
const follow = (link: string | undefined): string => (link ?? '').replace(origin, '')
const numbersOf = async (site: TestSite, path: string) =>
  (await slugsIn(await site.get(path))).map((slug) => Number(slug.slice(1)))

describe('pages of a feed', () => {
  test('go on from the newest feed, and back, without a gap', async () => {
    const site = await twentyDays()
    const second = follow((await linksAt(site, '/tags/ete/feed.atom')).next)
    const third = follow((await linksAt(site, second)).next)
    const asJson = (path: string) => path.replace('.atom', '.json')
    expect(await numbersOf(site, '/tags/ete/feed.json')).toEqual([20, 19, 18])
    expect(await numbersOf(site, asJson(second))).toEqual([17, 16, 15, 14, 13, 12])
    expect(await numbersOf(site, asJson(third))).toEqual([11, 10, 9, 8, 7, 6])
    const back = await linksAt(site, third)
    expect(back.first).toBe(`${origin}/tags/ete/feed.atom`)
    const previous = follow(back.previous)
    expect(previous).toContain('?after=')
    expect(await numbersOf(site, asJson(previous))).toEqual([17, 16, 15, 14, 13, 12])
    const top = await linksAt(site, follow((await linksAt(site, previous)).previous))
    expect(top.previous).toBe(top.first)
    expect(follow(top.next)).toContain('?before=')
  })

  test('end with a page that names none behind it', async () => {
    const site = await twentyDays()
    const path = `/feed.atom?before=${Date.parse('2024-05-03T00:00:00Z')}.3`
    expect(await numbersOf(site, path.replace('atom', 'json'))).toEqual([2, 1])
    expect((await linksAt(site, path)).next).toBeUndefined()
    expect(await numbersOf(site, '/feed.json?before=-5.1')).toEqual([])
  })

  test('lead from an empty page to every article, in either direction', async () => {
    const site = await openSite({ FEED_LENGTH: '3' })
    const days = Array.from({ length: 8 }, (_, at) => at + 1)
    for (const number of days)
      await site.put(`a${number}`, { published: `2024-05-0${number}T00:00:00Z`, tags: ['Été'] })
    for (const path of ['', '/tags/ete']) {
      for (const [query, rel] of [
        ['before=-5.1', 'previous'],
        ['after=1893456000000.5', 'next'],
        [`before=${Date.parse('2024-05-01T00:00:00Z')}.1`, 'previous'],
      ] as const) {
        const found: number[] = []
        for (let next: string | undefined = `${path}/feed.atom?${query}`; next !== undefined; ) {
          found.push(...(await numbersOf(site, next.replace('.atom', '.json'))))
          const link: string | undefined = (await linksAt(site, next))[rel]
          next = link === undefined || !link.includes('?') ? undefined : follow(link)
        }
        if (rel === 'previous') found.push(...(await numbersOf(site, `${path}/feed.json`)))
        expect([...new Set(found)].sort(), `${path} ${query}`).toEqual(days)
      }
    }
  })

  const day = (number: number) => Date.parse(`2024-05-${String(number).padStart(2, '0')}T00:00:00Z`)
  const cursors: [what: string, query: string, canonical: string][] = [
    ['between two articles', `before=${day(3) + 7}.5`, `before=${day(4)}.4`],
    ['of no article on its day', `before=${day(3)}.4`, `before=${day(4)}.4`],
    ['later than all', 'before=1893456000000.5', 'before=999999999999999.0'],
    ['earlier than all', 'before=-5.1', `before=${day(1)}.1`],
    ['between two articles, forward', `after=${day(3) + 7}.5`, `after=${day(3)}.3`],
    ['earlier than all, forward', 'after=-5.1', 'after=-999999999999999.0'],
  ]

  test.for(cursors)(
    'a cursor that no link has is answered with the page of the same articles: %s',
    async ([, query, canonical]) => {
      const site = await twentyDays()
      for (const path of ['/feed.rss', '/tags/ete/feed.atom', '/feed.json', '/rss', '/tags/ete/feed']) {
        const invented = await site.get(`${path}?${query}`)
        const own = await site.get(`${path}?${canonical}`)
        const address = invented.headers.get('Content-Location') ?? ''
        expect(address, path).toMatch(new RegExp(`feed\\.[a-z]+\\?${canonical.replace('.', '\\.')}$`))
        expect([invented.status, invented.headers.get('ETag')], path).toEqual([200, own.headers.get('ETag')])
        expect(await invented.text(), path).toBe(await own.text())
        const again = await site.get(`${path}?${query}`, { 'If-None-Match': own.headers.get('ETag') ?? '' })
        expect(again.status, path).toBe(304)
        const isCanonical = path.includes('feed.')
        expect(own.headers.has('Content-Location'), path).toBe(!isCanonical)
      }
    },
  )

  test('of an intersection are addressed with its query', async () => {
    const site = await openSite({ FEED_LENGTH: '1' })
    for (const day of ['01', '02', '03']) {
      await site.put(`a${day}`, { published: `2024-05-${day}T00:00:00Z`, section: 'Monde', tags: ['Été'] })
    }
    const { next } = await linksAt(site, '/feed.rss?tag=ete&section=monde')
    expect(next).toMatch(/^https:\/\/kiosque\.example\/feed\.rss\?section=monde&tag=ete&before=\d+\.\d+$/)
    expect(await numbersOf(site, follow(next).replace('rss', 'json'))).toEqual([2, 1])
  })

  test('have tags of their own, and no deltas', async () => {
    const site = await twentyDays()
    const paths = ['/feed.rss', '/feed.rss?before=1715000000000.5', '/feed.rss?after=1715000000000.5']
    const responses = await Promise.all(paths.map((path) => site.get(path)))
    expect(repeated(responses.map(({ headers }) => headers.get('ETag')))).toEqual([])
    expect(responses.map(({ headers }) => headers.get('Vary'))).toEqual([
      'Sec-Fetch-Dest, A-IM',
      'Sec-Fetch-Dest',
      'Sec-Fetch-Dest',
    ])
    for (const [at, response] of responses.entries()) {
      const again = await site.get(paths[at] as string, {
        'If-None-Match': response.headers.get('ETag') ?? '',
      })
      expect(again.status, paths[at]).toBe(304)
      expect(response.headers.get('Cache-Tag'), `${at}`).toBe('all')
    }
    await site.put('neuf', {})
    const page = responses[1] as Response
    const asked = forDelta(page.headers.get('ETag') ?? '')
    expect((await site.get(paths[1] as string, asked)).status).toBe(200)
  })

  const bad = [
    '',
    'x',
    '1',
    '1.',
    '.1',
    '1.x',
    '1e3.1',
    '1.-1',
    '9999999999999999.1',
    '1.1;',
    '1.1.1',
    "1.1'--",
  ]
  test.for(bad)('before=%s is a 400 that says so', async (cursor) => {
    const site = await twentyDays()
    for (const side of ['before', 'after']) {
      const response = await site.get(`/feed.rss?${side}=${encodeURIComponent(cursor)}`)
      expect([response.status, response.headers.get('Cache-Control')], side).toEqual([400, 'no-store'])
      expect(await response.json(), side).toMatchObject({
        title: 'Invalid query',
        detail: expect.stringContaining(`${side}: `),
      })
    }
  })
})
