import { env } from 'cloudflare:workers'
import * as fc from 'fast-check'
import jsQR from 'jsqr'
import { describe, expect, test } from 'vitest'
import { codeOf } from '../../src/share/code.ts'
import { networks } from '../../src/share/networks.ts'
import { examples } from '../laws.ts'
import { openSite, type TestSite } from './site.ts'

const reader = { 'User-Agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0' }
const id = 'tag:kiosque.example,2024:ete'

async function furnished(article: Record<string, unknown> = {}): Promise<{ site: TestSite; code: string }> {
  const site = await openSite()
  await site.put('ete', { id, ...article })
  site.wait(2000)
  return { site, code: await codeOf(id) }
}

const counted = async (): Promise<unknown[]> =>
  (await env.DB.prepare('SELECT * FROM share_count ORDER BY day, network').all()).results

describe('the code of an article', () => {
  test('is eight bytes of its id’s SHA-256 in base58: the same for ever', async () => {
    expect(await codeOf('tag:kiosque.example,2024:ete')).toBe('CEX2HLtREHU')
    expect(await codeOf('')).toMatch(/^[1-9A-HJ-NP-Za-km-z]{11}$/)
  })

  test('stays when the slug changes, and in a store that was restored', async () => {
    const { site, code } = await furnished()
    await site.put('hiver', { id })
    site.wait(2000)
    expect((await site.get(`/s/${code}`)).headers.get('Location')).toBe(
      'https://kiosque.example/articles/hiver',
    )
    await env.DB.prepare('UPDATE article SET code = NULL').run()
    expect((await site.get(`/s/${code}`)).status).toBe(302)
  })

  test('that two ids share leads to neither article: the reader chooses', async () => {
    const { site, code } = await furnished()
    await site.put('autre')
    await env.DB.prepare('UPDATE article SET code = ?1').bind(code).run()
    for (const time of ['first', 'second']) {
      const response = await site.get(`/s/${code}.x`, reader)
      expect([time, response.status, response.headers.get('Location')]).toEqual([time, 300, null])
      expect(await response.text(), `${time}`).toMatch(/articles\/ete\n[\s\S]*articles\/autre\n/)
    }
    expect(await counted()).toEqual([])
  })

  test('that two ids share leads to one while only that one can be seen, and to neither again afterwards', async () => {
    const { site, code } = await furnished()
    await site.put('autre', { embargo: '2024-06-19T17:00:00Z' })
    await env.DB.prepare('UPDATE article SET code = ?1').bind(code).run()
    const statuses = async () => [
      (await site.get(`/s/${code}`)).status,
      (await site.get(`/s/${code}`)).status,
    ]
    expect(await statuses()).toEqual([302, 302])
    site.at('2024-06-19T17:00:00Z')
    expect(await statuses()).toEqual([300, 300])
  })
})

