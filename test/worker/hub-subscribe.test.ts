import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { caps } from '../../src/hub/protocol/limits.ts'
import { rename } from '../../src/write/rename.ts'
import { callback, type HubSite, obliging, openHub, textOf } from './hub-site.ts'

const form = {
  'hub.mode': 'subscribe',
  'hub.topic': 'https://kiosque.example/feed.atom',
  'hub.callback': callback,
}

const stored = async (columns = '*') =>
  (await env.DB.prepare(`SELECT ${columns} FROM subscription ORDER BY number`).all()).results

const question = (site: HubSite, at = 0) => new URL(site.calls[at]?.url ?? '').searchParams

describe('a request (WebSub §5.1)', () => {
  test('is answered 202 before anybody is called', async () => {
    const site = await openHub()
    const response = await site.ask(form)
    expect([response.status, await response.text()]).toEqual([202, ''])
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(site.calls).toEqual([])
    expect(await stored()).toEqual([])
    expect(site.queue).toEqual([{ kind: 'verify', verification: expect.any(Number) }])
  })

  test('is answered 202 whatever the callback will say', async () => {
    const site = await openHub()
    site.answer(() => ({ fault: 'could not be reached' }))
    expect((await site.ask(form)).status).toBe(202)
    await site.drain()
    expect(await stored()).toEqual([])
    expect(site.logged).toContain('verification-failed')
  })

  test('from any client, over http too, with unknown parameters', async () => {
    const site = await openHub()
    const type = { 'Content-Type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8', Authorization: '' }
    expect((await site.ask({ ...form, 'hub.verify': 'sync', foo: 'bar' }, type)).status).toBe(202)
  })

  const refused: [what: string, change: Record<string, string | undefined>, says: string][] = [
    ['no mode', { 'hub.mode': undefined }, 'Cannot subscribe: hub.mode: must be subscribe or unsubscribe'],
    ['no callback', { 'hub.callback': undefined }, 'hub.callback: must be an absolute URL'],
    ['no topic', { 'hub.topic': undefined }, 'hub.topic: must be the rel=self address of a feed'],
    [
      'a feed of somebody else',
      { 'hub.topic': 'https://other.example/feed.atom' },
      'hub.topic: must be the rel',
    ],
    [
      'a section nobody knows',
      { 'hub.topic': 'https://kiosque.example/sections/x/feed.rss' },
      'existing feed',
    ],
    [
      'an article nobody knows',
      { 'hub.topic': 'https://kiosque.example/articles/x/feed.rss' },
      'existing feed',
    ],
    [
      'an intersection nobody knows',
      { 'hub.topic': 'https://kiosque.example/feed.rss?section=x&tag=y' },
      'existing feed',
    ],
    [
      'a callback on this host',
      { 'hub.callback': 'https://kiosque.example/hub' },
      'must not be an address of this hub',
    ],
  ]
  test.for([
    ['https://kiosque.example/feed.atom?section=monde', '/sections/monde/feed.atom'],
    ['https://kiosque.example/x/../feed.atom', '/feed.atom'],
    ['https://kiosque.example/%66eed.atom', '/feed.atom'],
    ['https://kiosque.example:443/feed.atom', '/feed.atom'],
    [' https://kiosque.example/feed.atom', '/feed.atom'],
    ['HTTPS://KIOSQUE.EXAMPLE/feed.atom', '/feed.atom'],
  ])('with the topic "%s" is refused, and the answer names the right address', async ([topic = '', self]) => {
    const site = await openHub()
    await site.put('un', { section: 'Monde' })
    site.queue.length = 0
    const response = await site.ask({ ...form, 'hub.topic': topic })
    const said = `Cannot subscribe: hub.topic: must be the rel=self address of a feed, exactly as the feed writes it; did you mean https://kiosque.example${self}\n`
    expect([response.status, await response.text()]).toEqual([400, said])
    expect(site.queue).toEqual([])
    const right = await site.ask({ ...form, 'hub.topic': `https://kiosque.example${self}` })
    expect(right.status).toBe(202)
  })

  test('of every feed that a page or a feed advertises takes the address of the feed’s own Link header', async () => {
    const site = await openHub()
    await site.put('un', { section: '国際', tags: ['Été', 'ß'], authors: ['김 통형'] })
    const places = ['', '/sections/国際', '/tags/ete', '/authors/김-통형', '/articles/un']
    const feeds = [
      ...places.map((place) => `${place}/feed.atom`),
      '/feed.json?tag=ss&section=国際',
      '/feed.rss?tag=ete',
    ]
    for (const feed of feeds) {
      const response = await site.get(encodeURI(feed))
      expect(response.status, feed).toBe(200)
      const self = /<([^>]+)>; rel="self"/.exec(response.headers.get('Link') ?? '')?.[1] ?? ''
      expect((await site.ask({ ...form, 'hub.topic': self })).status, self).toBe(202)
    }
  })

  test.for(refused)('with %s is refused in plain text', async ([, change, says]) => {
    const site = await openHub()
    const response = await site.ask({ ...form, ...change })
    expect(response.status).toBe(400)
    expect(response.headers.get('Content-Type')).toBe('text/plain; charset=utf-8')
    expect(await response.text()).toContain(says)
    expect(site.queue).toEqual([])
  })

  test('for an article under embargo gives nothing away', async () => {
    const site = await openHub()
    await site.put('secret', { embargo: '2024-06-20T12:00:00Z' })
    const says = async (slug: string) =>
      (await site.ask({ ...form, 'hub.topic': `https://kiosque.example/articles/${slug}/feed.rss` })).text()
    expect(await says('secret')).toBe(await says('jamais'))
  })

  test('for an article whose rights keep it out of feeds is refused', async () => {
    const site = await openHub()
    await site.put('garde', { rights: { syndicate: 'none' } })
    const topic = 'https://kiosque.example/articles/garde/feed.rss'
    expect((await site.ask({ ...form, 'hub.topic': topic })).status).toBe(400)
  })

  test.for([
    ['/sections/ville/feed.rss', '/sections/quartiers/feed.rss'],
    ['/feed.atom?section=ville&tag=ete', '/feed.atom?section=quartiers&tag=ete'],
  ])('for %s, which has moved, says that it is at %s', async ([former, present]) => {
    const site = await openHub()
    await site.put('un', { section: 'Ville', tags: ['Été'] })
    await rename(site.ports.publishing, 'sections', 'ville', 'Quartiers')
    const moved = await site.ask({ ...form, 'hub.topic': `https://kiosque.example${former}` })
    const said = expect.stringContaining(`present address, https://kiosque.example${present}`)
    expect([moved.status, await moved.text()]).toEqual([400, said])
  })

  const unread: [what: string, body: string, headers: Record<string, string>, status: number][] = [
    ['JSON', '{}', { 'Content-Type': 'application/json' }, 415],
    ['no type', 'hub.mode=subscribe', { 'Content-Type': '' }, 415],
    ['too long a form', `hub.mode=${'x'.repeat(20_000)}`, {}, 413],
  ]
  test.for(unread)('with %s is refused', async ([, body, headers, status]) => {
    const site = await openHub()
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    expect((await site.call('POST', '/hub', body, { ...type, ...headers })).status).toBe(status)
  })

  test('that is no UTF-8 is refused', async () => {
    const site = await openHub()
    const { app } = await import('../../src/app.ts')
    const request = new Request('https://kiosque.example/hub', {
      method: 'POST',
      headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
      body: new Uint8Array([0x68, 0xff]),
    })
    expect((await app.fetch(request, site.ports)).status).toBe(400)
  })

  test('to a hub that may call nobody is a 503 that says why', async () => {
    const site = await openHub()
    delete site.ports.hub
    const response = await site.ask(form)
    expect(response.status).toBe(503)
    expect(await response.text()).toContain('global_fetch_strictly_public')
    expect((await site.get('/feed.rss')).headers.get('Link')).not.toContain('rel="hub"')
  })
})

