import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { openSite, slugsIn, type TestSite, token } from './site.ts'

const origin = 'https://kiosque.example'

/**
 * The sample articles: slug, month of publication, section and tag. Fewer articles have the tag `Été` than are
 * in the section `Monde`.
 */
const articles: [slug: string, month: string, section: string, tag: string][] = [
  ['a', '03', 'Monde', 'Été'],
  ['b', '03', 'Culture', 'Hiver'],
  ['c', '04', 'Culture', 'Été'],
  ['d', '05', 'Monde', 'Été'],
  ['e', '05', 'Culture', 'Été'],
  ['f', '05', 'Monde', 'Hiver'],
  ['g', '06', 'Monde', 'Hiver'],
  ['h', '06', 'Monde', 'Hiver'],
]

async function filled(settings: Record<string, string> = {}): Promise<TestSite> {
  const admin = { API_TOKENS: `tests:admin:${await hashOf(token)}` }
  const site = await openSite({ FEED_LENGTH: '1', ...admin, ...settings })
  for (const [slug, month, section, tag] of articles) {
    await site.put(slug, {
      section,
      tags: [tag],
      authors: ['Kim'],
      published: `2024-${month}-10T00:00:00Z`,
    })
  }
  site.wait(2000)
  return site
}

const may = '/tags/ete/archive/2024/05/1/feed.json?section=monde'
const linksOf = (response: Response) => response.headers.get('Link') ?? ''
const validatorsOf = (response: Response) => [
  response.headers.get('ETag'),
  response.headers.get('Last-Modified'),
]

