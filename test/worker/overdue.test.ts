import { env } from 'cloudflare:workers'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { Page, Store } from '../../src/domain/store.ts'
import { writeTimeoutMilliseconds } from '../../src/store/attempt.ts'
import { d1Store } from '../../src/store/d1.ts'
import { examples } from '../laws.ts'
import { openHub } from './hub-site.ts'
import { openSite, start } from './site.ts'

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
