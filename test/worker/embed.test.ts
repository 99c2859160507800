import { beforeEach, describe, expect, test } from 'vitest'
import { openSite, type TestSite } from './site.ts'

let site: TestSite

beforeEach(async () => {
  site = await openSite()
  await site.put('ouvert', {
    title: 'Un titre',
    summary: 'Un résumé.',
    text: 'Le corps secret du texte',
  })
  await site.put('resume', {
    summary: 'Un résumé.',
    text: 'Le corps secret du texte',
    rights: { syndicate: 'summary' },
  })
  await site.put('ferme', { rights: { syndicate: 'none' } })
  await site.put('brouillon', { status: 'draft' })
  await site.put('embargo', { embargo: '2024-06-20T00:00:00Z' })
  await site.put('expire', { expires: '2024-06-19T17:00:00Z' })
  await site.put('retire')
  await site.call('DELETE', '/api/articles/retire')
  const { id } = (await (await site.put('ancien')).json()) as { id: string }
  await site.put('nouveau', { id, title: 'Sous un nouveau nom' })
  site.wait(60_000)
})

const oembed = (slug: string, more = '') =>
  site.get(`/oembed?url=${encodeURIComponent(`https://kiosque.example/articles/${slug}`)}${more}`)

const answers: [slug: string, oembed: number, embed: number][] = [
  ['ouvert', 200, 200],
  ['resume', 200, 200],
  ['ferme', 401, 404],
  ['brouillon', 404, 404],
  ['embargo', 404, 404],
  ['inconnu', 404, 404],
  ['retire', 410, 410],
  ['ancien', 200, 301],
]

test.for(answers)('%s: oEmbed %i, card %i', async ([slug, data, card]) => {
  expect((await oembed(slug)).status).toBe(data)
  expect((await site.get(`/embed/${slug}`)).status).toBe(card)
})

test('an article that is not public yet is answered like an article that never existed', async () => {
  const places = { oembed, embed: (slug: string) => site.get(`/embed/${slug}`) }
  for (const [place, answer] of Object.entries(places)) {
    const [unknown, ...others] = await Promise.all(
      ['inconnu', 'embargo', 'brouillon'].map(async (slug) => {
        const response = await answer(slug)
        return [response.status, [...response.headers], (await response.text()).replaceAll(slug, '')]
      }),
    )
    expect(others, place).toEqual([unknown, unknown])
  }
})

test('the card exists from the end of an embargo until the article expires', async () => {
  expect((await oembed('expire')).headers.get('Cache-Control')).toBe(
    'public, max-age=300, must-revalidate, stale-while-revalidate=0',
  )
  site.at('2024-06-20T00:00:01Z')
  expect((await oembed('embargo')).status).toBe(200)
  expect((await oembed('expire')).status).toBe(410)
  expect((await site.get('/embed/expire')).status).toBe(410)
})

test('a refusal says how to go on: link instead', async () => {
  const refused = await oembed('ferme')
  expect(refused.headers.get('WWW-Authenticate')).toContain('Bearer')
  expect(refused.headers.get('Cache-Control')).toBe('no-store')
  expect(await refused.json()).toMatchObject({ detail: expect.stringContaining('link to it instead') })
})

test('a former address gives the article under its present one', async () => {
  expect(await (await oembed('ancien')).json()).toMatchObject({
    title: 'Sous un nouveau nom',
    html: expect.stringContaining('/embed/nouveau"'),
  })
  expect((await site.get('/embed/ancien')).headers.get('Location')).toBe(
    'https://kiosque.example/embed/nouveau',
  )
})

const asked: [what: string, query: string, status: number, type: string][] = [
  ['no format', '', 200, 'application/json; charset=utf-8'],
  ['an empty format', '&format=', 200, 'application/json; charset=utf-8'],
  ['JSON', '&format=json', 200, 'application/json; charset=utf-8'],
  ['XML', '&format=xml', 200, 'text/xml; charset=utf-8'],
  ['a format that there is not', '&format=yaml', 501, 'application/problem+json'],
  ['a name of every object', '&format=constructor', 501, 'application/problem+json'],
]

test.for(asked)('oEmbed, %s', async ([, query, status, type]) => {
  const response = await oembed('ouvert', query)
  expect(response.status).toBe(status)
  expect(response.headers.get('Content-Type')).toBe(type)
})

const strangers: [query: string, status: number][] = [
  ['', 400],
  ['?url=', 400],
  ['?url=https%3A%2F%2Fevil.example%2Farticles%2Fouvert', 404],
  ['?url=https%3A%2F%2Fkiosque.example%2Fsections%2Flocal', 404],
  ['?url=ouvert', 404],
]

test.for(strangers)('oEmbed %s is %i', async ([query, status]) => {
  expect((await site.get(`/oembed${query}`)).status).toBe(status)
})

describe('headers', () => {
  test.for(['/oembed?url=https://kiosque.example/articles/ouvert', '/embed/ouvert', '/e/ouvert.html'])(
    '%s is cached, validated and readable like a page',
    async (path) => {
      const first = await site.get(path)
      expect(Object.fromEntries(first.headers)).toMatchObject({
        'access-control-allow-origin': '*',
        'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
        'cache-tag': 'articles/ouvert',
        // Another article, `expire`, expires before the end of a day.
        'cloudflare-cdn-cache-control': 'public, max-age=300, stale-while-revalidate=60, stale-if-error=3238',
        'x-content-type-options': 'nosniff',
        etag: expect.stringMatching(/^W\/"[\w.-]{1,60}"$/),
        'last-modified': expect.any(String),
      })
      expect(first.headers.has('Vary')).toBe(false)
      const again = { 'If-None-Match': first.headers.get('ETag') ?? '' }
      expect((await site.get(path, again)).status).toBe(304)
      expect((await site.get(path, {}, 'HEAD')).status).toBe(200)
      expect((await site.get(path, {}, 'POST')).status).toBe(405)
      await site.put('ouvert', { title: 'Corrigé' })
      expect((await site.get(path, again)).status).toBe(200)
    },
  )

  test.for([
    ['/e/v1.js', 'text/javascript; charset=utf-8'],
    ['/e/v1.css', 'text/css; charset=utf-8'],
    ['/card.png', 'image/png'],
  ] as const)('%s is for every site, five minutes at a time', async ([path, type]) => {
    const first = await site.get(path)
    expect(Object.fromEntries(first.headers)).toMatchObject({
      'access-control-allow-origin': '*',
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cloudflare-cdn-cache-control': 'public, max-age=300, stale-while-revalidate=60, stale-if-error=86400',
      'content-type': type,
      'cross-origin-resource-policy': 'cross-origin',
      'x-content-type-options': 'nosniff',
      etag: expect.stringMatching(/^W\/"[0-9a-f]{8}"$/),
    })
    expect(first.headers.has('Vary')).toBe(false)
    expect((await first.arrayBuffer()).byteLength).toBeLessThan(300_000)
    const again = await site.get(path, { 'If-None-Match': first.headers.get('ETag') ?? '' })
    expect([again.status, again.headers.get('ETag')]).toEqual([304, first.headers.get('ETag')])
  })

  test('an article names its oEmbed in the Link header too, unless it may not be passed on', async () => {
    const link = (await site.get('/articles/ouvert')).headers.get('Link') ?? ''
    const url = 'url=https%3A%2F%2Fkiosque.example%2Farticles%2Fouvert'
    expect(link).toContain(
      `<https://kiosque.example/oembed?${url}&format=json>; rel="alternate"; type="application/json+oembed"`,
    )
    expect(link).toContain('type="text/xml+oembed"')
    const closed = await site.get('/articles/ferme')
    expect((closed.headers.get('Link') ?? '') + (await closed.text())).not.toContain('oembed')
  })
})

test('the card may be framed by everybody, and may itself do nothing', async () => {
  const response = await site.get('/embed/ouvert')
  const policy = response.headers.get('Content-Security-Policy')
  expect(policy).toMatch(
    /^default-src 'none'; style-src 'sha256-[\w+/=]+'; img-src https:\/\/kiosque.example https:; base-uri 'none'; form-action 'none'; frame-ancestors \*$/,
  )
  expect(response.headers.has('X-Frame-Options')).toBe(false)
  expect(response.headers.get('X-Robots-Tag')).toBe('noindex')
  const page = await response.text()
  const style = /<style>(.*?)<\/style>/s.exec(page)?.[1] ?? ''
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(style))
  expect(policy).toContain(btoa(String.fromCharCode(...new Uint8Array(digest))))
  expect(page).not.toContain('<script')
  for (const link of page.match(/<a [^>]*>/g) ?? []) {
    expect(link).toContain('target="_blank" rel="noopener"')
  }
})