describe('/s/{code}', () => {
  test('leads to the page where the article is read; the redirect is cached like the page and not indexed', async () => {
    const { site, code } = await furnished({ url: 'https://journal.example/été?a=1#haut' })
    const response = await site.get(`/s/${code}`, reader)
    expect(response.status).toBe(302)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      location: 'https://journal.example/%C3%A9t%C3%A9?a=1#haut',
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cache-tag': 'articles/ete',
      'x-robots-tag': 'noindex, nofollow',
    })
    expect(response.headers.get('Set-Cookie')).toBeNull()
    expect(await counted()).toEqual([])
  })

  test('is kept no longer than the article is to be seen', async () => {
    const { site, code } = await furnished({ expires: '2024-06-19T17:00:00Z' })
    site.at('2024-06-19T16:59:00Z')
    expect((await site.get(`/s/${code}`)).headers.get('Cache-Control')).toBe(
      'public, max-age=59, must-revalidate, stale-while-revalidate=0',
    )
  })

  test('with a network adds campaign tags, is kept by nobody, and is counted', async () => {
    const { site, code } = await furnished({ url: 'https://journal.example/a?utm_source=lettre#haut' })
    const response = await site.get(`/s/${code}.bluesky`, reader)
    expect(response.headers.get('Location')).toBe(
      'https://journal.example/a?utm_source=lettre&utm_medium=social&utm_campaign=share#haut',
    )
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    await site.get(`/s/${code}.bluesky`, reader)
    await site.get(`/s/${code}.email`, reader)
    await expect.poll(counted).toEqual([
      { day: '2024-06-19', code, network: 'bluesky', count: 2 },
      { day: '2024-06-19', code, network: 'email', count: 1 },
    ])
  })

  const media: [network: string, medium: string][] = [
    ['x', 'social'],
    ['whatsapp', 'social'],
    ['email', 'email'],
    ['sms', 'sms'],
    ['qr', 'referral'],
    ['copy', 'referral'],
    ['pocket', 'social'],
  ]
  test.for(media)('a visit from %s is %s', async ([network, medium]) => {
    const { site, code } = await furnished()
    const { searchParams } = new URL(
      (await site.get(`/s/${code}.${network}`, reader)).headers.get('Location') ?? '',
    )
    expect(Object.fromEntries(searchParams)).toEqual({
      utm_source: network,
      utm_medium: medium,
      utm_campaign: 'share',
    })
  })

  test('the day is the site’s', async () => {
    const { site, code } = await furnished()
    site.at('2024-06-20T03:59:00Z')
    await site.get(`/s/${code}.x`, reader)
    await expect.poll(counted).toMatchObject([{ day: '2024-06-19' }])
  })

  const readers: [what: string, agent: string][] = [
    [
      'a telephone whose maker has "bot" in its name',
      'Mozilla/5.0 (Linux; Android 11; CUBOT NOTE 20) Chrome/120 Mobile',
    ],
    [
      'the browser inside Snapchat',
      'Mozilla/5.0 (iPhone; CPU iPhone OS 16_3) Mobile/15E148 Snapchat/12.20.0.36',
    ],
  ]
  test.for(readers)('is counted for %s', async ([, agent]) => {
    const { site, code } = await furnished()
    await site.get(`/s/${code}.x`, { 'User-Agent': agent })
    await expect.poll(counted).toMatchObject([{ network: 'x', count: 1 }])
  })

  const idle: [what: string, headers: Record<string, string>, method?: string][] = [
    ['HEAD', reader, 'HEAD'],
    ['no name', {}],
    [
      'a preview',
      { 'User-Agent': 'facebookexternalhit/1.1 (+http://www.facebook.com/externalhit_uatext.php)' },
    ],
    ['Signal and WhatsApp', { 'User-Agent': 'WhatsApp/2' }],
    ['Slack', { 'User-Agent': 'Slackbot-LinkExpanding 1.0 (+https://api.slack.com/robots)' }],
    ['a Mastodon server', { 'User-Agent': 'http.rb/5.1.1 (Mastodon/4.3.0; +https://mastodon.example/) Bot' }],
    [
      'a search engine',
      { 'User-Agent': 'Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)' },
    ],
    ['a library', { 'User-Agent': 'python-requests/2.32' }],
    ['Snapchat’s previews', { 'User-Agent': 'Snapchat/1.0 (Snapchat URL Preview Service; bot)' }],
    ['a prefetch', { ...reader, 'Sec-Purpose': 'prefetch;prerender' }],
    ['an old prefetch', { ...reader, Purpose: 'prefetch' }],
  ]
  test.for(idle)('is not counted for %s, and answers alike', async ([, headers, method]) => {
    const { site, code } = await furnished()
    const response = await site.get(`/s/${code}.x`, headers, method)
    expect(response.status).toBe(302)
    expect(response.headers.get('Cache-Control')).toBe('private, no-store')
    expect(await counted()).toEqual([])
  })

  test('a store that cannot count loses the count, not the reader', async () => {
    const { site, code } = await furnished()
    site.ports.counts.add = () => Promise.reject(new Error('D1 is down'))
    expect((await site.get(`/s/${code}.x`, reader)).status).toBe(302)
    await expect.poll(() => site.logged).toEqual(['count-lost'])
  })

  const states: [what: string, article: Record<string, unknown>, status: number][] = [
    ['withdrawn', { withdraw: true }, 410],
    ['expired', { expires: '2024-06-19T16:00:02Z' }, 410],
    ['embargoed', { embargo: '2024-07-01T00:00:00Z' }, 404],
    ['a draft', { status: 'draft' }, 404],
    [
      'a draft whose end has come',
      { status: 'draft', expires: '2024-06-19T16:00:02Z', published: '2024-06-18T00:00:00Z' },
      404,
    ],
  ]
  test.for(states)('of an article that is %s', async ([, { withdraw, ...article }, status]) => {
    const { site, code } = await furnished(article)
    await site.get('/feed.json')
    site.wait(3000)
    if (withdraw) await site.call('DELETE', '/api/articles/ete')
    for (const path of [`/s/${code}`, `/s/${code}.x`, `/qr/${code}.svg`]) {
      const response = await site.get(path, reader)
      expect(response.status, path).toBe(status)
      expect(response.headers.get('X-Robots-Tag'), path).toBe('noindex, nofollow')
      expect(await response.text(), path).not.toMatch(/ete|Titre/)
    }
    expect(await counted()).toEqual([])
  })
})

