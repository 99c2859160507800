import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { SubscriptionState } from '../../src/domain/subscription.ts'
import { push } from '../../src/hub/deliver.ts'
import { repeated } from '../repeated.ts'
import { callback, type HubHouse, obliging, openHub, textOf } from './hub-house.ts'

const minute = 60_000

/** Opens a test site with one subscriber of `/feed.json`. */
async function subscribed(differs: Parameters<typeof openHub>[1] = {}): Promise<HubHouse> {
  const house = await openHub({}, differs)
  await house.subscribe('/feed.json', callback, { 'hub.lease_seconds': '2592000' })
  house.calls.length = 0
  return house
}

const only = async (house: HubHouse): Promise<SubscriptionState | undefined> =>
  (await house.hub.subscriptions.subscriptions('feed.json'))[0]

const outbox = async () => (await env.DB.prepare('SELECT * FROM outbox').all()).results

/** The number of articles in each delivery of the hub. */
const lengths = (house: HubHouse) => house.deliveries().map((one) => JSON.parse(textOf(one)).items.length)

test('a topic in a format of another version of the Worker fails, is tried again, and keeps its subscriber', async () => {
  const house = await subscribed()
  for (const table of ['topic', 'subscription']) await env.DB.exec(`UPDATE ${table} SET topic = 'feed.later'`)
  await house.put('un')
  await expect(house.drain()).rejects.toThrow('feed.later has a format that this version does not serve')
  expect(house.deliveries()).toEqual([])
  expect(await house.hub.subscriptions.subscriptions('feed.later')).toHaveLength(1)
})

describe('what a callback answers (WebSub §7)', () => {
  const taken = [200, 201, 202, 204, 299]
  test.for(taken)('%i takes the delivery', async (status) => {
    const house = await subscribed()
    house.answer(() => ({ status, text: 'ignored' }))
    await house.put('un')
    await house.drain()
    expect(await only(house)).toMatchObject({ pending: false, attempts: 0, delivered: house.ports.clock() })
  })

  const failed: [what: string, answer: ReturnType<typeof obliging> | { fault: string }, failure: string][] = [
    ['a redirect, which is not followed', { status: 301, text: '' }, 'answered 301'],
    ['a temporary redirect', { status: 307, text: '' }, 'answered 307'],
    ['404', { status: 404, text: '' }, 'answered 404'],
    ['429', { status: 429, text: '' }, 'answered 429'],
    ['500', { status: 500, text: '' }, 'answered 500'],
    ['silence', { fault: 'took too long' }, 'took too long'],
    ['no connection', { fault: 'could not be reached' }, 'could not be reached'],
  ]
  test.for(failed)('%s is a failure, and is tried again', async ([, answer, failure]) => {
    const house = await subscribed()
    house.answer(() => answer)
    await house.put('un')
    await house.drain()
    const now = house.ports.clock()
    expect(await only(house)).toMatchObject({
      pending: true,
      attempts: 1,
      failing: { since: now, failure, next: now + minute },
    })
    house.wait(minute - 1)
    await house.sweep()
    expect(house.deliveries()).toHaveLength(1)
    house.wait(1)
    house.answer(obliging)
    await house.sweep()
    expect(house.deliveries()).toHaveLength(2)
    const state = await only(house)
    expect(state).toMatchObject({ pending: false, attempts: 0 })
    expect(state).not.toHaveProperty('failing')
  })

  test('410 ends the subscription', async () => {
    const house = await subscribed()
    house.answer(() => ({ status: 410, text: '' }))
    await house.put('un')
    await house.drain()
    expect(await only(house)).toBeUndefined()
    await house.put('deux')
    await house.drain()
    expect(house.deliveries()).toHaveLength(1)
  })
})

