import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { SubscriptionState } from '../../src/domain/subscription.ts'
import { push } from '../../src/hub/deliver.ts'
import { repeated } from '../repeated.ts'
import { callback, type HubSite, obliging, openHub, textOf } from './hub-site.ts'

const minute = 60_000

/** Opens a test site with one subscriber of `/feed.json`. */
async function subscribed(differs: Parameters<typeof openHub>[1] = {}): Promise<HubSite> {
  const site = await openHub({}, differs)
  await site.subscribe('/feed.json', callback, { 'hub.lease_seconds': '2592000' })
  site.calls.length = 0
  return site
}

const only = async (site: HubSite): Promise<SubscriptionState | undefined> =>
  (await site.hub.subscriptions.subscriptions('feed.json'))[0]

const outbox = async () => (await env.DB.prepare('SELECT * FROM outbox').all()).results

/** The number of articles in each delivery of the hub. */
const lengths = (site: HubSite) => site.deliveries().map((one) => JSON.parse(textOf(one)).items.length)

test('a topic in a format of another version of the Worker fails, is tried again, and keeps its subscriber', async () => {
  const site = await subscribed()
  for (const table of ['topic', 'subscription']) await env.DB.exec(`UPDATE ${table} SET topic = 'feed.later'`)
  await site.put('un')
  await expect(site.drain()).rejects.toThrow('feed.later has a format that this version does not serve')
  expect(site.deliveries()).toEqual([])
  expect(await site.hub.subscriptions.subscriptions('feed.later')).toHaveLength(1)
})

describe('what a callback answers (WebSub §7)', () => {
  const taken = [200, 201, 202, 204, 299]
  test.for(taken)('%i takes the delivery', async (status) => {
    const site = await subscribed()
    site.answer(() => ({ status, text: 'ignored' }))
    await site.put('un')
    await site.drain()
    expect(await only(site)).toMatchObject({ pending: false, attempts: 0, delivered: site.ports.clock() })
  })

  const failed: [what: string, answer: ReturnType<typeof obliging> | { fault: string }, failure: string][] = [
    ['300, the lowest status that is no success', { status: 300, text: '' }, 'answered 300'],
    ['a redirect, which is not followed', { status: 301, text: '' }, 'answered 301'],
    ['a temporary redirect', { status: 307, text: '' }, 'answered 307'],
    ['404', { status: 404, text: '' }, 'answered 404'],
    ['429', { status: 429, text: '' }, 'answered 429'],
    ['500', { status: 500, text: '' }, 'answered 500'],
    ['silence', { fault: 'took too long' }, 'took too long'],
    ['no connection', { fault: 'could not be reached' }, 'could not be reached'],
  ]
  test.for(failed)('%s is a failure, and is tried again', async ([, answer, failure]) => {
    const site = await subscribed()
    site.answer(() => answer)
    await site.put('un')
    await site.drain()
    const now = site.ports.clock()
    expect(await only(site)).toMatchObject({
      pending: false,
      attempts: 1,
      failing: { since: now, failure, next: now + minute },
    })
    site.wait(minute - 1)
    await site.sweep()
    expect(site.deliveries()).toHaveLength(1)
    site.wait(1)
    site.answer(obliging)
    await site.sweep()
    expect(site.deliveries()).toHaveLength(2)
    const state = await only(site)
    expect(state).toMatchObject({ pending: false, attempts: 0 })
    expect(state).not.toHaveProperty('failing')
  })

  test('410 ends the subscription', async () => {
    const site = await subscribed()
    site.answer(() => ({ status: 410, text: '' }))
    await site.put('un')
    await site.drain()
    expect(await only(site)).toBeUndefined()
    await site.put('deux')
    await site.drain()
    expect(site.deliveries()).toHaveLength(1)
  })
})

test('the time of a delivery is that of the callback’s own answer, not that of the end of the job', async () => {
  const site = await openHub()
  for (const name of ['quick', 'failing', 'slow'])
    await site.subscribe('/feed.json', `https://${name}.example/`)
  await site.put('un')
  const begun = site.ports.clock()
  const answered = new Set<string>()
  site.answer(async (request) => {
    const name = new URL(request.url).hostname
    if (name === 'slow.example') {
      // The other two deliveries go on for a few turns after their answers.
      for (let turns = 0; answered.size < 2 || turns < 20; turns++) await Promise.resolve()
      site.wait(9000)
    }
    answered.add(name)
    return name === 'failing.example' ? { status: 503, text: '' } : obliging(request)
  })
  await site.drain()
  const states = await site.hub.subscriptions.subscriptions('feed.json')
  const timesOf = states.map(({ host, delivered, failing }) => [
    host,
    (delivered ?? failing?.since ?? 0) - begun,
  ])
  expect(Object.fromEntries(timesOf)).toEqual({
    'quick.example': 0,
    'failing.example': 0,
    'slow.example': 9000,
  })
})