describe('nothing that a request says changes the target', () => {
  test('1,000 hostile paths and queries', async () => {
    const { site, code } = await furnished({ url: 'https://journal.example/a' })
    const evil = fc.constantFrom(
      ...[
        '//evil.example',
        'https://evil.example/',
        '\\\\evil.example',
        '@evil.example',
        '%2f%2fevil.example',
        '..',
        '/',
      ],
      ...[
        '%0d%0aLocation:%20https://evil.example',
        '.x',
        '.X',
        '.evil',
        '%00',
        '?',
        '#',
        '&',
        '=',
        code,
        'https:',
        '\t',
      ],
      ...[
        'javascript:alert(1)',
        'utm_source=<script>',
        'url=https://evil.example',
        'redir_url=//evil.example',
        '.qr',
        'é',
      ],
    )
    const path = fc.tuple(
      fc.constantFrom(`/s/${code}`, `/s/${code}.x`, '/s/', '/s', `/qr/${code}`, '/s/../s/'),
      fc.array(fc.oneof(evil, fc.string({ unit: 'binary', maxLength: 4 })), { maxLength: 5 }),
      fc.array(evil, { maxLength: 4 }),
    )
    let led = 0
    await fc.assert(
      fc.asyncProperty(path, async ([base, parts, query]) => {
        const address = `${base}${parts.join('')}?${query.join('&')}`
        if (!URL.canParse(`https://kiosque.example${address}`)) return
        const headers = {
          'User-Agent': 'Mozilla/5.0',
          'X-Forwarded-Host': 'evil.example',
          Referer: 'https://evil.example/',
        }
        const response = await site.get(address, headers)
        const location = response.headers.get('Location')
        if (location === null) return
        led++
        expect(location).toMatch(
          /^https:\/\/(journal\.example\/a(\?utm_source=(x|qr)&utm_medium=(social|referral)&utm_campaign=share)?$|kiosque\.example\/(s|qr)\/)/,
        )
      }),
      { numRuns: examples(1000) },
    )
    expect(led).toBeGreaterThan(50)
  })

  test('every network’s id makes a short link', async () => {
    const { site, code } = await furnished()
    for (const { id: network } of networks) {
      expect((await site.get(`/s/${code}.${network}`)).status, network).toBe(302)
    }
  })
})

/** Draws a QR code's SVG as pixels, because the QR decoder of this test reads pixels. */
function pixelsOf(svg: string): { data: Uint8ClampedArray; size: number } {
  const size = Number(/viewBox="0 0 (\d+)/.exec(svg)?.[1])
  const data = new Uint8ClampedArray(size * size * 4).fill(255)
  const [, path = ''] = /<path[^>]* d="([^"]*)"/.exec(svg) ?? []
  for (const [, x, y, wide] of path.matchAll(/M(\d+),(\d+)h(\d+)v\d+h-\d+z/g)) {
    const side = Number(wide)
    for (let row = Number(y); row < Number(y) + side; row++) {
      for (let column = Number(x); column < Number(x) + side; column++) {
        data.fill(0, (row * size + column) * 4, (row * size + column) * 4 + 3)
      }
    }
  }
  return { data, size }
}

describe('/qr/{code}.svg', () => {
  test('says the short link to an independent reader', async () => {
    const { site, code } = await furnished()
    const response = await site.get(`/qr/${code}.svg`)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'image/svg+xml',
      'cache-control': 'public, max-age=300, must-revalidate, stale-while-revalidate=0',
      'cache-tag': 'articles/ete',
      'x-robots-tag': 'noindex, nofollow',
    })
    const { data, size } = pixelsOf(await response.text())
    expect(jsQR(data, size, size)?.data).toBe(`https://kiosque.example/s/${code}.qr`)
    const etag = response.headers.get('ETag') ?? ''
    expect((await site.get(`/qr/${code}.svg`, { 'If-None-Match': etag })).status).toBe(304)
  })

  test.for(['', '.x', '.svg.svg', '.png', '.x.svg'])('"%s" behind the code is no address', async (end) => {
    const { site, code } = await furnished()
    expect((await site.get(`/qr/${code}${end}`)).status).toBe(404)
  })
})
