import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { openSite } from './site.ts'

const person = { 'Sec-Fetch-Dest': 'document', 'Sec-Fetch-Mode': 'navigate' }
const browser = { ...person, Accept: 'text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8' }

async function site() {
  const open = await openSite()
  await open.put('un', { section: 'Monde', tags: ['Été'], authors: ['La rédaction'] })
  open.wait(2000)
  return open
}

const viewed: [address: string, shows: string][] = [
  ...formatNames.map((format): [string, string] => [`/feed.${format}`, `/feed.${format}`]),
  ['/sections/monde/feed.rss', '/sections/monde/feed.rss'],
  ['/tags/ete/feed.atom', '/tags/ete/feed.atom'],
  ['/authors/la-redaction/feed.json', '/authors/la-redaction/feed.json'],
  ['/articles/un/feed.rss', '/articles/un/feed.rss'],
  ['/feed.rss?tag=ete&section=monde', '/feed.rss?section=monde&amp;tag=ete'],
  ['/feed', '/feed.rss'],
  ['/sections/monde/feed', '/sections/monde/feed.rss'],
  ['/atom.xml', '/feed.atom'],
  ['/?feed=rss2', '/feed.rss'],
]

describe('a person who opens a feed', () => {
  test.for(viewed)('sees at %s a page with the address %s', async ([address, shows]) => {
    const response = await (await site()).get(address, browser)
    expect(response.status).toBe(200)
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'content-type': 'text/html; charset=utf-8',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex',
      vary: 'Sec-Fetch-Dest',
      'x-content-type-options': 'nosniff',
      'content-security-policy': expect.stringContaining("form-action 'self'"),
    })
    expect(response.headers.get('ETag')).toBeNull()
    const page = await response.text()
    expect(page).toContain(`readonly="" value="https://kiosque.example${shows}"`)
    expect(page).toContain('Titre de un')
    expect(page).toContain(`<a href="feed:https://kiosque.example${shows}">`)
    expect(page.match(/<link rel="alternate"/g)?.length).toBeGreaterThanOrEqual(3)
    expect(page).toContain('<meta name="robots" content="noindex"/>')
    expect(page).not.toMatch(/<script/)
  })

  test('gets a page whatever Accept says, and HEAD has its headers', async () => {
    const open = await site()
    const response = await open.get('/feed', { ...person, Accept: 'text/html' })
    expect(response.status).toBe(200)
    const head = await open.get('/feed', { ...person, Accept: 'text/html' }, 'HEAD')
    expect(Object.fromEntries(head.headers)).toEqual(Object.fromEntries(response.headers))
    expect(await head.text()).toBe('')
  })

  test('gets a page even with the feed’s own tag', async () => {
    const open = await site()
    const etag = (await open.get('/feed.rss')).headers.get('ETag') ?? ''
    expect((await open.get('/feed.rss', { ...browser, 'If-None-Match': etag })).status).toBe(200)
  })

  test('gets the feed itself by ?raw, whose own address stays the same', async () => {
    const open = await site()
    const [wanted, got] = [await open.get('/feed.rss'), await open.get('/feed.rss?raw', browser)]
    expect(Object.fromEntries(got.headers)).toEqual(Object.fromEntries(wanted.headers))
    expect(await got.text()).toBe(await wanted.text())
  })

  test('sees an older part with its own articles, and the address of the feed', async () => {
    const open = await openSite({ FEED_LENGTH: '1' })
    for (const day of ['01', '02', '03']) {
      await open.put(`j${day}`, { tags: ['Été'], published: `2024-06-${day}T00:00:00Z` })
    }
    const { next_url } = (await (await open.get('/tags/ete/feed.json')).json()) as { next_url: string }
    const paged = await (await open.get(next_url.replace('https://kiosque.example', ''), browser)).text()
    expect(paged).toContain('Titre de j02')
    expect(paged).not.toContain('Titre de j03')
    expect(paged).toContain('value="https://kiosque.example/tags/ete/feed.json"')
    expect(paged).toContain('Articles de cette partie du flux')

    const archive = '/tags/ete/archive/2024/06/1/feed.atom'
    const response = await open.get(archive, browser)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    const page = await response.text()
    expect(page).toContain('Titre de j01')
    expect(page).toContain('value="https://kiosque.example/tags/ete/feed.atom"')
    expect(page).toContain(`<a href="https://kiosque.example${archive}?raw=">`)
    const raw = await open.get(`${archive}?raw=`, browser)
    expect(raw.headers.get('Content-Type')).toContain('application/atom+xml')
    expect((await open.get('/tags/ete/archive/2024/07/1/feed.atom', browser)).status).toBe(404)
  })

  test.for(['/feed.rss?before=x', '/feed.rss?before=1'])('sees no page at %s', async (address) => {
    expect((await (await site()).get(address, browser)).status).toBe(400)
  })

  const others: Record<string, string>[] = [
    { Accept: 'text/html' },
    { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' },
    { 'Sec-Fetch-Dest': 'empty' },
    { 'Sec-Fetch-Dest': 'iframe' },
    { 'Sec-Fetch-Mode': 'navigate' },
    { 'User-Agent': 'Mozilla/5.0' },
  ]
  test.for(others)('is no request with %o', async (headers) => {
    const response = await (await site()).get('/feed.rss', headers)
    expect(response.headers.get('Content-Type')).toContain('application/rss+xml')
  })

  test('sees no more than rights allow', async () => {
    const open = await site()
    await open.put('deux', { text: 'CORPS-RÉSERVÉ', rights: { syndicate: 'summary' } })
    await open.put('trois', { rights: { syndicate: 'none' } })
    await open.put('quatre', { embargo: '2030-01-01T00:00:00Z' })
    const page = await (await open.get('/feed.rss', browser)).text()
    expect(page).toContain('Titre de deux')
    expect(page).not.toMatch(/CORPS-RÉSERVÉ|Titre de trois|Titre de quatre/)
    for (const address of ['/articles/trois/feed.rss', '/articles/quatre/feed', '/tags/inconnu/feed.rss']) {
      expect([address, (await open.get(address, browser)).status]).toEqual([address, 404])
    }
  })

  test('sees ten articles at most', async () => {
    const open = await site()
    for (let number = 0; number < 12; number++) await open.put(`n${number}`, {})
    const page = await (await open.get('/feed.rss', browser)).text()
    expect(page.match(/class="teaser/g)).toHaveLength(10)
  })
})

describe('one’s own reader', () => {
  const page = async (query: string) =>
    (await (await site()).get(`/feed.rss?section=monde&tag=ete&${query}`, browser)).text()

  test('is asked for by a form that comes back to this feed', async () => {
    const form = await page('')
    expect(form).toContain('<form method="get" action="/feed.rss#own">')
    expect(form).toContain('<input type="hidden" name="section" value="monde"/>')
    expect(form).toContain('<input type="hidden" name="tag" value="ete"/>')
    expect(form).not.toContain('bookmarklet')
  })

  test('gets its links', async () => {
    const links = await page('host=lecture.example%2FFreshRSS%2Fp%2F')
    const feed = 'https%3A%2F%2Fkiosque.example%2Ffeed.rss%3Fsection%3Dmonde%26tag%3Dete'
    expect(links).toContain(`href="https://lecture.example/FreshRSS/p/bookmarklet?uri=${feed}"`)
    expect(links).toContain(
      `href="https://lecture.example/FreshRSS/p/i/?c=feed&amp;a=add&amp;url_rss=${feed}"`,
    )
    expect(links).toContain('Miniflux sur lecture.example<')
  })

  test.for(['javascript:alert(1)', '"><script>alert(1)</script>', 'kim:x@lecture.example'])(
    'is not %s',
    async (host) => {
      const refused = await page(`host=${encodeURIComponent(host)}`)
      expect(refused).toContain('Cette adresse est illisible')
      expect(refused).not.toMatch(/<script|href="javascript|bookmarklet/)
      expect(refused).toContain('aria-invalid="true"')
    },
  )
})