describe('a callback that keeps failing', () => {
  test('is tried with growing pauses, and kept until its lease ends (WebSub §7)', async () => {
    const house = await subscribed()
    house.answer(() => ({ status: 503, text: '' }))
    await house.put('un')
    await house.drain()
    const pauses: number[] = []
    for (let state = await only(house); state?.failing; state = await only(house)) {
      const pause = state.failing.next - house.ports.clock()
      pauses.push(pause / minute)
      house.wait(pause)
      await house.sweep()
    }
    expect(pauses.slice(0, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720])
    expect(house.deliveries().length).toBe(pauses.length)
    expect(house.logged).toContain('leases-ended')
    expect((await house.hub.subscriptions.state()).topics).toEqual([])
  })

  test('gets the newest revision when it comes back, once', async () => {
    const house = await subscribed()
    house.answer(() => ({ status: 503, text: '' }))
    for (const slug of ['un', 'deux', 'trois']) {
      await house.put(slug)
      await house.drain()
      house.wait(5000)
    }
    expect(lengths(house)).toEqual([1])
    house.answer(obliging)
    house.wait(minute)
    await house.sweep()
    expect(lengths(house)).toEqual([1, 3])
    house.wait(60 * minute)
    await house.sweep()
    expect(lengths(house)).toEqual([1, 3])
  })

  test('is tried for a new revision at once when its last try is an hour ago', async () => {
    const house = await subscribed()
    house.answer(() => ({ status: 503, text: '' }))
    await house.put('un')
    for (let time = 0; time < 8; time++) {
      await house.sweep()
      house.wait(((await only(house))?.failing?.next ?? 0) - house.ports.clock())
    }
    await house.sweep()
    const tries = house.deliveries().length
    house.wait(59 * minute)
    await house.put('deux')
    await house.drain()
    expect(house.deliveries()).toHaveLength(tries)
    house.wait(minute)
    await house.put('trois')
    await house.drain()
    expect(house.deliveries()).toHaveLength(tries + 1)
  })

  test('starts again without delay when the subscriber renews', async () => {
    const house = await subscribed()
    house.answer(() => ({ status: 503, text: '' }))
    await house.put('un')
    await house.drain()
    house.answer(obliging)
    await house.subscribe('/feed.json', callback)
    expect(lengths(house)).toEqual([1, 1])
    expect(await only(house)).toMatchObject({ pending: false, attempts: 0 })
  })
})

describe('at least once, and no more than needed', () => {
  test('a message that comes twice delivers once', async () => {
    const house = await subscribed()
    await house.put('un')
    await house.drain()
    await house.hub.enqueue([{ kind: 'deliver', topic: 'feed.json', subscriptions: [1] }])
    await house.drain()
    expect(house.deliveries()).toHaveLength(1)
  })

  test('a message that comes again while the first is at work delivers once', async () => {
    const house = await subscribed()
    await house.put('un')
    let asked = 0
    house.answer(async (request) => {
      if (asked++ === 0) await house.sweep()
      return obliging(request)
    })
    await house.drain()
    expect(house.deliveries()).toHaveLength(1)
  })

  test('a save whose message got lost is delivered by the sweep', async () => {
    const house = await subscribed()
    await house.put('un')
    house.queue.length = 0
    expect(await outbox()).toHaveLength(1)
    await house.sweep()
    expect(lengths(house)).toEqual([1])
    expect(await outbox()).toEqual([])
  })

  test('deliveries whose messages got lost are made by the sweep', async () => {
    const house = await subscribed()
    await house.put('un')
    const { enqueue } = house.hub
    house.hub.enqueue = async () => {}
    await house.drain()
    house.hub.enqueue = enqueue
    await house.sweep()
    expect(lengths(house)).toEqual([1])
  })

  test('a delivery that was cut off is made again, two minutes later', async () => {
    const house = await subscribed()
    await house.put('un')
    house.answer(() => {
      throw new Error('the process was killed')
    })
    await expect(house.drain()).rejects.toThrow('killed')
    house.answer(obliging)
    await house.sweep()
    expect(house.deliveries()).toHaveLength(1)
    house.wait(2 * minute)
    await house.sweep()
    expect(house.deliveries()).toHaveLength(2)
  })

  test('a save in the middle of a delivery is delivered next', async () => {
    const house = await subscribed()
    await house.put('un')
    let saved = false
    house.answer(async (request) => {
      if (!saved) {
        saved = true
        house.wait(5000)
        await house.put('deux')
      }
      return obliging(request)
    })
    await house.drain()
    expect(lengths(house)).toEqual([1, 2])
  })

  test('a delivery to an ended subscription records nothing for the subscription that replaced it', async () => {
    const house = await subscribed()
    await house.put('un')
    house.answer(async (request) => {
      await env.DB.prepare('DELETE FROM subscription').run()
      await env.DB.prepare(
        `INSERT INTO subscription (number, topic, asked, callback, host, expires, delivered)
         VALUES (1, 'feed.json', 'x', 'https://other.example/', 'other.example', ?1, 0)`,
      )
        .bind(house.ports.clock() + minute)
        .run()
      house.answer(obliging)
      return obliging(request)
    })
    await house.drain()
    await house.sweep()
    expect(house.deliveries().map(({ url }) => url)).toEqual([callback, 'https://other.example/'])
  })

  test('many saves before the first delivery are one delivery', async () => {
    const house = await subscribed()
    for (const slug of ['un', 'deux', 'trois']) await house.put(slug)
    await house.drain()
    expect(lengths(house)).toEqual([3])
  })

  test('a feed that is older than what is owed is never delivered', async () => {
    const house = await subscribed()
    const { heads } = house.ports.store
    const old = await heads([''], house.hub.digest)
    await house.put('un')
    house.hub.store = { ...house.ports.store, heads: async () => old }
    await expect(house.drain()).rejects.toThrow('that is owed')
    expect(house.deliveries()).toEqual([])
    expect(await only(house)).toMatchObject({ pending: true })
  })

  test('after its lease nobody is called', async () => {
    const house = await openHub()
    await house.subscribe('/feed.json', callback, { 'hub.lease_seconds': '3600' })
    await house.put('un')
    const [job] = house.queue
    house.wait(3_600_000)
    await house.drain()
    if (job) await house.hub.enqueue([job, { kind: 'deliver', topic: 'feed.json', subscriptions: [1] }])
    await house.drain()
    expect(house.deliveries()).toEqual([])
  })
})