test.for([
  ['retire', 410, 'Cet article n’est plus publié'],
  ['embargo', 404, 'Cette page est introuvable'],
  ['ferme', 404, 'Cette page est introuvable'],
] as const)('in the frame of %s people read why there is no card', async ([slug, status, words]) => {
  const inFrame = { 'Sec-Fetch-Dest': 'iframe', Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' }
  const response = await site.get(`/embed/${slug}`, inFrame)
  expect([response.status, response.headers.get('Content-Type')]).toEqual([
    status,
    'text/html; charset=utf-8',
  ])
  expect(response.headers.get('Content-Security-Policy')).toContain('frame-ancestors *')
  expect(response.headers.get('Cache-Control')).toBe('no-store')
  expect(await response.text()).toContain(words)
})

test.for(['ouvert', 'resume'])('the card of %s has the summary and never the body', async (slug) => {
  const page = await (await site.get(`/embed/${slug}`)).text()
  expect(page).toContain('Un résumé.')
  expect(page).not.toContain('Le corps secret')
})

test('no text of an article becomes markup in the card', async () => {
  const title = `"><script>alert(1)</script></style></title>`
  await site.put('hostile', { title, summary: title, section: `${title} a`, authors: [`${title} b`] })
  const page = await (await site.get('/embed/hostile')).text()
  expect(page).not.toContain('<script')
  expect(page.match(/<\/(?:title|style)>/g)).toHaveLength(2)
})

describe('the list for a page of the newsroom', () => {
  const list = async (query: string) => (await site.get(`/e/ouvert.html${query}`)).text()

  test.for([
    ['', 'Envoyer par </span><span class="name">courriel'],
    ['?lang=fr-FR', 'Envoyer par </span><span class="name">e-mail'],
    ['?lang=en', 'Send by </span><span class="name">email'],
    ['?lang=de', 'Per </span><span class="name">E-Mail</span><span class="unseen"> senden'],
    ['?lang=de-AT', '<nav aria-label="Diesen Artikel teilen" lang="de"'],
    ['?lang=frr', 'Send by </span><span class="name">email'],
  ] as const)('%s speaks that language', async ([query, words]) => {
    const text = await list(query)
    expect(text).toContain(words)
    expect(text).not.toContain('<script')
  })

  test('has the networks that are asked for, and no others', async () => {
    const text = await list('?networks=email,bluesky,gone')
    expect(text.match(/<a /g)).toHaveLength(3) // Two of the three links lead to email and Bluesky; the third link leads to the complete share menu.
    expect(text).toContain('bsky.app')
  })

  test("has a button for a network on the reader's own server, which only a script shows", async () => {
    const text = await list('?networks=email,shaarli')
    expect(text).toMatch(
      /<li hidden=""><button type="button" data-act="server" data-id="shaarli" data-href="https:\/\/\{host\}[^"]*">/,
    )
  })

  test.for(['en_US', '"><script>', 'klingon'])(
    'a page whose own lang is %s has its row all the same',
    async (lang) => {
      const response = await site.get(`/e/ouvert.html?lang=${encodeURIComponent(lang)}`)
      expect(response.status).toBe(200)
      expect(await response.text()).not.toContain('<script')
    },
  )

  test.for(['?networks=%3Cscript%3E', '?networks=nowhere'])('%s is refused', async (query) => {
    expect((await site.get(`/e/ouvert.html${query}`)).status).toBe(400)
  })

  test('is 404 for an article that is not public', async () => {
    expect((await site.get('/e/embargo.html')).status).toBe(404)
    expect((await site.get('/e/retire.html')).status).toBe(410)
  })
})