describe('an archive of an intersection is that of one selection, narrowed by the others', () => {
  const rows: [path: string, slugs: string[]][] = [
    ['/tags/ete/archive/2024/05/1/feed.json', ['e', 'd']],
    ['/tags/ete/archive/2024/05/1/feed.json?section=monde', ['d']],
    ['/tags/ete/archive/2024/05/1/feed.json?author=kim&x=1&section=culture&tag=ete', ['e']],
    ['/sections/monde/archive/2024/05/1/feed.json?tag=ete', ['d']],
    ['/sections/monde/archive/2024/05/1/feed.json?section=monde', ['f', 'd']],
    ['/sections/monde/archive/2024/06/1/feed.json?tag=ete', []],
    ['/archive/2024/05/1/feed.json?section=monde', ['f', 'd']],
    ['/archive/2024/05/1/feed.json?section=monde&tag=hiver&author=kim', ['f']],
  ]
  test.for(rows)('%s', async ([path, slugs]) => {
    const response = await (await filled()).get(path)
    expect(response.status).toBe(200)
    expect(await slugsIn(response)).toEqual(slugs)
  })

  test.for(formatNames)('names itself and its neighbours in header and document: %s', async (format) => {
    const site = await filled()
    const path = `/tags/ete/archive/2024/04/1/feed.${format}`
    const response = await site.get(`${path}?utm_source=x&author=kim&tag=ete&section=monde`)
    const text = (await response.text()).replaceAll('&amp;', '&')
    const at = (month: string) =>
      `${origin}/tags/ete/archive/2024/${month}/1/feed.${format}?section=monde&author=kim`
    const links = [
      ['self', at('04')],
      ['current', `${origin}/feed.${format}?section=monde&tag=ete&author=kim`],
      ['prev-archive', at('03')],
      ['next-archive', at('05')],
    ]
    for (const [rel, href] of links) {
      expect(linksOf(response), rel).toContain(`<${href}>; rel="${rel}"`)
      if (format !== 'json') expect(text, rel).toMatch(new RegExp(`<(atom:)?link [^>]*rel="${rel}"`))
      if (format !== 'json') expect(text, rel).toContain(`href="${href}"`)
    }
    for (const other of formatNames.filter((one) => one !== format)) {
      expect(linksOf(response), other).toContain(
        `<${at('04').replace(`feed.${format}`, `feed.${other}`)}>; rel="alternate"`,
      )
    }
    expect(linksOf(response)).not.toContain('rel="hub"')
    if (format === 'json') {
      expect(JSON.parse(text)).toMatchObject({
        title: 'Monde · Été · Kim — Kiosque',
        home_page_url: `${origin}/`,
        feed_url: at('04'),
        next_url: at('03'),
        items: [],
      })
    } else {
      expect(text).toContain('Monde · Été · Kim — Kiosque')
      expect(text).toContain('<fh:archive xmlns:fh="http://purl.org/syndication/history/1.0"/>')
    }
    if (format === 'atom')
      expect(text).toContain(`<id>${origin}/feed.atom?section=monde&tag=ete&author=kim</id>`)
  })

  test('one of all articles belongs to the feed of the one that narrows it', async () => {
    const response = await (await filled()).get('/archive/2024/05/1/feed.json?section=monde')
    expect(linksOf(response)).toContain(`<${origin}/sections/monde/feed.json>; rel="current"`)
    expect(await response.json()).toMatchObject({
      title: 'Monde — Kiosque',
      home_page_url: `${origin}/sections/monde`,
      next_url: `${origin}/archive/2024/04/1/feed.json?section=monde`,
    })
  })

  test('is kept by the edge for a day, under its own tag and those of the names that it shows', async () => {
    const { headers } = await (await filled()).get(may)
    expect(Object.fromEntries(headers)).toMatchObject({
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cloudflare-cdn-cache-control':
        'public, max-age=86400, stale-while-revalidate=60, stale-if-error=86400',
      'cache-tag': 'tags/ete/archive/2024/05/1,sections/monde/name,archives',
      vary: 'Sec-Fetch-Dest',
    })
  })

  test('answers its own tag and date with 304, which has its headers', async () => {
    const site = await filled()
    const first = await site.get(may)
    for (const headers of [
      { 'If-None-Match': first.headers.get('ETag') ?? '' },
      { 'If-Modified-Since': first.headers.get('Last-Modified') ?? '' },
    ] as Record<string, string>[]) {
      const again = await site.get(may, headers)
      expect(again.status, JSON.stringify(headers)).toBe(304)
      expect(Object.fromEntries(again.headers), JSON.stringify(headers)).toEqual(
        Object.fromEntries(first.headers),
      )
    }
  })

  const absent = [
    '/tags/ete/archive/2024/05/1/feed.rss?section=inconnue',
    '/tags/ete/archive/2024/05/1/feed.rss?section=monde&author=inconnu',
    '/tags/ete/archive/2024/05/2/feed.rss?section=monde',
    '/tags/inconnu/archive/2024/05/1/feed.rss?section=monde',
    '/archive/2024/05/1/feed.rss?section=inconnue',
    '/archive/2024/07/1/feed.rss?section=monde',
    '/tags/ete/archive/2024/05/1/feed.rss?tag=hiver', // An intersection may have only one tag, so an archive's address with two tags is not found.
    '/tags/ete/archive/2024/05/1/feed.rss?section=monde%2Fname',
  ]
  test.for(absent)('%s is not found', async (path) => {
    const site = await filled()
    await site.get(may)
    const response = await site.get(path)
    expect([response.status, response.headers.get('Content-Type')]).toEqual([404, 'application/problem+json'])
    const page = await site.get(path, { 'Sec-Fetch-Dest': 'document' })
    expect([page.status, page.headers.get('Content-Type')]).toEqual([404, 'text/html; charset=utf-8'])
  })

  test('a section that nobody may know of yet narrows nothing; at its minute it does', async () => {
    const site = await filled()
    await site.put('z', { section: 'Secret', tags: ['Été'], embargo: '2024-06-20T12:00:00Z' })
    const path = '/tags/ete/archive/2024/05/1/feed.json?section=secret'
    expect((await site.get(path)).status).toBe(404)
    site.at('2024-06-20T12:00:00Z')
    const open = await site.get(path)
    expect([open.status, await slugsIn(open)]).toEqual([200, []])
  })

  test('is kept apart in the memory from the whole archive, and from what others make of it', async () => {
    const site = await filled()
    for (const time of ['first', 'second']) {
      const seen = []
      for (const query of ['', '?section=monde', '?section=culture', '?author=kim']) {
        const response = await site.get(`/tags/ete/archive/2024/05/1/feed.json${query}`)
        const { title, items } = (await response.json()) as { title: string; items: unknown[] }
        seen.push([title.replace(' — Kiosque', ''), items.length])
      }
      expect(seen, time).toEqual([
        ['Été', 2],
        ['Monde · Été', 1],
        ['Culture · Été', 1],
        ['Été · Kim', 2],
      ])
    }
  })

  test('a person sees its articles and the feed of the intersection', async () => {
    const site = await filled()
    const page = await site.get(may, { 'Sec-Fetch-Dest': 'document' })
    const text = (await page.text()).replaceAll('&amp;', '&')
    expect(page.headers.get('Cache-Control')).toBe('no-store')
    expect(text).toContain('Monde · Été')
    expect(text).toContain('Titre de d')
    expect(text).not.toContain('Titre de e')
    expect(text).toContain(`${origin}/feed.json?section=monde&tag=ete`)
    expect(text).toContain(`${origin}/tags/ete/archive/2024/05/1/feed.json?section=monde&raw=`)
    const raw = await site.get(`${may}&raw`, { 'Sec-Fetch-Dest': 'document' })
    expect(raw.headers.get('Content-Type')).toBe('application/feed+json; charset=utf-8')
  })
})

