import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Page, Store } from '../../src/domain/store.ts'
import { writeTimeoutMilliseconds } from '../../src/store/attempt.ts'
import { d1Store } from '../../src/store/d1.ts'
import { examples } from '../laws.ts'
import { openHub } from './hub-site.ts'
import { openSite, slugsIn, start } from './site.ts'

const minute = 60_000
const refuse = "CREATE TRIGGER refused BEFORE UPDATE ON site BEGIN SELECT raise(ABORT, 'read only'); END"
const allow = 'DROP TRIGGER refused'
const run = (sql: string) => env.DB.prepare(sql).run()

/** An article with random sections, dates, embargo and expiry; times are minutes after the first save. */
const anyArticle = fc.record({
  section: fc.constantFrom('Monde', 'Culture'),
  tag: fc.constantFrom('Été', 'Hiver'),
  published: fc.integer({ min: -5, max: 5 }),
  embargo: fc.option(fc.integer({ min: 1, max: 8 }), { nil: undefined }),
  expires: fc.constantFrom(undefined, 10, 11, 12),
  syndicate: fc.constantFrom('full', 'full', 'none'),
  status: fc.constantFrom('published', 'published', 'published', 'draft'),
})
const anySite = fc.array(anyArticle, { minLength: 3, maxLength: 14 })

const dateOf = (minutes: number | undefined): string | undefined =>
  minutes === undefined ? undefined : new Date(start + minutes * minute).toISOString()

const intersections = [[''], ['sections/monde'], ['tags/ete'], ['sections/monde', 'tags/ete']]
const keysOf = ({ articles, older }: Page) => [articles.map(({ article }) => article.slug), older]

const read = (store: Store, at?: number) =>
  Promise.all([1, 3, 30].flatMap((limit) => intersections.map((paths) => store.newest(paths, limit, at))))

test('law: the newest articles at an instant are the newest articles after the release of that instant', async () => {
  let changed = 0
  for (const [round, articles] of fc.sample(anySite, examples(6)).entries()) {
    const site = await openSite()
    for (const [at, { section, tag, published, embargo, expires, syndicate, status }] of articles.entries()) {
      await site.put(`a${round}-${at}`, {
        ...{ section, tags: [tag], published: dateOf(published), embargo: dateOf(embargo) },
        ...{ expires: dateOf(expires), rights: { syndicate }, status },
      })
    }
    const store = d1Store(env.DB, site.ports.clock, () => {})
    for (const minutes of [4, 9, 15]) {
      const now = start + minutes * minute + 500
      site.at(now)
      const before = (await read(store)).map(keysOf)
      const overdue = (await read(store, now)).map(keysOf)
      await store.release()
      const after = (await read(store)).map(keysOf)
      expect([round, minutes, overdue]).toEqual([round, minutes, after])
      if (JSON.stringify(before) !== JSON.stringify(after)) changed++
    }
    await site.call('GET', '/api/articles')
    await Promise.all(articles.map((_, at) => site.call('DELETE', `/api/articles/a${round}-${at}`)))
  }
  expect(changed).toBeGreaterThan(5)
})

test('a write that does not end is given up, and the read answers', async () => {
  const site = await openSite()
  await site.put('arrive', { embargo: dateOf(5) })
  site.wait(6 * minute)
  const waits: number[] = []
  const never = new Promise<never>(() => {})
  const database = new Proxy(env.DB, {
    get: (target, name) =>
      name === 'batch' ? () => never : (Reflect.get(target, name, target).bind?.(target) ?? undefined),
  })
  const store = d1Store(database, site.ports.clock, site.ports.log, {
    within: async (milliseconds, work) => {
      waits.push(milliseconds)
      return Promise.race([
        work,
        Promise.resolve().then(() => new Promise<never>((_, late) => setTimeout(late, 1))),
      ])
    },
  })
  const [head] = (await store.heads([''], site.ports.digest)) ?? []
  expect([head?.overdue, waits]).toEqual([site.ports.clock(), [writeTimeoutMilliseconds]])
  expect(site.logged).toContain('store-not-writable')
})

test('the hub delivers no feed whose scheduled changes are not saved, and delivers it as soon as they are', async () => {
  const site = await openHub()
  await site.put('reste')
  await site.put('arrive', { embargo: dateOf(5) })
  site.wait(2000)
  await site.subscribe('/feed.rss')
  await site.sweep()
  const delivered = site.deliveries().length
  await site.put('autre')
  site.wait(6 * minute)
  await run(refuse)
  await site.sweep().catch(() => {})
  expect(site.deliveries()).toHaveLength(delivered)
  const asked = await site.ask({
    ...{ 'hub.mode': 'subscribe', 'hub.topic': 'https://kiosque.example/feed.rss' },
    'hub.callback': 'https://other.example/',
  })
  expect([asked.status, asked.headers.get('Retry-After')]).toEqual([503, '60'])
  await run(allow)
  site.queue.splice(0)
  site.wait(3 * minute)
  await site.sweep()
  const last = new TextDecoder().decode(site.deliveries().at(-1)?.body)
  expect(site.deliveries().length).toBeGreaterThan(delivered)
  for (const slug of ['reste', 'arrive', 'autre']) expect(last, slug).toContain(`Titre de ${slug}`)
})

