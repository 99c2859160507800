import { describe, expect, test } from 'vitest'
import { cacheTag } from '../../src/http/respond.ts'
import { hashOf } from '../../src/http/token.ts'
import { openSite, type TestSite, token } from './site.ts'

/**
 * The addresses whose answers the test compares before and after a change: one address of each kind that the
 * edge caches.
 */
const addresses = [
  ...['/', '/feed', '/rss.xml', '/?feed=json', '/feed.rss', '/feed.atom?before=9000000000000.0'],
  ...['/feed.rss?section=monde&tag=ete', '/archive/2024/06/1/feed.rss', '/feeds', '/feeds.opml'],
  ...[
    '/archive/2024/06/1/feed.json?section=monde',
    '/tags/ete/archive/2024/06/1/feed.atom?section=monde&author=kim',
  ],
  ...['/feeds.opml?from=tags%2Fa', '/sitemap.xml', '/sitemap-selections.xml', '/sitemap-2024-06-1.xml'],
  ...['/sitemap-news.xml', '/robots.txt', '/e/v1.js', '/e/comments/v1.js'],
  ...['/sections/monde', '/tags/ete', '/authors/kim'].flatMap((place) =>
    ['', '/feed', '/feed.json', '/archive/2024/06/1/feed.atom'].map((end) => `${place}${end}`),
  ),
  ...['', '/feed/', '/feed.rss', '/share', '/share.json', '/share.json?lang=en'].map(
    (end) => `/articles/un${end}`,
  ),
  ...['/embed/un', '/e/un.html', '/oembed?url=https%3A%2F%2Fkiosque.example%2Farticles%2Fun&format=xml'],
]

/** The answers that the edge would cache, by address: the content, and the cache tags that invalidate the answer. */
async function kept(site: TestSite, shorts: readonly string[]) {
  const found = new Map<string, { said: string; tags: string[] }>()
  for (const address of [...addresses, ...shorts]) {
    const response = await site.get(address)
    const said = `${response.status} ${response.headers.get('Location')} ${await response.text()}`
    const control =
      response.headers.get('Cloudflare-CDN-Cache-Control') ?? response.headers.get('Cache-Control') ?? ''
    if (control.includes('no-store')) continue
    found.set(address, { said, tags: response.headers.get('Cache-Tag')?.split(',') ?? [] })
  }
  return found
}

const filed = { section: 'Monde', tags: ['Été'], authors: ['Kim'], published: '2024-06-18T10:00:00Z' }

async function open(): Promise<{ site: TestSite; shorts: string[] }> {
  const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}`, COMMENTS: 'off' })
  await site.put('un', filed)
  await site.put('deux', { ...filed, published: '2024-06-18T11:00:00Z' })
  site.wait(2000)
  const { short } = (await (await site.get('/articles/un/share.json')).json()) as { short: string }
  const code = new URL(short).pathname
  return { site, shorts: [code, code.replace('/s/', '/qr/').concat('.svg')] }
}

const changes: [what: string, change: (site: TestSite) => Promise<unknown>][] = [
  ['a correction', (site) => site.put('un', { ...filed, title: 'Corrigé' })],
  ['a new article', (site) => site.put('trois', filed)],
  ['another section, no tag', (site) => site.put('un', { ...filed, section: 'Planète', tags: [] })],
  ['a withdrawal', (site) => site.call('DELETE', '/api/articles/un')],
  ['narrower rights', (site) => site.put('un', { ...filed, rights: { syndicate: 'summary' } })],
  ['no syndication', (site) => site.put('un', { ...filed, rights: { syndicate: 'none' } })],
  ['an address of its own', (site) => site.put('un', { ...filed, url: 'https://journal.example/un' })],
  ['an embargo', (site) => site.put('un', { ...filed, embargo: '2024-06-20T12:00:00Z' })],
  ['another date', (site) => site.put('un', { ...filed, published: '2024-06-18T12:00:00Z' })],
  [
    'another slug',
    async (site) => {
      const { id } = (await (await site.call('GET', '/api/articles/un')).json()) as { id: string }
      await site.call('PUT', '/api/articles/nouveau', { ...filed, id, title: 'Titre', text: 'Corps.' })
    },
  ],
  ['a section’s new name', (site) => site.call('PUT', '/api/sections/monde', { name: 'Planète' })],
  ['an author’s new spelling', (site) => site.call('PUT', '/api/authors/kim', { name: 'KIM' })],
  [
    'a name by its path',
    (site) => site.call('POST', '/api/paths', { paths: [{ path: 'tags/ete', title: 'ÉTÉ' }] }),
  ],
]

describe('whatever changes an answer that the edge keeps invalidates it', () => {
  test.for(changes)('%s', async ([, change]) => {
    const { site, shorts } = await open()
    const before = await kept(site, shorts)
    // The in-memory caches are emptied so that the site renders each answer again. An old answer from memory
    // could hide that a cache tag is missing.
    site.ports.memory?.clear()
    site.invalidated.length = 0
    await change(site)
    site.wait(2000)
    const told = new Set(site.invalidated.map(cacheTag))
    const after = await kept(site, shorts)
    const wrong: string[] = []
    let moved = 0
    for (const [address, { said, tags }] of before) {
      if (after.get(address)?.said === said) continue
      moved++
      if (!tags.some((tag) => told.has(tag))) wrong.push(address)
    }
    expect(wrong).toEqual([])
    expect(moved).toBeGreaterThan(0)
  })
})

test('a tag is never longer than the platform takes, however long the address', () => {
  const tag = cacheTag(`articles/${'語'.repeat(200)}`)
  expect(tag).toMatch(/^articles\/[%0-9A-F]+$/)
  expect(tag.length).toBe(1024)
  expect(cacheTag('')).toBe('all')
})
