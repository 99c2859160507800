import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../src/share/code.ts'
import { networks } from '../../src/share/networks.ts'
import { openSite, type TestSite } from './site.ts'

const page = { title: 'Le marché', url: 'https://journal.example/marche' }
const ours = { SHARE_HOSTS: 'journal.example, .blogue.example' }

const ask = (site: TestSite, body: unknown) => site.call('POST', '/api/share', body)

describe('POST /api/share', () => {
  test('gives each page the links that an article has, in order', async () => {
    const response = await ask(await openSite(ours), {
      language: 'en',
      networks: ['x', 'email', 'xing'],
      pages: [page, { ...page, title: 'Deux', quote: 'un passage', text: 'Lisez' }],
    })
    expect(response.status).toBe(200)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const { pages } = (await response.json()) as { pages: { url: string; networks: { label: string }[] }[] }
    expect(pages).toMatchObject([
      { ...page, text: 'Le marché', networks: [{ id: 'x', label: 'Share on X' }, { id: 'email' }] },
      { url: `${page.url}#:~:text=un%20passage`, title: 'Deux', text: '“un passage” — Lisez' },
    ])
    expect(pages[0]).toMatchObject({ refused: [{ id: 'xing', use: ['linkedin'] }] })
  })

  test('needs a token, for the newsroom’s system calls it, not its readers', async () => {
    const site = await openSite(ours)
    expect((await site.call('POST', '/api/share', { pages: [page] }, { Authorization: '' })).status).toBe(401)
  })

  const hosts: [url: string, status: number][] = [
    ['https://kiosque.example/a', 200],
    ['https://journal.example/a', 200],
    ['http://journal.example/a', 200],
    ['https://blogue.example/a', 200],
    ['https://ete.blogue.example/a', 200],
    ['https://www.journal.example/a', 422],
    ['https://notblogue.example/a', 422],
    ['https://evil.example/?https://journal.example/', 422],
    ['https://journal.example.evil.example/', 422],
    ['https://journal.example@evil.example/', 422],
    ['https://me@journal.example/', 422],
    ['https://journal.example:8443/', 422],
    ['https://evil.example\\@journal.example/', 422],
    ['https://journal.example./', 422],
    ['ftp://journal.example/', 422],
    ['javascript:alert(1)//journal.example', 422],
    ['//journal.example/', 422],
    ['https://127.0.0.1/', 422],
  ]
  test.for(hosts)('%s: %d', async ([url, status]) => {
    const response = await ask(await openSite(ours), { pages: [{ ...page, url }] })
    expect(response.status).toBe(status)
    if (status === 422) expect(await response.text()).toContain('pages.0.url')
  })

  const wrong: [what: string, body: unknown, status: number, says: string][] = [
    ['no pages', { pages: [] }, 422, 'pages: must have an entry'],
    ['too many', { pages: Array(101).fill(page) }, 422, 'pages: must have at most 100 entries'],
    ['no title', { pages: [{ url: page.url }] }, 422, 'pages.0.title: must be given'],
    [
      'another field',
      { pages: [{ ...page, image: '/a.jpg' }] },
      422,
      'pages.0.image: is not a field of a page',
    ],
    [
      'a language that is none',
      { language: 'français', pages: [page] },
      422,
      'language: must be a language tag',
    ],
    [
      'a text that is too long once it is normalized',
      { pages: [{ ...page, text: '\ufb2c'.repeat(334) }] },
      422,
      'pages.0.text: must have at most 1000 characters',
    ],
    [
      'more networks than long texts allow',
      {
        networks: networks.map(({ id }) => id),
        pages: [
          page,
          { ...page, title: '漢'.repeat(1000), text: '漢'.repeat(1000), quote: '漢'.repeat(1000) },
        ],
      },
      422,
      'pages.1: has texts that, percent-encoded, are too long for more than 9 networks',
    ],
    [
      'an id that is none',
      { networks: ['<b>'], pages: [page] },
      422,
      'networks.0: must be the id of a network',
    ],
    [
      'networks that nobody knows',
      { networks: ['orkut'], pages: [page] },
      400,
      'names no network that is known',
    ],
    ['closed networks only', { networks: ['pocket'], pages: [page] }, 410, 'use instapaper or raindrop'],
    ['a list', [page], 422, 'request: must be an object'],
  ]
  test.for(wrong)('%s', async ([, body, status, says]) => {
    const response = await ask(await openSite(ours), body)
    expect(response.status).toBe(status)
    expect(await response.text()).toContain(says)
  })

  test('a hundred pages with every network in one call', async () => {
    const pages = Array.from({ length: 100 }, (_, at) => ({
      ...page,
      title: 'été '.repeat(200),
      url: `${page.url}/${at}`,
    }))
    const response = await ask(await openSite({ ...ours, SHARE_NETWORKS: 'A,B,C' }), { pages })
    expect(response.status).toBe(200)
  })
})