describe('the newest feed of an intersection', () => {
  test.for(formatNames)('leads to the last archive of its rarest selection: %s', async (format) => {
    const site = await filled()
    const response = await site.get(`/feed.${format}?section=monde&tag=ete`)
    const archive = `${origin}/tags/ete/archive/2024/05/1/feed.${format}?section=monde`
    expect(linksOf(response)).toContain(`<${archive}>; rel="prev-archive"`)
    const text = await response.text()
    if (format !== 'json') expect(text).toMatch(/rel="prev-archive"/)
    if (format !== 'json') expect(text).toContain(`href="${archive}"`)
    expect(text).not.toContain('fh:complete')
    const again = await site.get(`/feed.${format}?section=monde&tag=ete`, {
      'If-None-Match': response.headers.get('ETag') ?? '',
    })
    expect([again.status, linksOf(again)]).toEqual([304, linksOf(response)])
  })

  test('takes another chain, and another tag, when another is the rarest', async () => {
    const site = await filled()
    const before = await site.get('/feed.json?section=monde&tag=ete')
    for (const slug of ['b', 'f'])
      await site.put(slug, { section: 'Culture', tags: ['Été'], authors: ['Kim'] })
    const after = await site.get('/feed.json?section=monde&tag=ete')
    expect(linksOf(after)).toContain(
      `<${origin}/sections/monde/archive/2024/06/1/feed.json?tag=ete>; rel="prev-archive"`,
    )
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
    const old = await site.get(may)
    expect([old.status, await slugsIn(old)]).toEqual([200, ['d']])
  })

  test('that holds all of the rarest is the whole, and leads nowhere', async () => {
    const site = await filled({ FEED_LENGTH: '4' })
    const response = await site.get('/feed.atom?section=monde&tag=ete')
    expect(linksOf(response)).not.toContain('archive')
    expect(await response.text()).toContain('<fh:complete ')
  })
})

