import { parseOpml } from 'feedsmith'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { repeated } from '../repeated.ts'
import { fillTags } from './many-tags.ts'
import { openSite, type TestSite } from './site.ts'

async function site(settings = {}) {
  const open = await openSite({ SITE_TITLE: 'Le « Kiosque » & Cie', ...settings })
  await open.put('un', { section: 'Monde', tags: ['Été', 'R&D <b>'], authors: ['La rédaction'] })
  open.wait(2000)
  return open
}

const textOf = async (open: TestSite, path: string) => (await open.get(path)).text()

/** The paths of the selections that the directory page lists, in the page's order. */
const shown = (page: string): string[] =>
  [...page.matchAll(/<a class="of" href="https:\/\/kiosque.example\/([^"]*)"/g)].map(([, path = '']) => path)

describe('/feeds', () => {
  test('names every section, tag and author with its feed in each format', async () => {
    const page = await textOf(await site(), '/feeds')
    expect(shown(page)).toEqual(['', 'sections/monde', 'tags/ete', 'tags/r-d-b', 'authors/la-redaction'])
    for (const path of shown(page)) {
      for (const format of formatNames) {
        expect(page, format).toContain(`href="https://kiosque.example/${path && `${path}/`}feed.${format}"`)
      }
    }
    expect(page).toContain('<h1>S’inscrire</h1>')
    expect(page).toContain('R&amp;D &lt;b&gt;')
    expect(page).toContain('aria-label="RSS, Monde"')
    expect(page).toContain('<a href="https://kiosque.example/feeds.opml" type="text/x-opml">')
  })

  test('is kept, validated and described as a page is', async () => {
    const open = await site()
    const response = await open.get('/feeds')
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cache-tag': 'all',
      etag: expect.stringMatching(/^W\/"[0-9a-z]+-feeds-d1d1d1d1"$/),
      'last-modified': 'Wed, 19 Jun 2024 16:00:01 GMT',
      link: expect.stringContaining('<https://kiosque.example/feed.rss>; rel="alternate"'),
    })
    const etag = response.headers.get('ETag') ?? ''
    expect((await open.get('/feeds', { 'If-None-Match': etag })).status).toBe(304)
    const page = await response.text()
    expect(page).toContain('title="Le « Kiosque » &amp; Cie (RSS)" href="https://kiosque.example/feed.rss"')
  })

  const changes: [what: string, change: (open: TestSite) => Promise<unknown>, expected: string[]][] = [
    [
      'a tag appears',
      (open) => open.put('deux', { tags: ['Neige'] }),
      ['', 'sections/monde', 'tags/ete', 'tags/neige', 'tags/r-d-b', 'authors/la-redaction'],
    ],
    ['all become empty', (open) => open.call('DELETE', '/api/articles/un'), ['']],
    [
      'an article moves',
      (open) => open.put('un', { section: 'Culture', tags: [], authors: [] }),
      ['', 'sections/culture'],
    ],
    [
      'rights are taken back',
      (open) => open.put('un', { section: 'Monde', rights: { syndicate: 'none' } }),
      [''],
    ],
    [
      'a draft changes nothing',
      (open) => open.put('deux', { tags: ['Neige'], status: 'draft' }),
      ['', 'sections/monde', 'tags/ete', 'tags/r-d-b', 'authors/la-redaction'],
    ],
    [
      'an embargo changes nothing',
      (open) => open.put('deux', { tags: ['Neige'], embargo: '2024-07-01T00:00:00Z' }),
      ['', 'sections/monde', 'tags/ete', 'tags/r-d-b', 'authors/la-redaction'],
    ],
    [
      'an embargo ends',
      async (open) => {
        await open.put('deux', { tags: ['Neige'], embargo: '2024-07-01T00:00:00Z' })
        open.at('2024-07-01T00:00:00Z')
      },
      ['', 'sections/monde', 'tags/ete', 'tags/neige', 'tags/r-d-b', 'authors/la-redaction'],
    ],
    [
      'an article expires',
      async (open) => {
        await open.put('un', { section: 'Monde', expires: '2024-07-01T00:00:00Z' })
        open.at('2024-07-01T00:00:00Z')
      },
      [''],
    ],
  ]
  test.for(changes)('%s', async ([, change, expected]) => {
    const open = await site()
    const before = await open.get('/feeds')
    await change(open)
    open.wait(2000)
    const after = await open.get('/feeds')
    const [was, is] = [await before.text(), await after.text()]
    expect(shown(is)).toEqual(expected)
    expect(was === is).toBe(before.headers.get('ETag') === after.headers.get('ETag'))
    expect(was === is).toBe(before.headers.get('Last-Modified') === after.headers.get('Last-Modified'))
  })

  test('a new name shows, with new validators, even where the key stays', async () => {
    const { hashOf } = await import('../../src/http/token.ts')
    const admin = await openSite({ API_TOKENS: `chief:admin:${await hashOf('a-token-of-the-tests')}` })
    await admin.put('un', { tags: ['ete'] })
    admin.wait(2000)
    const before = await admin.get('/feeds')
    const renamed = await admin.call('PUT', '/api/tags/ete', { name: 'Été' })
    expect(renamed.status).toBeLessThan(300)
    admin.wait(2000)
    const after = await admin.get('/feeds')
    expect(await after.text()).toContain('>Été</a>')
    expect(after.headers.get('ETag')).not.toBe(before.headers.get('ETag'))
  })

  test('thousands of tags are shown in parts, each of them once', async () => {
    const open = await openSite()
    await open.put('un', {})
    await fillTags(650)
    const seen: string[] = []
    let path = '/feeds'
    for (let part = 0; part < 3; part++) {
      const page = await textOf(open, path)
      seen.push(...shown(page).filter((one) => one !== ''))
      const next = /rel="next" href="https:\/\/kiosque.example([^"]*)"/.exec(page)?.[1]
      expect(next === undefined).toBe(part === 2)
      path = next ?? ''
    }
    expect(seen).toHaveLength(650)
    expect(repeated(seen)).toEqual([])
  })

  test('among more than a page lists, a letter leads to where it begins', async () => {
    const open = await openSite()
    await open.put('un', { section: 'Monde' })
    await fillTags(1000)
    const initials = (page: string) =>
      [...page.matchAll(/<a href="https:\/\/kiosque.example(\/feeds\?from=tags%2F(.))">(.)<\/a>/g)].map(
        ([, href = '', key, text]) => ({ href, key, text }),
      )
    const letters = [...'abcdefghijklmnopqrstuvwxyz']
    const page = await textOf(open, '/feeds')
    expect(initials(page).map(({ key }) => key)).toEqual(letters)
    expect(initials(page).map(({ text }) => text)).toEqual(letters.map((letter) => letter.toUpperCase()))
    expect(page.match(/<nav aria-label="Sujets par initiale">/g)).toHaveLength(1)
    expect(page).not.toContain('Sections par initiale')
    for (const { href, key } of initials(page).slice(0, 3)) {
      const part = await textOf(open, href)
      expect(shown(part), href).toHaveLength(300)
      expect(shown(part)[0]?.startsWith(`tags/${key}`), href).toBe(true)
      expect(initials(part), href).toHaveLength(26)
    }
  })

  const scripts: [what: string, path: string, initials: number][] = [
    ['in letters of any script', "'tags/' || char(1072 + i % 32) || i", 32],
    ['of one character', "'tags/x' || i", 0],
    ['in thousands of characters', "'tags/' || char(19968 + i)", 0],
    ['in letters beyond the first 65,536', "iif(i % 2, 'tags/' || char(66600) || i, 'tags/a' || i)", 2],
  ]
  test.for(scripts)('names %s', async ([, path, initials]) => {
    const open = await openSite()
    await open.put('un', {})
    await fillTags(700, path)
    const page = await textOf(open, '/feeds')
    expect(page.match(/<a href="[^"]*from=tags%2F[^"]*">.<\/a>/gu) ?? []).toHaveLength(initials)
    expect(shown(page)).toHaveLength(301)
  })

  test.for(['/feeds?from=', '/feeds?from=articles/un', '/feeds?from=%00', '/feeds?utm_source=x'])(
    '%s is the whole',
    async (path) => expect(shown(await textOf(await site(), path))).toHaveLength(5),
  )

  const parts: [path: string, heading: string, canonical: string][] = [
    ['/feeds', 'S’inscrire', '/feeds'],
    ['/feeds?from=articles/un', 'S’inscrire', '/feeds'],
    ['/feeds?from=tags/', 'Sujets à partir de «\u00a0Été\u00a0»', '/feeds?from=tags%2F'],
    [
      '/feeds?from=tags%2Fr&x=1',
      'Sujets à partir de «\u00a0R&amp;D &lt;b&gt;\u00a0»',
      '/feeds?from=tags%2Fr',
    ],
    ['/feeds?from=tags/<b>', 'Sujets à partir de «\u00a0Été\u00a0»', '/feeds?from=tags%2F%3Cb%3E'],
    ['/feeds?from=tags/zzz', 'Sujets', '/feeds?from=tags%2Fzzz'],
  ]
  test.for(parts)(
    '%s says where it begins, and is its own canonical address',
    async ([path, heading, own]) => {
      const page = await textOf(await site(), path)
      const url = `https://kiosque.example${own}`
      const title = [heading, ...(own === '/feeds' ? [] : ['S’inscrire']), 'Le « Kiosque » &amp; Cie'].join(
        ' — ',
      )
      expect(page).toContain(`<title>${title}</title>`)
      expect(page).toContain(`<meta property="og:title" content="${title}"/>`)
      expect(page).toContain(`<meta property="og:url" content="${url}"/>`)
      expect(page).toContain(`<link rel="canonical" href="${url}">`)
      expect(page.match(/<h1>.*?<\/h1>/g)).toEqual([`<h1>${heading}</h1>`])
      const main = page.slice(page.indexOf('<main'), page.indexOf('</main>'))
      expect(main.includes('<a href="https://kiosque.example/feeds">Tous les flux</a>')).toBe(
        own !== '/feeds',
      )
    },
  )

  test('a place after the last says that there is nothing more', async () => {
    expect(await textOf(await site(), '/feeds?from=tags/zzz')).toContain('Il n’y a rien de plus ici.')
  })

  test('an English site says Subscribe', async () => {
    expect(await textOf(await site({ SITE_LANGUAGE: 'en-CA' }), '/feeds')).toContain('<h1>Subscribe</h1>')
  })
})

