import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { slowMilliseconds } from '../../src/domain/subscription.ts'
import { push } from '../../src/hub/deliver.ts'
import { caps } from '../../src/hub/protocol/limits.ts'
import { callback, type HubSite, obliging, openHub } from './hub-site.ts'

type Request = Parameters<typeof obliging>[0]

const never = () => new Promise<never>(() => {})

/** The network address of the client that floods the hub, and of another client. */
const [flood, other] = ['198.51.100.1', '203.0.113.7']

/** Sends a subscription request of a client, and returns the status of the answer. */
async function request(
  site: HubSite,
  to: string,
  { from = other, path = '/feed.atom', mode = 'subscribe', secret = '' } = {},
): Promise<number> {
  const form = {
    'hub.mode': mode,
    'hub.topic': `https://kiosque.example${path}`,
    'hub.callback': to,
    ...(secret && { 'hub.secret': secret }),
  }
  return (await site.ask(form, { 'CF-Connecting-IP': from })).status
}

/** The host that a request of the hub goes to. */
const hostOf = ({ url }: { url: string }) => new URL(url).host

const stored = async (columns: string) =>
  (await env.DB.prepare(`SELECT ${columns} FROM subscription ORDER BY number`).all()).results

/** A rate limit of `most` calls for each key, in a minute that does not end. */
const counting = (most: number) => {
  const counts = new Map<string, number>()
  return async (key: string) => {
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= most
  }
}

/** Opens a site with limits on calls to a host: a tenth of those in wrangler.toml, so that the tests are short. */
const limited = () => openHub({}, { mayCall: counting(12), mayMakeCall: counting(4) })

describe('a client that floods the hub', () => {
  test('a hundred callbacks that never answer delay neither deliveries nor another client’s request', async () => {
    const site = await openHub()
    await site.subscribe('/feed.json')
    site.handOn()
    site.calls.length = 0
    site.answer((asked) => (hostOf(asked).endsWith('flood.example') ? never() : obliging(asked)))
    for (let at = 0; at < 100; at++) {
      const from = `198.51.100.${Math.floor(at / caps.pendingOfClient)}`
      expect(await request(site, `https://r${at}.flood.example/`, { from }), `${at}`).toBe(202)
    }
    await request(site, 'https://late.example/')
    await site.put('un')
    await site.drain()
    expect(await stored('host, delivered_at IS NOT NULL AS delivered')).toEqual([
      { host: 'reader.example', delivered: 1 },
      { host: 'late.example', delivered: 1 },
    ])
    // The two floods and the other client take turns: the other client's turn is in the first job.
    const asked = site.calls.filter(({ method }) => method === 'GET').map(hostOf)
    expect(asked.indexOf('late.example')).toBeLessThan(5)
    expect(asked).toHaveLength(101)
  })

  test('has at most fifty requests that wait; other clients still may ask', async () => {
    const site = await openHub()
    const statuses: number[] = []
    for (let at = 0; at < 60; at++) {
      statuses.push(await request(site, `https://r${at}.example/`, { from: flood }))
    }
    expect(statuses).toEqual([...Array(50).fill(202), ...Array(10).fill(429)])
    expect(await request(site, 'https://late.example/')).toBe(202)
  })

  test('all addresses of an IPv6 network of 64 bits are one client', async () => {
    const site = await openHub()
    for (let at = 0; at < 50; at++)
      await request(site, `https://r${at}.example/`, { from: `2001:db8::${at}` })
    expect(await request(site, 'https://r50.example/', { from: '2001:db8:0:0:ffff::1' })).toBe(429)
    expect(await request(site, 'https://r50.example/', { from: '2001:db8:0:1::1' })).toBe(202)
  })

  test('a request that replaces another client’s stays the other client’s, in its turn', async () => {
    const site = await openHub()
    await request(site, callback)
    await request(site, callback, { from: flood, secret: 'new' })
    const { results } = await env.DB.prepare(
      'SELECT requests, count(*) OVER () AS rows FROM verification',
    ).all()
    expect(results).toEqual([{ requests: 1, rows: 1 }])
    const census = (client: string) =>
      site.hub.subscriptions.census({ host: '', callback: '', topic: '', client })
    const [row] = (await env.DB.prepare('SELECT client FROM verification').all<{ client: string }>()).results
    expect(row?.client).toMatch(/^[0-9a-f]{16}$/)
    expect(await census(row?.client ?? '')).toMatchObject({ pendingOfClient: 1 })
  })
})

