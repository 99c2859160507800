import { createExecutionContext } from 'cloudflare:test'
import { exports } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { app } from '../../src/app.ts'
import { formatNames } from '../../src/domain/format.ts'
import { mediaTypes } from './formats.ts'
import { openSite, token } from './site.ts'

const places = ['', '/sections/monde', '/tags/ete', '/authors/la-redaction', '/articles/un']

async function site() {
  const open = await openSite()
  await open.put('un', { section: 'Monde', tags: ['Été'], authors: ['La rédaction'] })
  open.wait(2000)
  return open
}

describe('a feed’s headers', () => {
  const cases = places.flatMap((place) =>
    formatNames.map((format) => [place, format, mediaTypes[format]] as const),
  )
  test.for(cases)('%s/feed.%s', async ([place, format, type]) => {
    const { headers, status } = await (await site()).get(`${place}/feed.${format}`)
    expect(status).toBe(200)
    const self = `https://kiosque.example${place}/feed.${format}`
    expect(Object.fromEntries(headers)).toMatchObject({
      'content-type': `${type}; charset=utf-8`,
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cloudflare-cdn-cache-control': 'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400',
      etag: expect.stringMatching(new RegExp(`^W/"[0-9a-z]+-${format}-d1d1d1d1"$`)),
      'last-modified': 'Wed, 19 Jun 2024 16:00:01 GMT',
      vary: place.startsWith('/articles') ? 'Sec-Fetch-Dest' : 'Sec-Fetch-Dest, A-IM',
      'cache-tag': place === '' ? 'all' : place.slice(1),
      'access-control-allow-origin': '*',
      'access-control-expose-headers': expect.stringContaining('ETag'),
      'x-content-type-options': 'nosniff',
    })
    expect(headers.get('Link')).toMatch(
      new RegExp(`^<${self}>; rel="self"; type="${type.replace('+', '\\+')}", `),
    )
    expect(headers.get('Link')?.match(/rel="alternate"/g)).toHaveLength(formatNames.length - 1)
  })

  test('a link in the document agrees with the header, in every format', async () => {
    const open = await site()
    for (const format of formatNames) {
      const body = await (await open.get(`/tags/ete/feed.${format}`)).text()
      expect(body, format).toContain(`https://kiosque.example/tags/ete/feed.${format}`)
    }
  })

  test('links come from SITE_URL, never from the Host of a request', async () => {
    const open = await site()
    const request = new Request('https://evil.example/feed.rss', {
      headers: { 'X-Forwarded-Host': 'evil.example' },
    })
    const response = await app.fetch(request, open.ports)
    expect(response.headers.get('Link')).not.toContain('evil')
    expect(await response.text()).not.toContain('evil')
  })
})