describe('/feeds.opml', () => {
  test('is OPML 2.0, as another reader reads it', async () => {
    const open = await site()
    const response = await open.get('/feeds.opml')
    expect(response.headers.get('Content-Type')).toBe('text/x-opml; charset=utf-8')
    expect(response.headers.get('Cache-Tag')).toBe('all')
    const text = await response.text()
    const { head, body } = parseOpml(text)
    expect(head?.title).toBe('Le « Kiosque » & Cie')
    const [all, ...folders] = body?.outlines ?? []
    expect(all).toMatchObject({
      text: 'Le « Kiosque » & Cie',
      type: 'rss',
      xmlUrl: 'https://kiosque.example/feed.rss',
      htmlUrl: 'https://kiosque.example/',
    })
    expect(folders.map(({ text }) => text)).toEqual(
      ['Sections', 'Sujets', 'Auteurs'].map((name) => `Le « Kiosque » & Cie — ${name}`),
    )
    expect(folders[1]?.outlines).toMatchObject([
      { text: 'Été — Le « Kiosque » & Cie', xmlUrl: 'https://kiosque.example/tags/ete/feed.rss' },
      { text: 'R&D <b> — Le « Kiosque » & Cie', htmlUrl: 'https://kiosque.example/tags/r-d-b' },
    ])
  })

  test('every feed that it names is there', async () => {
    const open = await site()
    const feeds = [
      ...(await textOf(open, '/feeds.opml')).matchAll(/xmlUrl="https:\/\/kiosque.example([^"]*)"/g),
    ]
    expect(feeds).toHaveLength(5)
    for (const [, path = ''] of feeds) expect((await open.get(path)).status, path).toBe(200)
  })

  test('304 by tag and by date', async () => {
    const open = await site()
    const { headers } = await open.get('/feeds.opml')
    const conditions: Record<string, string>[] = [
      { 'If-None-Match': headers.get('ETag') ?? '' },
      { 'If-Modified-Since': headers.get('Last-Modified') ?? '' },
    ]
    for (const one of conditions)
      expect((await open.get('/feeds.opml', one)).status, JSON.stringify(one)).toBe(304)
  })
})