describe('a callback that keeps failing', () => {
  test('is tried with growing pauses, and kept until its lease ends (WebSub §7)', async () => {
    const site = await subscribed()
    site.answer(() => ({ status: 503, text: '' }))
    await site.put('un')
    await site.drain()
    const pauses: number[] = []
    let state = await only(site)
    for (let tries = 0; state?.failing && tries < 100; tries++) {
      const pause = state.failing.next - site.ports.clock()
      pauses.push(pause / minute)
      site.wait(pause)
      await site.sweep()
      state = await only(site)
    }
    expect(pauses.slice(0, 12)).toEqual([1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 720, 720])
    expect(site.deliveries().length).toBe(pauses.length)
    expect(site.logged).toContain('leases-ended')
    expect((await site.hub.subscriptions.state()).topics).toEqual([])
  })

  test('gets the newest revision when it comes back, once', async () => {
    const site = await subscribed()
    site.answer(() => ({ status: 503, text: '' }))
    for (const slug of ['un', 'deux', 'trois']) {
      await site.put(slug)
      await site.drain()
      site.wait(5000)
    }
    expect(lengths(site)).toEqual([1])
    site.answer(obliging)
    site.wait(minute)
    await site.sweep()
    expect(lengths(site)).toEqual([1, 3])
    site.wait(60 * minute)
    await site.sweep()
    expect(lengths(site)).toEqual([1, 3])
  })

  test('is tried for a new revision at once when its last try is an hour ago', async () => {
    const site = await subscribed()
    site.answer(() => ({ status: 503, text: '' }))
    await site.put('un')
    for (let time = 0; time < 8; time++) {
      await site.sweep()
      site.wait(((await only(site))?.failing?.next ?? 0) - site.ports.clock())
    }
    await site.sweep()
    const tries = site.deliveries().length
    site.wait(59 * minute)
    await site.put('deux')
    await site.drain()
    expect(site.deliveries()).toHaveLength(tries)
    site.wait(minute)
    await site.put('trois')
    await site.drain()
    expect(site.deliveries()).toHaveLength(tries + 1)
  })

  const waits: [what: string, status: number, retryAfter: string, minutes: number][] = [
    ['503 with two hours', 503, '7200', 120],
    ['429 with two hours', 429, '7200', 120],
    ['500 with a date in two hours', 500, 'Wed, 19 Jun 2024 18:00:00 GMT', 120],
    ['404 with a week, which is limited to a day', 404, '604800', 1440],
    ['503 with less than the pause of the hub', 503, '10', 1],
  ]
  test.for(waits)(
    'that answers %s is called after that time, and no earlier for a new revision',
    async ([, status, retryAfter, minutes]) => {
      const site = await subscribed()
      site.answer(() => ({ status, text: '', retryAfter }))
      await site.put('un')
      await site.drain()
      const wait = ((await only(site))?.failing?.next ?? 0) - site.ports.clock()
      // A date has whole seconds.
      expect(Math.round(wait / 1000)).toBe(minutes * 60)
      site.wait(wait - 1)
      await site.put('deux')
      await site.drain()
      await site.sweep()
      expect(site.deliveries()).toHaveLength(1)
      site.wait(1)
      site.answer(obliging)
      await site.sweep()
      expect(lengths(site)).toEqual([1, 2])
      expect(await only(site)).toMatchObject({ pending: false, attempts: 0 })
    },
  )

  test('is called at once if an operator asks for it or the subscriber renews, whatever wait it asked for', async () => {
    const site = await subscribed()
    site.answer((request) =>
      request.method === 'POST' ? { status: 503, text: '', retryAfter: '7200' } : obliging(request),
    )
    await site.put('un')
    await site.drain()
    await site.hub.subscriptions.retry({ number: 1 })
    await site.sweep()
    expect(site.deliveries()).toHaveLength(2)
    await site.subscribe('/feed.json', callback)
    expect(site.deliveries()).toHaveLength(3)
  })

  test('asks for a wait once: after the next failure without Retry-After, a new revision ends the pause', async () => {
    const site = await subscribed()
    site.answer(() => ({ status: 503, text: '', retryAfter: '86400' }))
    await site.put('un')
    await site.drain()
    site.answer(() => ({ status: 503, text: '' }))
    site.wait(1440 * minute)
    await env.DB.prepare('UPDATE subscription SET attempts = 9').run()
    await site.sweep()
    expect(site.deliveries()).toHaveLength(2)
    site.wait(60 * minute)
    await site.put('deux')
    await site.drain()
    expect(site.deliveries()).toHaveLength(3)
  })

  test('starts again without delay when the subscriber renews', async () => {
    const site = await subscribed()
    site.answer(() => ({ status: 503, text: '' }))
    await site.put('un')
    await site.drain()
    site.answer(obliging)
    await site.subscribe('/feed.json', callback)
    expect(lengths(site)).toEqual([1, 1])
    expect(await only(site)).toMatchObject({ pending: false, attempts: 0 })
  })
})

