import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { hashOf } from '../../src/http/token.ts'
import { withCalls } from './faulty.ts'
import { isolateOf } from './isolate.ts'
import { fixedRoutes, routesWithout } from './public-routes.ts'
import { allWrites, ofArticle, refuseWrites } from './refused-writes.ts'
import { openSite, type TestSite, token } from './site.ts'

/** When the embargo and the expiry of the side `proche` end. Nothing of the side `calme` ends. */
const due = Date.parse('2024-06-20T12:00:00Z')
const sides = ['calme', 'proche'] as const

/**
 * A site with two sections, tags and authors that differ in one respect only: in `proche`, the embargo of an article
 * ends at `due`, and another article expires at `due`.
 */
async function filled(): Promise<TestSite> {
  const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  for (const side of sides) {
    const filed = { section: side, tags: [side], authors: [side], published: '2024-06-19T08:00:00Z' }
    const ends = (field: string) => (side === 'proche' ? { [field]: new Date(due).toISOString() } : {})
    await site.put(`${side}-un`, filed)
    await site.put(`${side}-deux`, { ...filed, ...ends('expires') })
    if (side === 'proche') await site.put(`${side}-cache`, { ...filed, ...ends('embargo') })
  }
  return site
}

const folders = ['sections', 'tags', 'authors']

/** The addresses of one side: of each public route with parameters at least one. */
async function addressesOf(side: string): Promise<string[]> {
  const selections = folders.map((folder) => `/${folder}/${side}`)
  const articles = await Promise.all(['un', 'deux', 'cache'].map((name) => ofArticle(`${side}-${name}`)))
  return [
    ...selections.flatMap((path) => [
      ...[path, `${path}/feed`, `${path}/feed/`, `${path}/archive/2024/06/1/feed.rss`],
      ...formatNames.map((format) => `${path}/feed.${format}`),
      ...[`${path}/feed.rss?before=1718811900000.1`, `${path}/feed.json?after=1718700000000.1`],
    ]),
    `/feed.rss?section=${side}&tag=${side}`,
    `/sections/${side}/archive/2024/06/1/feed.json?tag=${side}`,
    ...articles.flat(),
  ]
}

/** Addresses without a side. The news sitemap and robots.txt are apart: they change each hour, whatever is published. */
const common = [
  '/archive/2024/06/1/feed.rss',
  '/sitemap-2024-06-1.xml',
  '/sitemap-selections.xml',
  '/feeds?from=tags%2Fa',
]
const unlike = ['/sitemap-news.xml', '/robots.txt']

/** What a cache or a stranger can learn from an answer about how long it may be kept. */
const lifetimeOf = ({ status, headers }: Response) => ({
  status,
  ...Object.fromEntries(
    [
      'Cache-Control',
      'Cloudflare-CDN-Cache-Control',
      'Age',
      'Expires',
      'Cache-Status',
      'Retry-After',
      'Vary',
    ].map((name) => [name, headers.get(name)]),
  ),
})

type Ask = TestSite['get']

/** Checks that the answers of the two sides do not differ in their lifetimes, and returns those of the side `proche`. */
async function expectAlike(ask: Ask, when: string): Promise<Map<string, Response>> {
  const [calme, proche] = await Promise.all(sides.map(addressesOf))
  const answers = new Map<string, Response>()
  for (const [at, path] of (proche ?? []).entries()) {
    const [one, other] = [await ask(calme?.[at] as string), await ask(path)]
    expect([when, path, lifetimeOf(other)]).toEqual([when, path, lifetimeOf(one)])
    answers.set(path, other)
  }
  return answers
}

/** The instants before `due` at which copies have different lifetimes, in milliseconds before `due`. */
const before = [80_000_000, 350_000, 299_500, 120_000, 1700, 1]

test('the addresses of this file include every public route', async () => {
  const addresses = [...(await addressesOf('proche')), ...fixedRoutes, ...common]
  expect(routesWithout(addresses)).toEqual([])
})

describe('no lifetime tells which selection an embargo or an expiry ends in', () => {
  test('while all is well, in a new isolate and in a warm one, and in all kinds of answers alike', async () => {
    const site = await filled()
    const warm = isolateOf(site)
    for (const left of before) {
      site.at(due - left)
      await expectAlike(isolateOf(site), `new, ${left} ms before`)
      const answers = await expectAlike(warm, `warm, ${left} ms before`)
      for (const path of common) answers.set(path, await warm(path))
      const kept = [...answers].filter(([path, { headers }]) => headers.has('ETag') || path.startsWith('/s/'))
      const seconds = Math.min(300, Math.max(0, Math.floor(left / 1000) - 1))
      for (const [path, { ok, status, headers }] of kept) {
        if (!ok && status !== 302) continue
        if (headers.get('Cache-Control') === 'private, no-store') continue
        const lifetime = headers.get('Cache-Control')
        expect([left, path, lifetime]).toEqual([
          left,
          path,
          `public, max-age=${seconds}, must-revalidate, stale-while-revalidate=0`,
        ])
      }
      expect(kept.length, `answers ${left} ms before`).toBeGreaterThan(60)
    }
  }, 60_000)

  test('while the database refuses writes, even if an earlier change could not be saved', async () => {
    const site = await filled()
    await site.put('avant', { embargo: '2024-06-20T11:00:00Z', section: 'Autre' })
    site.wait(2000)
    const end = await refuseWrites(await allWrites())
    for (const left of [4_000_000, 120_000, 1]) {
      site.at(due - left)
      await expectAlike(isolateOf(site), `${left} ms before`)
    }
    await end()
  }, 60_000)

  test('while the database does not answer, and all answers are old copies', async () => {
    const site = await filled()
    let isDown = false
    const reach = () => {
      if (isDown) throw new Error('D1_ERROR: out of reach')
    }
    site.at(due - 120_000)
    const ask = isolateOf(site, { database: withCalls(env.DB, reach) })
    await expectAlike(ask, 'before the failure')
    isDown = true
    for (const left of [119_000, 60_000, 1]) {
      site.at(due - left)
      const when = `${left} ms before`
      const answers = await expectAlike(ask, when)
      const status = answers.get('/tags/proche/feed.rss')?.headers.get('Cache-Status')
      expect(status, when).toContain('unconfirmed')
    }
  })

  test('what a save with an embargo or an expiry invalidates is the same for both sides', async () => {
    const site = await filled()
    const told = async (side: string, change: Record<string, unknown>) => {
      site.invalidated.length = 0
      await site.put('encore', { section: side, tags: [side], authors: [side], ...change })
      const paths = site.invalidated.toSorted()
      await site.call('DELETE', '/api/articles/encore')
      site.wait(2000)
      return paths
    }
    for (const embargo of ['2024-06-19T16:03:00Z', '2024-06-19T18:00:00Z', '2024-06-21T18:00:00Z']) {
      expect(await told('calme', { embargo }), embargo).toEqual(await told('proche', { embargo }))
    }
  })
})

test('answers that time does not change have the lifetime of their kind', async () => {
  const site = await filled()
  const lifetimes = async (left: number) => {
    site.at(due - left)
    const fixed = fixedRoutes.filter((path) => !unlike.includes(path))
    return Promise.all(fixed.map(async (path) => [path, (await site.get(path)).headers.get('Cache-Control')]))
  }
  for (const [path, control] of await lifetimes(60_000)) {
    expect([path, control]).toEqual([
      path,
      expect.stringMatching(
        /^(no-store|public, max-age=(59|300|86400), must-revalidate, stale-while-revalidate=0)$/,
      ),
    ])
  }
})