const reader = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' }

const visits = () => env.DB.prepare('SELECT sum(count) FROM share_count').first('sum(count)')

/**
 * Opens a test site where readers followed the short link of one article on two days, and the short link of
 * another article once.
 */
async function visited(): Promise<TestSite> {
  const site = await openSite()
  await site.put('un', { id: 'urn:x:un' })
  await site.put('deux', { id: 'urn:x:deux' })
  site.wait(2000)
  const [un, deux] = [await codeOf('urn:x:un'), await codeOf('urn:x:deux')]
  for (const name of [`${un}.x`, `${un}.x`, `${un}.email`]) await site.get(`/s/${name}`, reader)
  site.at('2024-06-20T16:00:00Z')
  for (const name of [`${un}.x`, `${deux}.qr`]) await site.get(`/s/${name}`, reader)
  await expect.poll(visits).toBe(5) // The test waits until five visits are stored, because the Worker stores a visit only after it has sent the answer.
  return site
}

describe('counts', () => {
  test('of an article, by network and day, also under a new slug', async () => {
    const site = await visited()
    await site.put('neuf', { id: 'urn:x:un' })
    expect(await (await site.call('GET', '/api/articles/neuf/shares')).json()).toEqual({
      slug: 'neuf',
      since: '2024-05-22',
      until: '2024-06-20',
      total: 4,
      networks: [
        { id: 'x', count: 3 },
        { id: 'email', count: 1 },
      ],
      days: [
        { day: '2024-06-19', count: 3 },
        { day: '2024-06-20', count: 1 },
      ],
    })
  })

  test('of the site, with the most visited articles', async () => {
    const site = await visited()
    expect(await (await site.call('GET', '/api/shares?since=2024-06-20')).json()).toEqual({
      since: '2024-06-20',
      until: '2024-06-20',
      total: 2,
      networks: [
        { id: 'qr', count: 1 },
        { id: 'x', count: 1 },
      ],
      days: [{ day: '2024-06-20', count: 2 }],
      articles: [
        { slug: 'deux', count: 1 },
        { slug: 'un', count: 1 },
      ],
    })
  })

  const tables: [path: string, headers: Record<string, string>][] = [
    ['/api/shares.csv', {}],
    ['/api/shares', { Accept: 'text/csv' }],
    ['/api/articles/un/shares.csv', {}],
    ['/api/articles/un/shares', { Accept: 'text/csv, application/json;q=0.1' }],
  ]
  test.for(tables)('as a table: %s', async ([path, headers]) => {
    const response = await (await visited()).call('GET', `${path}?until=2024-06-19`, undefined, headers)
    expect(response.headers.get('Content-Type')).toBe('text/csv; charset=utf-8; header=present')
    expect(await response.text()).toBe(
      'day,article,network,count\r\n2024-06-19,un,email,1\r\n2024-06-19,un,x,2\r\n',
    )
  })

  const periods: [query: string, says: string][] = [
    ['since=hier', 'since: must be a day'],
    ['until=2024-02-31', 'until: must be a day'],
    ['since=2024-06-21', 'since: must not be after 2024-06-20'],
    ['since=2023-06-19&until=2024-06-19', 'since: must be at most 366 days'],
  ]
  test.for(periods)('%s is refused', async ([query, says]) => {
    const response = await (await visited()).call('GET', `/api/shares?${query}`)
    expect(response.status).toBe(400)
    expect(await response.text()).toContain(`Cannot count: ${says}`)
  })

  test('need a token, and an article that is there', async () => {
    const site = await visited()
    expect((await site.get('/api/shares')).status).toBe(401)
    expect((await site.call('GET', '/api/articles/trois/shares')).status).toBe(404)
  })
})