describe('its tag and date change with what it shows', () => {
  const filed = { authors: ['Kim'], published: '2024-05-10T00:00:00Z' }
  const changes: [what: string, change: (site: TestSite) => Promise<unknown>, moves: boolean][] = [
    [
      'a correction',
      (site) => site.put('d', { ...filed, section: 'Monde', tags: ['Été'], title: 'Corrigé' }),
      true,
    ],
    [
      'an article that comes into the section',
      (site) => site.put('e', { ...filed, section: 'Monde', tags: ['Été'] }),
      true,
    ],
    ['one that leaves it', (site) => site.put('d', { ...filed, section: 'Culture', tags: ['Été'] }), true],
    ['one that leaves the tag', (site) => site.put('d', { ...filed, section: 'Monde', tags: [] }), true],
    ['a new one in its month', (site) => site.put('n', { ...filed, section: 'Monde', tags: ['Été'] }), true],
    ['a withdrawal', (site) => site.call('DELETE', '/api/articles/d'), true],
    [
      'rights that forbid it',
      (site) => site.put('d', { ...filed, section: 'Monde', tags: ['Été'], rights: { syndicate: 'none' } }),
      true,
    ],
    ['a section’s new spelling', (site) => site.call('PUT', '/api/sections/monde', { name: 'MONDE' }), true],
    ['a tag’s new spelling', (site) => site.call('PUT', '/api/tags/ete', { name: 'ÉTÉ' }), true],
    [
      'a name by its path',
      (site) => site.call('POST', '/api/paths', { paths: [{ path: 'sections/monde', title: 'MONDE' }] }),
      true,
    ],
    [
      'the same name by its path',
      (site) => site.call('POST', '/api/paths', { paths: [{ path: 'sections/monde', title: 'Monde' }] }),
      false,
    ],
    [
      'a new article of the section elsewhere',
      (site) => site.put('n', { ...filed, section: 'Monde', tags: ['Hiver'] }),
      false,
    ],
    [
      'a new article of both in another month that there is',
      (site) => site.put('n', { section: 'Monde', tags: ['Été'], published: '2024-03-10T00:00:00Z' }),
      false,
    ],
    [
      'another section’s new name',
      (site) => site.call('PUT', '/api/sections/culture', { name: 'Arts' }),
      true,
    ],
    ['another tag’s new name', (site) => site.call('PUT', '/api/tags/hiver', { name: 'Neige' }), false],
    [
      'a draft',
      (site) => site.put('n', { ...filed, section: 'Monde', tags: ['Été'], status: 'draft' }),
      false,
    ],
  ]
  test.for(changes)('%s', async ([, change, moves]) => {
    const site = await filled()
    const before = await site.get(may)
    site.invalidated.length = 0
    await change(site)
    site.wait(2000)
    const after = await site.get(may)
    const own = /^(tags\/ete\/archive\/2024\/05\/1|sections\/monde\/name)$/
    const told = site.invalidated.some((path) => own.test(path))
    const [tag, date] = validatorsOf(before)
    expect(validatorsOf(after).map((one, at) => one !== [tag, date][at])).toEqual([moves, moves])
    expect(told).toBe(moves)
    if (!moves) expect(await after.text()).toBe(await before.text())
  })
})

test('a section that is opened again under another spelling has another tag and date, even where it shows nothing', async () => {
  const site = await filled()
  const empty = '/tags/ete/archive/2024/04/1/feed.json?section=monde'
  const before = await site.get(empty)
  await site.call('PUT', '/api/sections/monde', { name: 'Planète' })
  expect((await site.get(empty)).status).toBe(301)
  site.wait(2000)
  await site.put('n', { section: 'MONDE' })
  site.wait(2000)
  const after = await site.get(empty)
  expect([await before.json(), await after.json()]).toMatchObject([
    { title: 'Monde · Été — Kiosque', items: [] },
    { title: 'MONDE · Été — Kiosque', items: [] },
  ])
  const [tag, date] = validatorsOf(before)
  expect(validatorsOf(after).map((one, at) => one !== [tag, date][at])).toEqual([true, true])
})