describe('methods', () => {
  test.for(['/feed.rss', '/', '/articles/un', '/articles/un/share.json', '/tags/ete/feed.json'])(
    'HEAD %s has the headers of GET and no body',
    async (path) => {
      const open = await site()
      const got = await open.get(path)
      const head = await open.get(path, {}, 'HEAD')
      expect(head.status).toBe(200)
      expect(await head.text()).toBe('')
      expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(got.headers))
    },
  )

  test('HEAD is conditional too', async () => {
    const open = await site()
    const etag = (await open.get('/feed.rss')).headers.get('ETag') ?? ''
    expect((await open.get('/feed.rss', { 'If-None-Match': etag }, 'HEAD')).status).toBe(304)
  })

  const refused = [
    ['POST', '/feed.rss', 'GET, HEAD, OPTIONS'],
    ['DELETE', '/articles/un', 'GET, HEAD, OPTIONS'],
    ['PUT', '/articles/un/share.json', 'GET, HEAD, OPTIONS'],
    ['PATCH', '/api/articles/un', 'DELETE, GET, HEAD, OPTIONS, PUT'],
    ['PATCH', '/', 'GET, HEAD, OPTIONS'],
  ] as const
  test.for(refused)('%s %s is 405 and says what is allowed', async ([method, path, allow]) => {
    const response = await (await site()).get(path, {}, method)
    expect(response.status).toBe(405)
    expect(response.headers.get('Allow')).toBe(allow)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  test('a preflight allows the conditional headers', async () => {
    const response = await (await site()).get(
      '/feed.json',
      {
        Origin: 'https://x.example',
        'Access-Control-Request-Method': 'GET',
        'Access-Control-Request-Headers': 'if-none-match',
      },
      'OPTIONS',
    )
    expect(response.status).toBe(204)
    expect(response.headers.get('Allow')).toBe('GET, HEAD, OPTIONS')
    expect(response.headers.get('Access-Control-Allow-Origin')).toBe('*')
    expect(response.headers.get('Access-Control-Allow-Headers')).toBe(
      'If-None-Match, If-Modified-Since, A-IM',
    )
  })
})

describe('what is not there', () => {
  const paths = [
    '/feed.xml2',
    '/feed.csv',
    '/feeds.rss',
    '/sections/inconnue',
    '/sections/inconnue/feed.rss',
    '/tags/%00/feed.rss',
    '/tags/%E0%A4%A/feed.rss',
    '/authors/../feed.rss/x',
    '/articles/inconnu',
    '/articles/inconnu/feed.rss',
    '/articles/un/feed.html',
    '/articles/un/share.xml',
    '/sections/',
    `/tags/${'x'.repeat(5000)}`,
    "/articles/'; DROP TABLE article; --",
    '/.wrangler/kiosque.json',
  ]
  test.for(paths)('%s is 404, in problem+json, kept by no cache', async (path) => {
    const response = await (await site()).get(path)
    expect(response.status).toBe(404)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('ETag')).toBeNull()
  })

  const people: Record<string, string>[] = [
    { 'Sec-Fetch-Dest': 'document' },
    { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
  ]
  test.for(people)('a person gets a page: %o', async (headers) => {
    const response = await (await site()).get('/articles/inconnu', headers)
    expect(response.status).toBe(404)
    expect(response.headers.get('Content-Type')).toBe('text/html; charset=utf-8')
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'none'")
  })

  test('If-None-Match: * finds nothing where nothing is', async () => {
    const open = await site()
    await open.put('un', { status: 'withdrawn' })
    expect((await open.get('/articles/un/feed.rss', { 'If-None-Match': '*' })).status).toBe(410)
    expect((await open.get('/articles/deux', { 'If-None-Match': '*' })).status).toBe(404)
  })
})

describe('rights', () => {
  const secret = 'CORPS-RÉSERVÉ'
  const everywhere = [
    ...places.flatMap((place) => formatNames.map((format) => `${place}/feed.${format}`)),
    '/',
    '/articles/un',
    '/sections/monde',
    '/articles/un/share.json',
  ]

  test('summary: no body, in no representation', async () => {
    const open = await site()
    await open.put('un', {
      section: 'Monde',
      tags: ['Été'],
      authors: ['La rédaction'],
      summary: 'Un résumé maison.',
      text: secret,
      attachments: [{ url: 'https://x.example/SECRET.mp3', type: 'audio/mpeg', bytes: 3 }],
      rights: { syndicate: 'summary' },
    })
    for (const path of everywhere) {
      const response = await open.get(path)
      const body = await response.text()
      expect([path, response.status]).toEqual([path, 200])
      expect([path, body.includes(secret) || body.includes('SECRET.mp3')]).toEqual([path, false])
    }
  })

  test('summary, for an article without a summary: none is made from the body', async () => {
    const open = await site()
    await open.put('un', {
      text: secret,
      section: 'Monde',
      tags: ['Été'],
      authors: ['La rédaction'],
      rights: { syndicate: 'summary' },
    })
    for (const path of everywhere) {
      expect([path, (await (await open.get(path)).text()).includes(secret)]).toEqual([path, false])
    }
  })

  test('none: in no feed, and no feed of its own', async () => {
    const open = await site()
    await open.put('un', {
      section: 'Monde',
      tags: ['Été'],
      authors: ['La rédaction'],
      rights: { syndicate: 'none' },
    })
    expect((await open.get('/articles/un')).status).toBe(200)
    for (const format of formatNames) {
      expect((await open.get(`/articles/un/feed.${format}`)).status, format).toBe(404)
      for (const place of ['', '/sections/monde', '/tags/ete', '/authors/la-redaction']) {
        expect(await (await open.get(`${place}/feed.${format}`)).text(), place).not.toContain('Titre de un')
      }
    }
  })
})

describe('PUT /api/articles/{slug}', () => {
  const put = async (headers: Record<string, string>, body: BodyInit, settings = {}, slug = 'neuf') => {
    const open = await openSite(settings)
    const request = new Request(`https://kiosque.example/api/articles/${slug}`, {
      method: 'PUT',
      headers,
      body,
    })
    return app.fetch(request, open.ports, createExecutionContext())
  }
  const authorized = { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' }
  const good = '{"title":"Titre","text":"Corps."}'

  test('creates, then replaces, then leaves unchanged', async () => {
    const open = await openSite()
    const answers = []
    for (const title of ['Un', 'Deux', 'Deux']) answers.push(await open.put('neuf', { title }))
    expect(answers.map(({ status }) => status)).toEqual([201, 200, 200])
    expect(answers.map(({ headers }) => headers.get('Kiosque-Saved'))).toEqual([
      'created',
      'replaced',
      'unchanged',
    ])
    expect(await answers[0]?.json()).toMatchObject({
      slug: 'neuf',
      id: 'tag:kiosque.example,2024:neuf',
      published: '2024-06-19T16:00:00Z',
      updated: '2024-06-19T16:00:00Z',
      language: 'fr-CA',
      html: '<p>Un paragraphe.</p>',
    })
  })

  test('a correction keeps id and published, and moves updated', async () => {
    const open = await openSite()
    await open.put('neuf', {})
    open.wait(3_600_000)
    expect(await (await open.put('neuf', { title: 'Corrigé' })).json()).toMatchObject({
      id: 'tag:kiosque.example,2024:neuf',
      published: '2024-06-19T16:00:00Z',
      updated: '2024-06-19T17:00:00Z',
    })
  })

  const refused: [
    title: string,
    headers: Record<string, string>,
    body: BodyInit,
    status: number,
    says: string,
  ][] = [
    ['no token', { 'Content-Type': 'application/json' }, good, 401, 'valid bearer token'],
    ['a wrong token', { ...authorized, Authorization: 'Bearer wrong' }, good, 401, 'valid bearer token'],
    ['another scheme', { ...authorized, Authorization: `Basic ${btoa(`x:${token}`)}` }, good, 401, 'bearer'],
    ['another media type', { ...authorized, 'Content-Type': 'text/plain' }, good, 415, 'application/json'],
    ['no JSON', authorized, '{', 400, 'as JSON'],
    ['no UTF-8', authorized, new Uint8Array([0x22, 0xff, 0x22]), 400, 'must be UTF-8'],
    ['an empty body', authorized, '', 400, 'as JSON'],
    ['3 MB', authorized, `{"title":"x","text":"${'x'.repeat(3_000_000)}"}`, 413, 'at most 1048576'],
    [
      'a wrong field',
      authorized,
      '{"title":"x","published":"2024-02-31T00:00:00Z"}',
      422,
      'published: no such day: 2024-02-31',
    ],
    [
      'updated before published',
      authorized,
      '{"title":"x","published":"2024-02-02T00:00:00Z","updated":"2024-02-01T00:00:00Z"}',
      422,
      'updated: is before published',
    ],
    [
      'expires before published',
      authorized,
      '{"title":"x","published":"2024-02-02T00:00:00Z","expires":"2024-02-01T00:00:00Z"}',
      422,
      'expires: must be after published',
    ],
    [
      'expires before embargo',
      authorized,
      '{"title":"x","published":"2024-02-02T00:00:00Z","embargo":"2024-04-01T00:00:00Z","expires":"2024-03-01T00:00:00Z"}',
      422,
      'expires: must be after embargo',
    ],
    [
      'another slug than the address',
      authorized,
      '{"title":"x","slug":"autre"}',
      422,
      'slug: must be "neuf"',
    ],
    [
      'a body that grows above the limit',
      authorized,
      `{"title":"x","text":"${'&'.repeat(90_000)}${'mot '.repeat(200_000)}"}`,
      422,
      'at most 1048576',
    ],
    [
      'deep nesting',
      authorized,
      JSON.stringify({ title: 'x', html: '<b>'.repeat(1000) + '<div>'.repeat(1000) }),
      422,
      'nested',
    ],
  ]
  test.for(refused)('%s is refused, and nothing is saved', async ([, headers, body, status, says]) => {
    const response = await put(headers, body)
    expect(response.status).toBe(status)
    expect(response.headers.get('Content-Type')).toBe('application/problem+json')
    expect(((await response.json()) as { detail: string }).detail).toContain(says)
    const open = await openSite()
    expect(await open.ports.store.isEmpty()).toBe(true)
  })

  test('without a configured token every write is refused, with the way out', async () => {
    const response = await put(authorized, good, { API_TOKENS: '' })
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('API_TOKENS')
  })

  test('a slug that another id has is refused', async () => {
    const open = await openSite()
    await open.put('un', { id: 'urn:x:1' })
    expect((await open.put('un', { id: 'urn:x:2' })).status).toBe(409)
  })

  test('script and handlers do not survive', async () => {
    const open = await openSite()
    await open.put('un', {
      text: undefined,
      html: '<p onclick="a()">Bon<script>evil()</script><a href="javascript:evil()">x</a></p>',
    })
    for (const path of ['/articles/un', '/feed.rss', '/feed.atom', '/feed.json']) {
      expect(await (await open.get(path)).text(), path).not.toMatch(/evil|onclick/)
    }
  })
})

describe('faults', () => {
  test('one bad row in the store is left out and logged; the feed stands', async () => {
    const open = await site()
    await open.put('deux', {})
    const { env } = await import('cloudflare:workers')
    await env.DB.prepare(
      "UPDATE article SET json = json_set(json, '$.published', 'never') WHERE slug = 'deux'",
    ).run()
    for (const format of formatNames) {
      const response = await open.get(`/feed.${format}`)
      expect(response.status, format).toBe(200)
      expect(await response.text(), format).not.toContain('Titre de deux')
    }
    expect(open.logged).toContain('bad-row')
  })

  test('a failing store is one logged line and an answer without a stack', async () => {
    const open = await site()
    const failing = {
      ...open.ports,
      store: { ...open.ports.store, heads: () => Promise.reject(new Error('D1 is down')) },
    }
    const response = await app.fetch(new Request('https://kiosque.example/feed.rss'), failing)
    expect(response.status).toBe(500)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.text()).not.toContain('D1 is down')
    expect(open.logged).toEqual(['fault'])
  })
})

const deployed: [path: string, seconds: number][] = [
  ['/favicon.ico', 86_400],
  ['/card.png', 300],
  ['/media/programme.pdf', 300],
  ['/api/openapi.json', 300],
]
test.for(deployed)(
  '%s, which only a deployment changes, may be kept for %d seconds',
  async ([path, seconds]) => {
    const { status, headers } = await (await site()).get(path)
    expect([status, headers.get('Cache-Control')]).toEqual([
      200,
      `public, max-age=${seconds}, must-revalidate, stale-while-revalidate=0`,
    ])
  },
)

describe('the deployed Worker', () => {
  test('serves through its real entrypoint', async () => {
    const response = await exports.default.fetch('https://any.example/feed.rss')
    expect(response.status).toBe(200)
    expect(response.headers.get('Link')).toContain('<https://kiosque.example/feed.rss>; rel="self"')
  })
})