describe('at least once, and no more than needed', () => {
  test('a message that comes twice delivers once', async () => {
    const site = await subscribed()
    await site.put('un')
    await site.drain()
    await site.hub.enqueue([{ kind: 'deliver', topic: 'feed.json', subscriptions: [1] }])
    await site.drain()
    expect(site.deliveries()).toHaveLength(1)
  })

  test('a message that comes again while the first is at work delivers once', async () => {
    const site = await subscribed()
    await site.put('un')
    let asked = 0
    site.answer(async (request) => {
      if (asked++ === 0) await site.sweep()
      return obliging(request)
    })
    await site.drain()
    expect(site.deliveries()).toHaveLength(1)
  })

  test('a save whose message got lost is delivered by the sweep', async () => {
    const site = await subscribed()
    await site.put('un')
    site.queue.length = 0
    expect(await outbox()).toHaveLength(1)
    await site.sweep()
    expect(lengths(site)).toEqual([1])
    expect(await outbox()).toEqual([])
  })

  test('deliveries whose messages got lost are made by the sweep', async () => {
    const site = await subscribed()
    await site.put('un')
    const { enqueue } = site.hub
    site.hub.enqueue = async () => {}
    await site.drain()
    site.hub.enqueue = enqueue
    await site.sweep()
    expect(lengths(site)).toEqual([1])
  })

  test('a delivery that was cut off is made again, two minutes later', async () => {
    const site = await subscribed()
    await site.put('un')
    site.answer(() => {
      throw new Error('the process was killed')
    })
    await expect(site.drain()).rejects.toThrow('killed')
    site.answer(obliging)
    await site.sweep()
    expect(site.deliveries()).toHaveLength(1)
    site.wait(2 * minute)
    await site.sweep()
    expect(site.deliveries()).toHaveLength(2)
  })

  test('a save in the middle of a delivery is delivered next', async () => {
    const site = await subscribed()
    await site.put('un')
    let saved = false
    site.answer(async (request) => {
      if (!saved) {
        saved = true
        site.wait(5000)
        await site.put('deux')
      }
      return obliging(request)
    })
    await site.drain()
    expect(lengths(site)).toEqual([1, 2])
  })

  test('a delivery to an ended subscription records nothing for the subscription that replaced it', async () => {
    const site = await subscribed()
    await site.put('un')
    site.answer(async (request) => {
      await env.DB.prepare('DELETE FROM subscription').run()
      await env.DB.prepare(
        `INSERT INTO subscription (number, topic, asked, callback, host, expires, delivered)
         VALUES (1, 'feed.json', 'x', 'https://other.example/', 'other.example', ?1, 0)`,
      )
        .bind(site.ports.clock() + minute)
        .run()
      site.answer(obliging)
      return obliging(request)
    })
    await site.drain()
    await site.sweep()
    expect(site.deliveries().map(({ url }) => url)).toEqual([callback, 'https://other.example/'])
  })

  test('many saves before the first delivery are one delivery', async () => {
    const site = await subscribed()
    for (const slug of ['un', 'deux', 'trois']) await site.put(slug)
    await site.drain()
    expect(lengths(site)).toEqual([3])
  })

  test('a feed that is older than what is owed is never delivered', async () => {
    const site = await subscribed()
    const { heads } = site.ports.store
    const old = await heads([''], site.hub.digest)
    await site.put('un')
    site.hub.store = { ...site.ports.store, heads: async () => old }
    await expect(site.drain()).rejects.toThrow('that is owed')
    expect(site.deliveries()).toEqual([])
    expect(await only(site)).toMatchObject({ pending: true })
  })

  test('after its lease nobody is called', async () => {
    const site = await openHub()
    await site.subscribe('/feed.json', callback, { 'hub.lease_seconds': '3600' })
    await site.put('un')
    const [job] = site.queue
    site.wait(3_600_000)
    await site.drain()
    if (job) await site.hub.enqueue([job, { kind: 'deliver', topic: 'feed.json', subscriptions: [1] }])
    await site.drain()
    expect(site.deliveries()).toEqual([])
  })
})