describe('the limit on calls to one host', () => {
  const own = (at: number) => `https://shared.example/own/${at}`
  const theirs = (at: number) => `https://shared.example/theirs/${at}`

  /** Sends requests of the flooding client to callbacks of one host, each verified at once; counts those accepted. */
  async function floodHost(site: HubSite, count: number, to = own, mode = 'subscribe'): Promise<number> {
    let accepted = 0
    for (let at = 0; at < count; at++) {
      if ((await request(site, to(at), { from: flood, mode })) === 202) accepted++
      await site.drain()
    }
    return accepted
  }

  type Case = [what: string, flood: (site: HubSite) => Promise<number>, accepted: number]
  const cases: Case[] = [
    ['new subscriptions', (site) => floodHost(site, 6), 4],
    [
      'renewals of its own subscriptions',
      async (site) => (await floodHost(site, 4)) + (await floodHost(site, 6)),
      8,
    ],
    ['unsubscriptions that nobody subscribed', (site) => floodHost(site, 6, own, 'unsubscribe'), 4],
    ['renewals of others’ subscriptions', (site) => floodHost(site, 6, () => theirs(1)), 4],
  ]
  test.for(cases)(
    '%s of one client leave others a new subscription, a renewal and an unsubscription',
    async ([, flooded, accepted]) => {
      const site = await limited()
      for (const at of [1, 2]) await request(site, theirs(at))
      await site.drain()
      expect(await flooded(site)).toBe(accepted)
      expect(await request(site, theirs(1))).toBe(202)
      expect(await request(site, theirs(2), { mode: 'unsubscribe' })).toBe(202)
      expect(await request(site, theirs(3))).toBe(202)
    },
  )

  test('strangers’ new subscriptions from many networks never stop a renewal, nor the end of a subscription', async () => {
    const site = await limited()
    for (const at of [1, 2]) await request(site, theirs(at))
    await site.drain()
    const statuses: number[] = []
    for (let at = 0; at < 15; at++) {
      statuses.push(await request(site, own(at), { from: `198.51.100.${at}` }))
      await site.drain()
    }
    expect(statuses.filter((status) => status === 202)).toHaveLength(10)
    expect(await request(site, theirs(3))).toBe(429)
    expect(await request(site, theirs(1))).toBe(202)
    expect(await request(site, theirs(2), { mode: 'unsubscribe' })).toBe(202)
  })

  test('requests that replace one that waits are not counted, because they cause no call', async () => {
    const site = await limited()
    const statuses = new Set<number>()
    for (let at = 0; at < 20; at++) statuses.add(await request(site, callback))
    expect([...statuses]).toEqual([202])
    await site.drain()
    expect(site.calls).toHaveLength(1)
  })
})

describe('a burst of requests for one callback and topic', () => {
  test('is one job and one question, about the last of them', async () => {
    const site = await openHub()
    for (let at = 0; at < 20; at++) await request(site, callback, { secret: `s${at}` })
    expect(site.queue).toHaveLength(1)
    await site.drain()
    expect(site.calls).toHaveLength(1)
    expect(await stored('secret')).toEqual([{ secret: 's19' }])
  })

  test('while the callback is asked, is one further question, after the answer', async () => {
    const site = await openHub()
    await request(site, callback, { secret: 'first' })
    let [now, peak] = [0, 0]
    const secrets: unknown[] = []
    site.answer(async (asked) => {
      peak = Math.max(peak, ++now)
      secrets.push((await stored('secret'))[0]?.secret)
      if (site.calls.length === 1) {
        for (let at = 0; at < 20; at++) await request(site, callback, { secret: `s${at}` })
        await site.sweep()
      }
      now--
      return obliging(asked)
    })
    await site.drain()
    expect([site.calls.length, peak]).toEqual([2, 1])
    // A secret holds only after the question about its own request is answered.
    expect([...secrets, ...(await stored('secret'))]).toEqual([undefined, 'first', { secret: 's19' }])
  })
})

test('a new secret is logged with topic and host once the callback has confirmed it, and never itself', async () => {
  const events: [event: string, fields: unknown][] = []
  const site = await openHub({}, { log: (event, fields) => events.push([event, fields]) })
  const about = { topic: 'feed.atom', host: 'reader.example' }
  for (const secret of ['one', 'one', 'two', ''])
    await site.subscribe('/feed.atom', callback, { 'hub.secret': secret })
  site.answer(() => ({ status: 404, text: '' }))
  await site.subscribe('/feed.atom', callback, { 'hub.secret': 'three' })
  expect(events.filter(([event]) => event === 'secret-changed')).toEqual([
    ['secret-changed', about],
    ['secret-changed', about],
  ])
  expect(await stored('secret')).toEqual([{ secret: null }])
})