describe('verification of intent (WebSub §5.3)', () => {
  test('asks with mode, topic, a random challenge and the lease', async () => {
    const site = await openHub()
    await site.subscribe('/feed.atom', callback, { 'hub.lease_seconds': '3600' })
    await site.subscribe('/feed.atom', callback, { 'hub.lease_seconds': '3600' })
    const asked = Object.fromEntries(question(site))
    expect(asked).toEqual({
      key: 'secret',
      'hub.mode': 'subscribe',
      'hub.topic': 'https://kiosque.example/feed.atom',
      'hub.challenge': expect.stringMatching(/^[0-9a-f]{64}$/),
      'hub.lease_seconds': '3600',
    })
    expect(question(site, 1).get('hub.challenge')).not.toBe(asked['hub.challenge'])
    expect(site.calls[0]?.body).toBeUndefined()
  })

  test('the lease counts from the question', async () => {
    const site = await openHub()
    await site.ask({ ...form, 'hub.lease_seconds': '3600' })
    site.wait(20_000)
    const asking = site.ports.clock()
    site.answer((request) => {
      site.wait(5000)
      return obliging(request)
    })
    await site.drain()
    expect(await stored('expires')).toEqual([{ expires: asking + 3_600_000 }])
  })

  test('a subscription that was made with another spelling can be renewed and ended with it, until its lease ends', async () => {
    const site = await openHub()
    await site.put('un', { section: 'Monde', tags: ['Été'] })
    await site.drain()
    const spelled = [
      ['https://kiosque.example/tags/%65te/feed.rss', 'tags/ete/feed.rss', 'tags/ete'],
      ['https://kiosque.example/feed.rss?section=monde', 'feed.rss?section=monde', 'sections/monde'],
    ]
    const expires = site.ports.clock() + 3_600_000
    for (const [asked = '', topic = '', path = ''] of spelled) {
      await env.DB.batch([
        env.DB.prepare(`INSERT INTO topic VALUES (?1, ?2, '[]', 0)`).bind(topic, path),
        env.DB.prepare(
          `INSERT INTO subscription (topic, asked, callback, host, expires, delivered) VALUES (?1, ?2, ?3, 'h', ?4, 0)`,
        ).bind(topic, asked, callback, expires),
      ])
      const request = { ...form, 'hub.topic': asked, 'hub.lease_seconds': '7200' }
      expect((await site.ask({ ...request, 'hub.callback': 'https://other.example/' })).status, asked).toBe(
        400,
      )
      expect((await site.ask(request)).status, asked).toBe(202)
      await site.drain()
      expect(question(site, site.calls.length - 1).get('hub.topic'), asked).toBe(asked)
      expect(await stored('topic, asked, expires'), asked).toEqual([
        { topic, asked, expires: site.ports.clock() + 7_200_000 },
      ])
      site.wait(5000)
      await site.put('deux', { section: 'Monde', tags: ['Été'], title: `Pour ${topic}` })
      await site.drain()
      expect(site.deliveries().map(textOf).at(-1), asked).toContain(`Pour ${topic}`)
      expect((await site.ask({ ...request, 'hub.mode': 'unsubscribe' })).status, asked).toBe(202)
      await site.drain()
      expect(await stored(), asked).toEqual([])
      expect((await site.ask(request)).status, asked).toBe(400)
    }
  })

  const failing: [what: string, answer: ReturnType<typeof obliging> | { fault: string }][] = [
    ['a redirect', { status: 302, text: '' }],
    ['404', { status: 404, text: '' }],
    ['500', { status: 500, text: '' }],
    ['success with another text', { status: 200, text: 'ok' }],
    ['silence', { fault: 'took too long' }],
  ]
  test.for(failing)('%s leaves a subscription as it was', async ([, answer]) => {
    const site = await openHub()
    await site.subscribe('/feed.atom', callback, { 'hub.secret': 'one', 'hub.lease_seconds': '3600' })
    const before = await stored()
    site.answer(() => answer)
    await site.subscribe('/feed.atom', callback, { 'hub.secret': 'two', 'hub.lease_seconds': '7200' })
    await site.ask({ ...form, 'hub.mode': 'unsubscribe' })
    await site.drain()
    expect(await stored()).toEqual(before)
    await site.sweep()
    // The hub sends no second request for a verification that failed.
    expect(site.calls).toHaveLength(3)
  })

  test('a renewal replaces lease and secret, and is one subscription still', async () => {
    const site = await openHub()
    await site.subscribe('/feed.atom', callback, { 'hub.secret': 'one', 'hub.lease_seconds': '3600' })
    site.wait(1_800_000)
    await site.subscribe('/feed.atom', callback, { 'hub.secret': 'two', 'hub.lease_seconds': '3600' })
    expect(await stored('secret, expires')).toEqual([
      { secret: 'two', expires: site.ports.clock() + 3_600_000 },
    ])
    await site.subscribe('/feed.atom', callback)
    expect(await stored('secret')).toEqual([{ secret: null }])
  })

  test('a second request before the first is verified takes its place', async () => {
    const site = await openHub()
    await site.ask({ ...form, 'hub.secret': 'one' })
    await site.ask({ ...form, 'hub.secret': 'two' })
    await site.drain()
    expect(site.calls).toHaveLength(1)
    expect(await stored('secret')).toEqual([{ secret: 'two' }])
  })

  test('a second request while the first is being verified is not lost', async () => {
    const site = await openHub()
    await site.ask({ ...form, 'hub.secret': 'one' })
    let asked = 0
    site.answer(async (request) => {
      if (asked++ === 0) await site.ask({ ...form, 'hub.secret': 'two' })
      return obliging(request)
    })
    await site.drain()
    expect(site.calls).toHaveLength(2)
    expect(await stored('secret')).toEqual([{ secret: 'two' }])
  })

  test('leaving is verified too, without a lease, and ends it', async () => {
    const site = await openHub()
    await site.subscribe('/feed.atom')
    await site.ask({ ...form, 'hub.mode': 'unsubscribe' })
    await site.drain()
    expect(Object.fromEntries(question(site, 1))).toMatchObject({ 'hub.mode': 'unsubscribe' })
    expect(question(site, 1).has('hub.lease_seconds')).toBe(false)
    expect(await stored()).toEqual([])
    await site.put('un')
    await site.drain()
    expect(site.deliveries()).toEqual([])
  })

  test('a subscriber can unsubscribe from a feed that no longer exists', async () => {
    const site = await openHub()
    await site.put('un')
    await site.subscribe('/articles/un/feed.rss')
    await site.call('DELETE', '/api/articles/un')
    const gone = {
      ...form,
      'hub.mode': 'unsubscribe',
      'hub.topic': 'https://kiosque.example/articles/un/feed.rss',
    }
    expect((await site.ask(gone)).status).toBe(202)
  })

  test('a topic that vanished since is denied, with a reason', async () => {
    const site = await openHub()
    await site.put('un')
    await site.ask({ ...form, 'hub.topic': 'https://kiosque.example/articles/un/feed.rss' })
    await site.call('DELETE', '/api/articles/un')
    await site.drain()
    expect(Object.fromEntries(question(site))).toEqual({
      key: 'secret',
      'hub.mode': 'denied',
      'hub.topic': 'https://kiosque.example/articles/un/feed.rss',
      'hub.reason': 'This feed is no longer published.',
    })
    expect(await stored()).toEqual([])
  })

  test('a request whose message was lost is verified by the sweep; an old request is dropped', async () => {
    const site = await openHub()
    await site.ask(form)
    site.queue.length = 0
    await site.sweep()
    expect(await stored('callback')).toEqual([{ callback }])
    await site.ask({ ...form, 'hub.callback': 'https://late.example/' })
    site.queue.length = 0
    site.wait(3_600_000)
    await site.sweep()
    expect(await stored('callback')).toEqual([{ callback }])
  })

  test('a message that comes twice asks once', async () => {
    const site = await openHub()
    await site.ask(form)
    const [job] = site.queue
    if (job) site.queue.push(job)
    site.answer(async (request) => {
      await site.drain()
      return obliging(request)
    })
    await site.drain()
    expect(site.calls).toHaveLength(1)
  })

  test('what was saved between the request and its verification is delivered', async () => {
    const site = await openHub()
    await site.ask(form)
    const [job] = site.queue.splice(0)
    await site.put('entre')
    await site.drain()
    if (job) site.queue.push(job)
    await site.drain()
    expect(site.deliveries()).toHaveLength(1)
  })
})