describe('the outbox', () => {
  test('one row a save, with the paths that it touched, written by the save’s own batch', async () => {
    const site = await openHub()
    await site.put('un', { section: 'Monde', tags: ['Été'] })
    const [row, ...more] = await outbox()
    expect(more).toEqual([])
    expect(JSON.parse(String(row?.paths)).sort()).toEqual(['', 'articles/un', 'sections/monde', 'tags/ete'])
    expect(row?.revision).toBe((await site.ports.store.find('un'))?.revision)
  })

  test('a save that is refused leaves none', async () => {
    const site = await openHub()
    await site.put('un')
    await site.sweep()
    const article = (await site.ports.store.find('un'))?.article
    if (article) expect(await site.ports.store.save([{ article, replaces: 1 }])).toEqual({ kind: 'conflict' })
    expect(await outbox()).toEqual([])
  })

  test('a save reads and writes nothing about subscribers', async () => {
    const site = await subscribed()
    const { push, ...publishing } = site.ports.publishing
    expect(push).toBeDefined()
    await env.DB.batch(
      ['topic', 'subscription', 'verification'].map((table) =>
        env.DB.prepare(`ALTER TABLE ${table} RENAME TO away_${table}`),
      ),
    )
    site.ports.publishing = publishing
    expect((await site.put('un')).status).toBe(201)
  })
})

describe('chunks', () => {
  test('ninety callbacks are three jobs, of at most forty, with names and numbers only', async () => {
    const site = await openHub()
    for (let at = 0; at < 90; at++) await site.subscribe('/feed.json', `https://r${at}.example/`)
    await site.put('un')
    const { enqueue } = site.hub
    const sent: unknown[] = []
    site.hub.enqueue = async (jobs) => {
      sent.push(...jobs)
      await enqueue(jobs)
    }
    await site.drain()
    const sizes = (sent as { kind: string; topic: string; subscriptions: number[] }[]).map((job) => {
      expect(Object.keys(job).sort()).toEqual(['kind', 'slow', 'subscriptions', 'topic'])
      return job.subscriptions.length
    })
    expect(sizes).toEqual([40, 40, 10])
    expect(repeated(site.deliveries().map(({ url }) => url))).toEqual([])
    expect([...new Set(site.deliveries().map(textOf))]).toHaveLength(1)
  })

  test('subscribers that failed before come last, so that they delay no other subscriber', async () => {
    const site = await openHub()
    for (let at = 0; at < 3; at++) await site.subscribe('/feed.json', `https://r${at}.example/`)
    const flaky = (request: Parameters<typeof obliging>[0]) =>
      request.url.startsWith('https://r0') ? { status: 503, text: '' } : obliging(request)
    site.answer(flaky)
    await site.put('un')
    await site.drain()
    site.wait(minute)
    await site.put('deux')
    site.calls.length = 0
    await site.drain()
    expect(site.calls.map(({ url }) => url)).toEqual([
      'https://r1.example/',
      'https://r2.example/',
      'https://r0.example/',
    ])
  })

  test('subscribers that failed before share no job with others, and come after the other subscribers of every topic', async () => {
    const site = await openHub()
    const failing = 'https://failing.example/'
    await site.subscribe('/feed.atom', failing)
    await site.subscribe('/feed.atom', 'https://sound.example/')
    await site.subscribe('/feed.rss', 'https://sound.example/')
    site.answer((request) => (request.url === failing ? { fault: 'took too long' } : obliging(request)))
    await site.put('un')
    await site.drain()
    site.wait(minute)
    await site.put('deux')
    await push(site.hub)
    // Discards the job that the save put on the queue, because the test has already called `push` itself.
    site.queue.shift()
    const topics = site.queue.map((job) => 'topic' in job && [job.topic, job.subscriptions.length])
    expect(topics).toEqual([
      ['feed.atom', 1],
      ['feed.rss', 1],
      ['feed.atom', 1],
    ])
    site.calls.length = 0
    await site.drain()
    expect(site.calls.at(-1)?.url).toBe(failing)
  })

  test('never more than five callbacks at once', async () => {
    const site = await openHub()
    for (let at = 0; at < 20; at++) await site.subscribe('/feed.json', `https://r${at}.example/`)
    await site.put('un')
    let now = 0
    let peak = 0
    site.answer(async (request) => {
      peak = Math.max(peak, ++now)
      await Promise.resolve()
      now--
      return obliging(request)
    })
    await site.drain()
    expect(peak).toBe(5)
  })
})