describe('callbacks that are slow', () => {
  const slowOnes = Array.from({ length: 18 }, (_, at) => `https://slow${at}.example/`)

  /** Opens a site with 18 callbacks that answer only when `answerAll` is called, and after them a prompt one. */
  async function withSlow() {
    const site = await openHub()
    for (const to of [...slowOnes, 'https://prompt.example/']) await site.subscribe('/feed.json', to)
    site.handOn()
    site.calls.length = 0
    const waiting: (() => void)[] = []
    site.answer(async (asked) => {
      if (hostOf(asked).startsWith('slow')) await new Promise<void>((answer) => waiting.push(answer))
      return obliging(asked)
    })
    const answerAll = async () => {
      for (const answer of waiting.splice(0)) answer()
      await site.settled()
    }
    return { site, answerAll }
  }

  const served = (site: HubSite) => site.deliveries().map(hostOf)

  test('hold no prompt one back: they are called once each, and their answers count when they come', async () => {
    const { site, answerAll } = await withSlow()
    await site.put('un')
    await site.drain()
    expect(await stored('delivered_at IS NOT NULL AS delivered')).toEqual([
      ...slowOnes.map(() => ({ delivered: 0 })),
      { delivered: 1 },
    ])
    site.wait(9300)
    await site.sweep()
    await answerAll()
    expect(served(site).sort()).toEqual([...slowOnes.map((url) => hostOf({ url })), 'prompt.example'].sort())
    expect(await stored('took, attempts, next')).toEqual([
      ...slowOnes.map(() => ({ took: 9300, attempts: 0, next: 0 })),
      { took: 0, attempts: 0, next: 0 },
    ])
  })

  test('get deliveries by jobs apart, as new ones do, until one answer comes in time', async () => {
    const { site, answerAll } = await withSlow()
    /** Saves an article, and returns the number of callbacks of each delivery job, and whether the job is apart. */
    const jobsOf = async (slug: string) => {
      await site.put(slug)
      site.queue.length = 0
      await push(site.hub)
      return site.queue.map((job) => job.kind === 'deliver' && [job.subscriptions.length, job.slow ?? false])
    }
    expect(await jobsOf('un')).toEqual([[19, true]])
    await site.drain()
    site.wait(slowMilliseconds + 1)
    await answerAll()
    await site.subscribe('/feed.json', 'https://new.example/')
    expect(await jobsOf('deux')).toEqual([
      [1, false],
      [1, true],
      [18, true],
    ])
    await site.drain()
    await answerAll()
    expect(await jobsOf('trois')).toEqual([[20, false]])
  })

  test('do not delay other hosts, even if they once were prompt: hosts take turns, and so do topics', async () => {
    const site = await openHub()
    const others = ['/feed.json', '/sections/monde/feed.json']
    await site.put('un', { section: 'Monde' })
    for (let at = 0; at < 60; at++) await site.subscribe('/feed.json', `https://many.example/${at}`)
    for (const [at, path] of others.entries()) await site.subscribe(path, `https://other${at}.example/`)
    await env.DB.prepare('UPDATE subscription SET took = 5').run()
    site.handOn()
    site.calls.length = 0
    site.answer((asked) => (hostOf(asked) === 'many.example' ? never() : obliging(asked)))
    await site.put('deux', { section: 'Monde' })
    await site.drain()
    const order = served(site)
    expect(order).toHaveLength(62)
    expect(order.indexOf('other0.example')).toBeLessThan(5)
    expect(order.indexOf('other1.example')).toBeLessThan(10)
  })

  test('a job apart that has to leave callbacks to another job leaves them to a job apart', async () => {
    const { site } = await withSlow()
    await env.DB.prepare('UPDATE subscription SET took = 5000').run()
    const { enqueue } = site.hub
    const kinds: unknown[] = []
    site.hub.enqueue = async (jobs) => {
      for (const job of jobs) if (job.kind === 'deliver') kinds.push([job.subscriptions.length, job.slow])
      await enqueue(jobs)
    }
    await site.put('un')
    await site.drain()
    expect(kinds).toEqual([
      [19, true],
      [14, true],
      [9, true],
      [4, true],
    ])
    expect(site.logged.filter((event) => event === 'callbacks-slow')).toHaveLength(3)
  })

  test('are told that their feed has ended without holding each other back, and none twice', async () => {
    const site = await openHub()
    await site.put('un')
    for (const to of slowOnes) await site.subscribe('/articles/un/feed.json', to)
    site.handOn()
    site.calls.length = 0
    site.answer((asked: Request) => (hostOf(asked) === 'slow17.example' ? obliging(asked) : never()))
    await site.call('DELETE', '/api/articles/un')
    await site.drain()
    expect(site.calls.map(hostOf).sort()).toEqual(slowOnes.map((url) => hostOf({ url })).sort())
    expect(await stored('number')).toEqual([])
  })
})