/** Two isolates of one site: the first has read everything before the second saves an article that expires at `due`. */
async function twoIsolates(addresses: readonly string[]) {
  const due = start + 600_000 - 400
  const first = await openSite()
  await first.put('reste')
  first.wait(5000)
  for (const address of addresses) await first.get(address)
  const second = await openSite({}, 'd1d1d1d1', first.ports.clock())
  await second.put('expire', { expires: new Date(due).toISOString() })
  await second.put('reste', { expires: new Date(due).toISOString() })
  first.at(due + minute)
  return first
}

test.for(['/feed.json', '/', '/articles/reste', '/archive/2024/06/1/feed.json', '/sitemap-2024-06-1.xml'])(
  '%s: no request gets what an older head in memory says',
  async (address) => {
    const site = await twoIsolates([address])
    await run(refuse)
    for (let request = 0; request < 3; request++) {
      const answer = await site.get(address)
      expect([request, answer.status, answer.headers.get('ETag')]).toEqual([request, answer.status, null])
      expect(answer.status, `${request}`).toBe(address === '/articles/reste' ? 410 : 200)
      expect(await answer.text(), `${request}`).not.toMatch(/articles\/(expire|reste)"/)
    }
    await run(allow)
  },
)

test('the newest page is complete after thousands of due changes', async () => {
  const site = await openSite()
  const lines = Array.from({ length: 1600 }, (_, at) =>
    JSON.stringify({ slug: `a${at}`, title: `Titre ${at}`, text: 'Un.', expires: dateOf(5) }),
  )
  await site.call('POST', '/api/articles', lines.join('\n'), { 'Content-Type': 'application/x-ndjson' })
  await site.put('reste')
  await site.put('dernier', { published: dateOf(6), embargo: dateOf(6) })
  site.wait(7 * minute)
  await run(refuse)
  expect(await slugsIn(await site.get('/feed.json'))).toEqual(['dernier', 'reste'])
  await run(allow)
})

test('the lists of the API have each article in its state', async () => {
  const site = await openSite()
  await site.put('arrive', { embargo: dateOf(5), section: 'Monde' })
  await site.put('attend', { embargo: dateOf(60), section: 'Monde' })
  await site.put('expire', { expires: dateOf(5), section: 'Monde' })
  site.wait(6 * minute)
  await run(refuse)
  const listed = async (query: string) => {
    const { articles } = (await (await site.call('GET', `/api/articles?${query}`)).json()) as {
      articles: { slug: string }[]
    }
    return articles.map(({ slug }) => slug)
  }
  const states = { published: ['arrive'], scheduled: ['attend'], expired: ['expire'] }
  for (const [state, slugs] of Object.entries(states)) {
    expect(await listed(`status=${state}`), state).toEqual(slugs)
    expect(await listed(`status=${state}&section=monde`), state).toEqual(slugs)
  }
  await run(allow)
})

test('a short link works if its code is not stored and cannot be stored', async () => {
  const site = await openSite()
  await site.put('un')
  const { code } = (await env.DB.prepare('SELECT code FROM article').first<{ code: string }>()) ?? {
    code: '',
  }
  await run('UPDATE article SET code = NULL')
  await run("CREATE TRIGGER refused BEFORE UPDATE ON article BEGIN SELECT raise(ABORT, 'read only'); END")
  const other = await openSite()
  for (const address of [`/s/${code}`, `/s/${code}.email`, `/qr/${code}.svg`])
    expect([address, (await other.get(address)).status]).toEqual([
      address,
      address.startsWith('/s/') ? 302 : 200,
    ])
  expect((await other.get('/s/22222222222')).status).toBe(503)
  expect(other.logged).toContain('store-not-writable')
  await run(allow)
})

test('a tombstone that has ended is in no feed', async () => {
  const site = await openSite()
  for (const slug of ['un', 'deux']) await site.put(slug)
  site.wait(5000)
  await site.call('DELETE', '/api/articles/deux')
  site.wait(5000)
  expect(await (await site.get('/feed.atom')).text()).toContain('deleted-entry')
  site.wait(31 * 86_400_000)
  await run(refuse)
  expect(await (await site.get('/feed.atom')).text()).not.toContain('deleted-entry')
  await run(allow)
})

test('a refused change of the version in charge does not keep a release from being saved', async () => {
  const site = await openSite()
  await site.put('arrive', { embargo: dateOf(5) })
  await run("UPDATE site SET digest = ''")
  await run(
    "CREATE TRIGGER refused BEFORE UPDATE OF digest ON site BEGIN SELECT raise(ABORT, 'read only'); END",
  )
  site.wait(minute)
  await site.get('/feed.rss')
  site.at(start + 5 * minute + 1000)
  await site.get('/feed.rss')
  expect(site.logged.filter((event) => event === 'store-not-writable').length).toBeGreaterThan(0)
  expect((await site.get('/feed.rss')).headers.get('ETag')).toBeTruthy()
  await run(allow)
})