describe('nobody is flooded', () => {
  test('a client that asks too often is told to wait', async () => {
    const seen: string[] = []
    const site = await openHub({}, { mayAsk: async (client) => !seen.push(client) })
    const response = await site.ask(form, { 'CF-Connecting-IP': '203.0.113.7' })
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '60'])
    expect(await response.text()).toBe('Cannot take this request: too many requests; wait 60 seconds\n')
    expect(seen).toEqual(['203.0.113.7'])
  })

  test('the hub limits how often it calls one host for subscription requests', async () => {
    const seen: string[] = []
    const site = await openHub({}, { mayCall: async (host) => !seen.push(host) })
    const response = await site.ask(form)
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, '60'])
    expect(seen).toEqual(['reader.example'])
    expect(site.queue).toEqual([])
  })

  const full: [cap: keyof typeof caps, retryAfter: string][] = [
    ['subscriptions', '3600'],
    ['ofHost', '3600'],
    ['ofCallback', '3600'],
    ['pending', '60'],
    ['pendingOfHost', '60'],
    ['pendingOfClient', '60'],
  ]
  test.for(full)('the cap of %s is held', async ([cap, retryAfter]) => {
    const site = await openHub()
    const { census } = site.hub.subscriptions
    const none = await census({ host: 'reader.example', callback, topic: 'feed.atom', client: 'c' })
    expect(none).toEqual({
      ...{ subscriptions: 0, pending: 0, ofHost: 0, pendingOfHost: 0, pendingOfClient: 0, ofCallback: 0 },
      ...{ renewed: false, waiting: false },
    })
    site.hub.subscriptions.census = async () => ({ ...none, [cap]: caps[cap] })
    const response = await site.ask(form)
    expect([response.status, response.headers.get('Retry-After')]).toEqual([429, retryAfter])
    expect(site.queue).toEqual([])
  })
})
