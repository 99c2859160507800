import { describe, expect, test } from 'vitest'
import { type Format, formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { guessed, mediaTypes } from './formats.ts'
import { openSite, token } from './site.ts'

async function site() {
  const open = await openSite()
  await open.put('un', { section: 'Monde', tags: ['Été'], authors: ['La rédaction'] })
  await open.put('deux', { section: 'Monde' })
  open.wait(2000)
  return open
}

const answers: [address: string, format: Format, place?: string][] = [
  ...formatNames.flatMap((format) =>
    [`/feed/${format}`, `/feed/${format}/`, `/?feed=${format}`, ...guessed[format]].map(
      (address): [string, Format] => [address, format],
    ),
  ),
  ['/?feed=rss2', 'rss'],
  ['/?feed=feed', 'rss'],
  ['/sections/monde/feed/', 'rss', '/sections/monde'],
  ['/tags/ete/feed/', 'rss', '/tags/ete'],
  ['/authors/la-redaction/feed/', 'rss', '/authors/la-redaction'],
  ['/articles/un/feed/', 'rss', '/articles/un'],
]

describe('an address that readers guess', () => {
  test.for(answers)('%s is the feed itself: %s', async ([address, format, place = '']) => {
    const open = await site()
    const canonical = `${place}/feed.${format}`
    const [wanted, got] = [await open.get(canonical), await open.get(address)]
    expect(got.status).toBe(200)
    expect(got.headers.get('Content-Location')).toBe(`https://kiosque.example${canonical}`)
    const { 'content-location': _, ...headers } = Object.fromEntries(got.headers)
    expect(headers).toEqual(Object.fromEntries(wanted.headers))
    expect(await got.text()).toBe(await wanted.text())
    const again = await open.get(address, { 'If-None-Match': wanted.headers.get('ETag') ?? '' })
    expect(again.status).toBe(304)
    expect(again.headers.get('Content-Location')).toBe(`https://kiosque.example${canonical}`)
  })

  test.for(['/?feed=', '/?feed=toString', '/?feed=__proto__', '/?feeds=rss2'])(
    '%s is the front page',
    async (address) => {
      expect((await (await site()).get(address)).headers.get('Content-Type')).toMatch('text/html')
    },
  )

  test('a former address leads to the present one in one hop, and what is gone is gone', async () => {
    const open = await site()
    await open.put('neuf', { id: 'tag:kiosque.example,2024:un' })
    for (const [address, place] of [
      ['/articles/un/feed', 'feed'],
      ['/articles/un/feed/', 'feed/'],
    ]) {
      const response = await open.get(address ?? '')
      expect([response.status, response.headers.get('Location')], address).toEqual([
        301,
        `https://kiosque.example/articles/neuf/${place}`,
      ])
    }
    await open.call('DELETE', '/api/articles/neuf')
    expect((await open.get('/articles/neuf/feed')).status).toBe(410)
    expect((await open.get('/articles/neuf/feed/')).status).toBe(410)
  })

  const narrowed: [former: string, present: string][] = [
    ['/?feed=atom&section=monde', '/?feed=atom&section=planete'],
    ['/rss?section=monde&before=1717286400000.2', '/rss?section=planete&before=1717286400000.2'],
    [
      '/feed?after=1717286400000.2&tag=ete&section=monde',
      '/feed?after=1717286400000.2&tag=ete&section=planete',
    ],
    [
      '/feed.json?section=monde&tag=ete&before=1717286400000.2',
      '/feed.json?section=planete&tag=ete&before=1717286400000.2',
    ],
    ['/feed.rss?section=monde&raw=', '/feed.rss?section=planete&raw='],
    ['/feed.rss?raw&section=monde&section=x&host=a.example', '/feed.rss?raw&section=planete&host=a.example'],
  ]
  test.for(narrowed)(
    'a former name in %s leads to %s, which answers as it did',
    async ([former, present]) => {
      const admin = { API_TOKENS: `tests:admin:${await hashOf(token)}` }
      const open = await openSite(admin)
      await open.put('un', { section: 'Monde', tags: ['Été'] })
      const before = await open.get(former)
      await open.call('PUT', '/api/sections/monde', { name: 'Planète' })
      open.wait(2000)
      const moved = await open.get(former)
      expect([moved.status, moved.headers.get('Location')]).toEqual([
        301,
        `https://kiosque.example${present}`,
      ])
      const after = await open.get(present)
      const kind = ({ status, headers }: Response) => [status, headers.get('Content-Type')]
      expect(kind(after)).toEqual(kind(before))
    },
  )

  test('a query narrows a guessed feed as it narrows the feed', async () => {
    const open = await site()
    const body = await (await open.get('/rss.xml?section=monde&tag=ete')).text()
    expect(body).toContain('/articles/un')
    expect(body).not.toContain('/articles/deux')
  })
})

describe('a page of a feed at another address', () => {
  const cursor = `${Date.parse('2024-06-02T00:00:00Z')}.2`
  const places = ['/feed', '/rss', '/feed/', '/feed/atom', '/?feed=rss2', '/?feed=json', '/tags/ete/feed']
  const rows = ['before', 'after'].flatMap((side) => places.map((place): [string, string] => [place, side]))

  test.for(rows)('%s is by ?%s= what the feed’s own address is', async ([place, side]) => {
    const open = await openSite()
    for (const day of ['01', '02', '03']) {
      await open.put(`j${day}`, { tags: ['Été'], published: `2024-06-${day}T00:00:00Z` })
    }
    open.wait(2000)
    const whole = await open.get(place)
    const canonical = `${whole.headers.get('Content-Location')}?${side}=${cursor}`
    const query = `${place.includes('?') ? '&' : '?'}${side}=${cursor}`
    const [wanted, got] = [
      await open.get(new URL(canonical).pathname + new URL(canonical).search),
      await open.get(place + query),
    ]
    const { 'content-location': location, vary, ...headers } = Object.fromEntries(got.headers)
    const { vary: own, ...expected } = Object.fromEntries(wanted.headers)
    expect([got.status, headers, location]).toEqual([200, expected, canonical])
    expect(vary).toBe(place.endsWith('feed') ? `Accept, ${own}` : own)
    expect(headers.link).toContain(`<${canonical}>; rel="self"`)
    const body = await got.text()
    expect(body).toBe(await wanted.text())
    expect(['j01', 'j02', 'j03'].filter((slug) => body.includes(`/articles/${slug}`))).toEqual(
      side === 'before' ? ['j01'] : ['j03'],
    )
    const again = await open.get(place + query, { 'If-None-Match': wanted.headers.get('ETag') ?? '' })
    expect([again.status, again.headers.get('Content-Location')]).toEqual([304, canonical])
    expect((await open.get(place + query, { 'If-None-Match': whole.headers.get('ETag') ?? '' })).status).toBe(
      200,
    )
  })

  test('shows a person the same part, and refuses a cursor that no feed gave', async () => {
    const open = await site()
    const person = { 'Sec-Fetch-Dest': 'document' }
    const page = await (await open.get(`/rss?before=${cursor}`, person)).text()
    expect(page).toContain('Articles de cette partie du flux')
    for (const headers of [{}, person])
      expect((await open.get('/rss?before=x', headers)).status, JSON.stringify(headers)).toBe(400)
  })

  test('of an article there is none: its feed is whole', async () => {
    const got = await (await site()).get(`/articles/un/feed/?before=${cursor}`)
    expect(got.headers.get('Content-Location')).toBe('https://kiosque.example/articles/un/feed.rss')
  })
})

const negotiated: [address: string, accept: string | undefined, canonical: string][] = [
  ['/feed', undefined, '/feed.rss'],
  ['/feed', '*/*', '/feed.rss'],
  ['/feed', 'application/atom+xml;type=feed', '/feed.atom'],
  ['/feed', 'application/rss+xml;q=0.2, application/feed+json', '/feed.json'],
  ['/sections/monde/feed', 'application/atom+xml', '/sections/monde/feed.atom'],
  ['/tags/ete/feed', 'application/json', '/tags/ete/feed.json'],
  ['/authors/la-redaction/feed', 'text/xml', '/authors/la-redaction/feed.rss'],
  ['/articles/un/feed', 'application/feed+json', '/articles/un/feed.json'],
  ['/feed?tag=ete&section=monde&utm_source=x', 'application/atom+xml', '/feed.atom?section=monde&tag=ete'],
]

describe('an address without a format', () => {
  test.for(negotiated)('%s with Accept: %s is %s', async ([address, accept, canonical]) => {
    const open = await site()
    const headers: Record<string, string> = accept === undefined ? {} : { Accept: accept }
    const [wanted, got] = [await open.get(canonical), await open.get(address, headers)]
    expect(got.status).toBe(200)
    expect(Object.fromEntries(got.headers)).toEqual({
      ...Object.fromEntries(wanted.headers),
      vary: `Accept, ${wanted.headers.get('Vary')}`,
      'content-location': `https://kiosque.example${canonical}`,
    })
    expect(got.headers.get('Link')).toContain(`<https://kiosque.example${canonical}>; rel="self"`)
    expect(await got.text()).toBe(await wanted.text())
  })

  test('one format’s tag is never another’s', async () => {
    const open = await site()
    const etag = (await open.get('/feed', { Accept: mediaTypes.rss })).headers.get('ETag') ?? ''
    expect((await open.get('/feed', { Accept: mediaTypes.rss, 'If-None-Match': etag })).status).toBe(304)
    expect((await open.get('/feed', { Accept: mediaTypes.atom, 'If-None-Match': etag })).status).toBe(200)
  })

  test('an Accept header that no format fits is answered 406, with the list of formats', async () => {
    const open = await site()
    const response = await open.get('/sections/monde/feed', { Accept: 'image/png' })
    expect(response.status).toBe(406)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.json()).toMatchObject({
      offers: Object.entries(mediaTypes).map(([format, type]) => ({
        type,
        url: `https://kiosque.example/sections/monde/feed.${format}`,
      })),
    })
  })

  test('HEAD is negotiated too; nothing else is allowed', async () => {
    const open = await site()
    const head = await open.get('/feed', { Accept: mediaTypes.json }, 'HEAD')
    expect(head.headers.get('Content-Type')).toContain(mediaTypes.json)
    expect(await head.text()).toBe('')
    expect((await open.get('/feed', {}, 'POST')).status).toBe(405)
  })

  test.for(['/sections/inconnue/feed', '/articles/inconnu/feed', '/feed?section=inconnue'])(
    '%s is 404, whatever is asked',
    async (address) => {
      expect((await (await site()).get(address, { Accept: 'image/png' })).status).toBe(404)
    },
  )
})