describe('a former name leads on, in one hop', () => {
  const name = (site: TestSite, path: string, to: string) => site.call('PUT', `/api/${path}`, { name: to })
  const rows: [what: string, renames: [path: string, to: string][], from: string, to: string][] = [
    [
      'of what narrows it',
      [['sections/monde', 'Planète']],
      'tags/ete/archive/2024/05/1/feed.rss?section=monde',
      'tags/ete/archive/2024/05/1/feed.rss?section=planete',
    ],
    [
      'of its own',
      [['tags/ete', 'Soleil']],
      'tags/ete/archive/2024/05/1/feed.rss?section=monde&x=1',
      'tags/soleil/archive/2024/05/1/feed.rss?section=monde&x=1',
    ],
    [
      'of both',
      [
        ['tags/ete', 'Soleil'],
        ['sections/monde', 'Planète'],
      ],
      'tags/ete/archive/2024/05/1/feed.rss?section=monde&author=kim',
      'tags/soleil/archive/2024/05/1/feed.rss?section=planete&author=kim',
    ],
    [
      'of what narrows all',
      [['sections/monde', 'Planète']],
      'archive/2024/05/1/feed.rss?section=monde',
      'archive/2024/05/1/feed.rss?section=planete',
    ],
    [
      'of what narrows it, in its place, with what shows it to a person',
      [['sections/monde', 'Planète']],
      'tags/ete/archive/2024/05/1/feed.rss?raw=&section=monde&host=lecture.example.org&author=kim',
      'tags/ete/archive/2024/05/1/feed.rss?raw=&section=planete&host=lecture.example.org&author=kim',
    ],
    [
      'of its own, said twice in a former name',
      [['tags/ete', 'Soleil']],
      'tags/ete/archive/2024/05/1/feed.rss?tag=ete&x=1',
      'tags/soleil/archive/2024/05/1/feed.rss?x=1',
    ],
    [
      'of its own, said twice',
      [['tags/ete', 'Soleil']],
      'tags/soleil/archive/2024/05/1/feed.rss?tag=ete',
      'tags/soleil/archive/2024/05/1/feed.rss',
    ],
  ]
  test.for(rows)('%s', async ([, renames, from, to]) => {
    const site = await filled()
    await site.get(`/${from}`)
    for (const [path, title] of renames) await name(site, path, title)
    const moved = await site.get(`/${from}`)
    expect([moved.status, moved.headers.get('Location')]).toEqual([301, `${origin}/${to}`])
    expect(moved.headers.get('Cache-Control')).toBe('no-store')
    expect((await site.get(`/${to}`)).status).toBe(200)
  })
})

test('a former name that is used again leads nowhere, also beside one that does', async () => {
  const site = await filled()
  await site.call('PUT', '/api/sections/monde', { name: 'Planète' })
  await site.call('PUT', '/api/tags/ete', { name: 'Soleil' })
  await site.put('n', { section: 'Monde', tags: ['Soleil'], published: '2024-05-10T00:00:00Z' })
  const rows = [
    [
      'tags/ete/archive/2024/05/1/feed.rss?section=monde',
      'tags/soleil/archive/2024/05/1/feed.rss?section=monde',
    ],
    [
      'sections/monde/archive/2024/05/1/feed.rss?tag=ete',
      'sections/monde/archive/2024/05/1/feed.rss?tag=soleil',
    ],
    ['feed.rss?section=monde&tag=ete', 'feed.rss?section=monde&tag=soleil'],
    [
      'sections/monde/archive/2024/03/1/feed.rss?tag=soleil',
      'sections/planete/archive/2024/03/1/feed.rss?tag=soleil',
    ],
  ]
  for (const [from, to] of rows) {
    const { status, headers } = await site.get(`/${from}`)
    expect([from, status, headers.get('Location')]).toEqual([from, 301, `${origin}/${to}`])
    expect((await site.get(`/${to}`)).status, from).toBe(200)
  }
})

test('what looks like the path of an archive or a name is no key', async () => {
  const site = await filled()
  await site.get(may)
  for (const path of [
    '/tags/ete%2Farchive%2F2024%2F05%2F1/feed.rss',
    '/tags/ete%2Farchive%2F2024%2F05%2F1',
    '/sections/monde%2Fname/feed.rss',
    '/feed.rss?section=monde%2Fname&author=kim',
    '/feed.rss?tag=ete%2Farchive%2F2024%2F05%2F1&author=kim',
  ]) {
    expect([path, (await site.get(path)).status]).toEqual([path, 404])
  }
})
