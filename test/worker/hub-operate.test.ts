import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { formatNames } from '../../src/domain/format.ts'
import { slowMilliseconds } from '../../src/domain/subscription.ts'
import { hashOf } from '../../src/http/token.ts'
import type { HubReport } from '../../src/hub/operate.ts'
import { callback, obliging, openHub } from './hub-site.ts'
import { token } from './site.ts'

const open = async () => openHub({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
const json = async (response: Response) => JSON.parse(await response.text())

describe('what an operator does with the hub', () => {
  test('sees the feeds even if the date of a delivery is later than any instant', async () => {
    const site = await open()
    await site.subscribe('/feed.atom')
    await env.DB.prepare('UPDATE subscription SET delivered_at = 9e18').run()
    for (const address of ['/api/hub', '/api/hub?topic=feed.atom']) {
      const response = await site.call('GET', address)
      expect(response.status, address).toBe(200)
      expect(await json(response), address).toMatchObject({
        topics: [{ topic: 'feed.atom', subscriptions: 1 }],
      })
    }
  })

  test('sees topics, subscriptions and failures, and no callback’s address or secret', async () => {
    const site = await open()
    await site.subscribe('/feed.atom', callback, { 'hub.secret': 'geheim' })
    site.answer(() => ({ status: 503, text: '' }))
    await site.put('un')
    await site.drain()
    const response = await site.call('GET', '/api/hub?topic=feed.atom')
    const text = await response.text()
    for (const hidden of ['secret', 'geheim', 'callback']) expect(text, hidden).not.toContain(hidden)
    expect(JSON.parse(text)).toEqual({
      topics: [{ topic: 'feed.atom', subscriptions: 1, pending: 0, slow: 0, failing: 1 }],
      subscriptions: [
        {
          ...{
            number: 1,
            host: 'reader.example',
            signed: true,
            expires: '2024-06-29T16:00:00Z',
            pending: false,
          },
          failing: {
            ...{ since: '2024-06-19T16:00:00Z', attempts: 1, failure: 'answered 503' },
            next: '2024-06-19T16:01:00Z',
          },
        },
      ],
      ...{ verifications: 0, failed: [], outbox: 0, dead: [] },
    })
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  test('sees who is slow, and for how long, until an answer comes in time', async () => {
    const site = await open()
    await site.subscribe('/feed.atom')
    const shown = async (slug: string, milliseconds: number, status: number) => {
      site.answer(() => {
        site.wait(milliseconds)
        return { status, text: '' }
      })
      await site.put(slug)
      await site.drain()
      const { topics, subscriptions } = (await json(
        await site.call('GET', '/api/hub?topic=feed.atom'),
      )) as HubReport
      const { failing, slow } = topics[0] ?? {}
      return [failing, slow, subscriptions?.[0]?.slowSeconds]
    }
    expect(await shown('un', slowMilliseconds + 1, 200)).toEqual([0, 1, 1.501])
    expect(await shown('deux', slowMilliseconds, 200)).toEqual([0, 0, undefined])
    expect(await shown('trois', 10_000, 503)).toEqual([1, 0, undefined])
  })

  test('delivers again at once: one, those of a topic, or all', async () => {
    const site = await open()
    for (const at of [1, 2]) await site.subscribe('/feed.atom', `https://r${at}.example/`)
    await site.subscribe('/feed.rss', 'https://r3.example/')
    site.answer(() => ({ status: 503, text: '' }))
    await site.put('un')
    await site.drain()
    site.answer(obliging)
    site.calls.length = 0
    const again = async (query: string) => {
      const done = await json(await site.call('POST', `/api/hub/redeliver${query}`))
      await site.drain()
      return [done, site.calls.splice(0).map(({ url }) => url)]
    }
    expect(await again('?subscription=1')).toEqual([{ subscriptions: 1, jobs: 0 }, ['https://r1.example/']])
    expect(await again('?topic=feed.atom')).toEqual([{ subscriptions: 1, jobs: 0 }, ['https://r2.example/']])
    expect(await again('?subscription=2')).toEqual([{ subscriptions: 0, jobs: 0 }, []])
    expect(await again('')).toEqual([{ subscriptions: 1, jobs: 0 }, ['https://r3.example/']])
  })

  test('counts each subscription in one state: failing, pending or neither', async () => {
    const site = await open()
    for (const name of ['failing', 'pending', 'current'])
      await site.subscribe('/feed.atom', `https://${name}.example/`)
    site.answer((request) =>
      request.url.includes('failing') ? { status: 503, text: '' } : obliging(request),
    )
    await site.put('un')
    await site.drain()
    await env.DB.prepare("UPDATE subscription SET delivered = 0 WHERE host = 'pending.example'").run()
    const { topics, subscriptions } = await json(await site.call('GET', '/api/hub?topic=feed.atom'))
    expect(topics).toMatchObject([{ subscriptions: 3, failing: 1, pending: 1 }])
    const states = subscriptions.map((one: { host: string; pending: boolean; failing?: object }) => [
      one.host,
      ...(one.failing ? ['failing'] : []),
      ...(one.pending ? ['pending'] : []),
    ])
    expect(states).toEqual([
      ['failing.example', 'failing'],
      ['pending.example', 'pending'],
      ['current.example'],
    ])
  })

  test('sees which hosts did not confirm their requests, and why', async () => {
    const site = await open()
    await site.subscribe('/feed.atom')
    const answers: Record<string, Awaited<ReturnType<typeof obliging>> | { fault: string }> = {
      'missing.example': { status: 404, text: '' },
      'page.example': { status: 200, text: '<p>Bonjour' },
      'silent.example': { fault: 'took too long' },
    }
    for (const [host, answer] of Object.entries(answers)) {
      site.answer(() => answer)
      await site.subscribe('/feed.rss', `https://${host}/callback?key=secret`)
      site.wait(1000)
    }
    const text = await (await site.call('GET', '/api/hub')).text()
    expect(text).not.toContain('secret')
    const at = (second: number) => ({ failures: 1, at: `2024-06-19T16:00:0${second}Z` })
    const same = { topic: 'feed.rss', mode: 'subscribe' }
    expect(JSON.parse(text).failed).toEqual([
      { ...same, host: 'silent.example', reason: 'took too long', ...at(2) },
      {
        ...same,
        host: 'page.example',
        reason: 'answered 200, but not with the challenge as the whole body',
        ...at(1),
      },
      { ...same, host: 'missing.example', reason: 'answered 404', ...at(0) },
    ])
    expect((await json(await site.call('GET', '/api/hub?topic=feed.atom'))).failed).toEqual([])
  })

  test('names a feed by its key or by its address, in whatever spelling', async () => {
    const site = await open()
    await site.put('un', { tags: ['Été'] })
    await site.subscribe('/feed.atom')
    await site.subscribe('/tags/ete/feed.rss')
    const names: Record<string, string[]> = {
      'feed.atom': [
        'feed.atom',
        '/feed.atom',
        'https://kiosque.example/feed.atom',
        'HTTPS://kiosque.example/feed.atom',
      ],
      'tags/ete/feed.rss': [
        'tags/ete/feed.rss',
        'https://kiosque.example/tags/ete/feed.rss',
        'feed.rss?tag=ete',
      ],
    }
    for (const [topic, all] of Object.entries(names)) {
      for (const name of all) {
        const query = `?topic=${encodeURIComponent(name)}`
        const { topics, subscriptions } = await json(await site.call('GET', `/api/hub${query}`))
        expect([topics, subscriptions], name).toMatchObject([[{ topic }], [{ host: 'reader.example' }]])
        expect((await site.call('POST', `/api/hub/redeliver${query}`)).status, name).toBe(200)
      }
    }
  })

  test('is told about an unknown feed or subscription, and which feeds are known', async () => {
    const site = await open()
    const said = async (method: string, address: string) => {
      const response = await site.call(method, address)
      return [response.status, (await json(response)).detail]
    }
    const none = 'Cannot find a feed "feed.rss" that has subscribers; no feed has any'
    expect(await said('GET', '/api/hub?topic=feed.rss')).toEqual([404, none])
    await site.subscribe('/feed.atom')
    await site.subscribe('/feed.json')
    const known = 'Cannot find a feed "feed.rss" that has subscribers; known: feed.atom, feed.json'
    expect(await said('GET', '/api/hub?topic=feed.rss')).toEqual([404, known])
    expect(await said('POST', '/api/hub/redeliver?topic=feed.rss')).toEqual([404, known])
    for (const number of ['3', '0', 'x', '-1', '1.0', '']) {
      const unknown = [404, `Cannot find subscription ${number}`]
      expect(await said('POST', `/api/hub/redeliver?subscription=${number}`), number).toEqual(unknown)
    }
    expect(site.queue).toEqual([])
    await env.DB.batch(
      Array.from({ length: 30 }, (_, at) => [
        env.DB.prepare(`INSERT INTO topic VALUES (?1, '', '[]', 0)`).bind(`tags/${at}/feed.rss`),
        env.DB.prepare(
          `INSERT INTO subscription (topic, asked, callback, host, expires, delivered) VALUES (?1, 'a', 'c', 'h', 9e12, 0)`,
        ).bind(`tags/${at}/feed.rss`),
      ]).flat(),
    )
    expect((await said('GET', '/api/hub?topic=feed.rss'))[1]).toMatch(/, tags\/\d+\/feed\.rss and 12 more$/)
  })

  test('runs the jobs again that the queue gave up on', async () => {
    const site = await open()
    await site.hub.subscriptions.addDeadLetter({ kind: 'deliver', topic: 'feed.rss', subscriptions: [1] })
    const dead = [{ number: 1, at: '2024-06-19T16:00:00Z', kind: 'deliver', topic: 'feed.rss' }]
    expect(await json(await site.call('GET', '/api/hub'))).toMatchObject({ dead })
    expect(await json(await site.call('POST', '/api/hub/redeliver'))).toEqual({ subscriptions: 0, jobs: 1 })
    expect(site.queue).toEqual([{ kind: 'deliver', topic: 'feed.rss', subscriptions: [1] }, { kind: 'push' }])
    expect(await json(await site.call('GET', '/api/hub'))).toMatchObject({ dead: [] })
  })

  test('drops a subscription, whose subscriber is told', async () => {
    const site = await open()
    await site.subscribe('/feed.atom')
    expect((await site.call('DELETE', '/api/hub/subscriptions/1')).status).toBe(204)
    const { searchParams } = new URL(site.calls.at(-1)?.url ?? '')
    expect(searchParams.get('hub.mode')).toBe('denied')
    expect(searchParams.get('hub.reason')).toBe('This subscription was ended by the hub.')
    expect((await site.call('DELETE', '/api/hub/subscriptions/1')).status).toBe(404)
    expect((await site.call('DELETE', '/api/hub/subscriptions/x')).status).toBe(404)
  })

  test('needs the scope admin, and a hub that is open', async () => {
    const publisher = await openHub()
    expect((await publisher.call('GET', '/api/hub')).status).toBe(403)
    const site = await open()
    delete site.ports.hub
    expect((await site.call('GET', '/api/hub')).status).toBe(503)
  })
})

describe('public hubs', () => {
  const hubs = { PUBLIC_HUBS: 'https://one.example/, https://two.example/' }

  test('are told of every feed that changed, at most ten at once, where the setting names any', async () => {
    const site = await openHub(hubs)
    await site.put('un', { section: 'Monde', tags: ['a', 'b'] })
    await site.drain()
    const told = site.calls.map(({ url, body }) => ({
      url,
      form: new URLSearchParams(new TextDecoder().decode(body)),
    }))
    const places = ['', '/sections/monde', '/tags/a', '/tags/b', '/articles/un']
    const feeds = places.flatMap((place) =>
      formatNames.map((format) => `https://kiosque.example${place}/feed.${format}`),
    )
    const names = hubs.PUBLIC_HUBS.split(', ')
    expect(told.filter(({ url }) => !names.includes(url))).toEqual([])
    for (const hub of names) {
      const messages = told.filter(({ url }) => url === hub).map(({ form }) => form.getAll('hub.url'))
      expect(messages.flat().toSorted(), hub).toEqual(feeds.toSorted())
      expect(
        messages.slice(0, -1).map(({ length }) => length),
        hub,
      ).toEqual(Array(messages.length - 1).fill(10))
      expect(messages.at(-1)?.length, hub).toBeLessThanOrEqual(10)
    }
    expect(told.filter(({ form }) => form.get('hub.mode') !== 'publish')).toEqual([])
    expect(site.calls[0]?.headers).toEqual({ 'Content-Type': 'application/x-www-form-urlencoded' })
  })

  test('that fail never touch the save or the deliveries; the queue brings the message again', async () => {
    const site = await openHub(hubs)
    await site.subscribe('/feed.atom')
    // The first delivery makes the subscriber a prompt one, whose deliveries come before the public hubs.
    await site.put('zero')
    await site.drain()
    site.calls.length = 0
    site.answer((request) =>
      request.url.includes('one.example') ? { fault: 'took too long' } : obliging(request),
    )
    expect((await site.put('un')).status).toBe(201)
    await expect(site.drain()).rejects.toThrow('The hub one.example took too long')
    expect(site.deliveries()[0]?.url).toBe(callback)
  })

  const refusals: [status: number, message: string][] = [
    [300, 'The hub one.example answered 300'],
    [503, 'The hub one.example answered 503'],
  ]
  test.for(refusals)('that answer %i get the message again from the queue', async ([status, message]) => {
    const site = await openHub(hubs)
    site.answer((request) => (request.url.includes('one.example') ? { status, text: '' } : obliging(request)))
    await site.put('un')
    await expect(site.drain()).rejects.toThrow(message)
  })

  test('are told also when the Worker is killed before their messages are on the queue', async () => {
    const site = await openHub(hubs)
    await site.put('un')
    const { enqueue } = site.hub
    site.hub.enqueue = () => Promise.reject(new Error('killed'))
    await expect(site.drain()).rejects.toThrow('killed')
    site.hub.enqueue = enqueue
    await site.sweep()
    expect(site.calls.map(({ url }) => url)).toEqual(['https://one.example/', 'https://two.example/'])
  })

  test('are none by default', async () => {
    const site = await openHub()
    await site.put('un')
    await site.drain()
    expect(site.calls).toEqual([])
  })
})