describe('the outbox', () => {
  test('one row a save, with the paths that it touched, written by the save’s own batch', async () => {
    const house = await openHub()
    await house.put('un', { section: 'Monde', tags: ['Été'] })
    const [row, ...more] = await outbox()
    expect(more).toEqual([])
    expect(JSON.parse(String(row?.paths)).sort()).toEqual(['', 'articles/un', 'sections/monde', 'tags/ete'])
    expect(row?.revision).toBe((await house.ports.store.find('un'))?.revision)
  })

  test('a save that is refused leaves none', async () => {
    const house = await openHub()
    await house.put('un')
    await house.sweep()
    const article = (await house.ports.store.find('un'))?.article
    if (article)
      expect(await house.ports.store.save([{ article, replaces: 1 }])).toEqual({ kind: 'conflict' })
    expect(await outbox()).toEqual([])
  })

  test('a save reads and writes nothing about subscribers', async () => {
    const house = await subscribed()
    const { push, ...publishing } = house.ports.publishing
    expect(push).toBeDefined()
    await env.DB.batch(
      ['topic', 'subscription', 'verification'].map((table) =>
        env.DB.prepare(`ALTER TABLE ${table} RENAME TO away_${table}`),
      ),
    )
    house.ports.publishing = publishing
    expect((await house.put('un')).status).toBe(201)
  })
})

describe('chunks', () => {
  test('ninety callbacks are three jobs, of at most forty, with names and numbers only', async () => {
    const house = await openHub()
    for (let at = 0; at < 90; at++) await house.subscribe('/feed.json', `https://r${at}.example/`)
    await house.put('un')
    const { enqueue } = house.hub
    const sent: unknown[] = []
    house.hub.enqueue = async (jobs) => {
      sent.push(...jobs)
      await enqueue(jobs)
    }
    await house.drain()
    const sizes = (sent as { kind: string; topic: string; subscriptions: number[] }[]).map((job) => {
      expect(Object.keys(job).sort()).toEqual(['kind', 'subscriptions', 'topic'])
      return job.subscriptions.length
    })
    expect(sizes).toEqual([40, 40, 10])
    expect(repeated(house.deliveries().map(({ url }) => url))).toEqual([])
    expect([...new Set(house.deliveries().map(textOf))]).toHaveLength(1)
  })

  test('subscribers that failed before come last, so that they delay no other subscriber', async () => {
    const house = await openHub()
    for (let at = 0; at < 3; at++) await house.subscribe('/feed.json', `https://r${at}.example/`)
    const flaky = (request: Parameters<typeof obliging>[0]) =>
      request.url.startsWith('https://r0') ? { status: 503, text: '' } : obliging(request)
    house.answer(flaky)
    await house.put('un')
    await house.drain()
    house.wait(minute)
    await house.put('deux')
    house.calls.length = 0
    await house.drain()
    expect(house.calls.map(({ url }) => url)).toEqual([
      'https://r1.example/',
      'https://r2.example/',
      'https://r0.example/',
    ])
  })

  test('subscribers that failed before share no job with others, and come after the other subscribers of every topic', async () => {
    const house = await openHub()
    const failing = 'https://failing.example/'
    await house.subscribe('/feed.atom', failing)
    await house.subscribe('/feed.atom', 'https://sound.example/')
    await house.subscribe('/feed.rss', 'https://sound.example/')
    house.answer((request) => (request.url === failing ? { fault: 'took too long' } : obliging(request)))
    await house.put('un')
    await house.drain()
    house.wait(minute)
    await house.put('deux')
    await push(house.hub)
    // Discards the job that the save put on the queue, because the test has already called `push` itself.
    house.queue.shift()
    const topics = house.queue.map((job) => 'topic' in job && [job.topic, job.subscriptions.length])
    expect(topics).toEqual([
      ['feed.atom', 1],
      ['feed.rss', 1],
      ['feed.atom', 1],
    ])
    house.calls.length = 0
    await house.drain()
    expect(house.calls.at(-1)?.url).toBe(failing)
  })

  test('never more than six callbacks at once', async () => {
    const house = await openHub()
    for (let at = 0; at < 20; at++) await house.subscribe('/feed.json', `https://r${at}.example/`)
    await house.put('un')
    let now = 0
    let peak = 0
    house.answer(async (request) => {
      peak = Math.max(peak, ++now)
      await Promise.resolve()
      now--
      return obliging(request)
    })
    await house.drain()
    expect(peak).toBe(6)
  })
})
