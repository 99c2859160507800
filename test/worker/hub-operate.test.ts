import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import { token } from './house.ts'
import { callback, obliging, openHub } from './hub-house.ts'

const open = async () => openHub({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
const json = async (response: Response) => JSON.parse(await response.text())

describe('what an operator does with the hub', () => {
  test('sees topics, subscriptions and failures, and no callback’s address or secret', async () => {
    const house = await open()
    await house.subscribe('/feed.atom', callback, { 'hub.secret': 'geheim' })
    house.answer(() => ({ status: 503, text: '' }))
    await house.put('un')
    await house.drain()
    const response = await house.call('GET', '/api/hub?topic=feed.atom')
    const text = await response.text()
    for (const hidden of ['secret', 'geheim', 'callback']) expect(text).not.toContain(hidden)
    expect(JSON.parse(text)).toEqual({
      topics: [{ topic: 'feed.atom', subscriptions: 1, pending: 1, failing: 1 }],
      subscriptions: [
        {
          ...{
            number: 1,
            host: 'reader.example',
            signed: true,
            expires: '2024-06-29T16:00:00Z',
            pending: true,
          },
          failing: {
            ...{ since: '2024-06-19T16:00:00Z', attempts: 1, failure: 'answered 503' },
            next: '2024-06-19T16:01:00Z',
          },
        },
      ],
      ...{ verifications: 0, outbox: 0, dead: [] },
    })
    expect(response.headers.get('Cache-Control')).toBe('no-store')
  })

  test('delivers again at once: one, those of a topic, or all', async () => {
    const house = await open()
    for (const at of [1, 2]) await house.subscribe('/feed.atom', `https://r${at}.example/`)
    await house.subscribe('/feed.rss', 'https://r3.example/')
    house.answer(() => ({ status: 503, text: '' }))
    await house.put('un')
    await house.drain()
    house.answer(obliging)
    house.calls.length = 0
    const again = async (query: string) => {
      const done = await json(await house.call('POST', `/api/hub/redeliver${query}`))
      await house.drain()
      return [done, house.calls.splice(0).map(({ url }) => url)]
    }
    expect(await again('?subscription=1')).toEqual([{ subscriptions: 1, jobs: 0 }, ['https://r1.example/']])
    expect(await again('?topic=feed.atom')).toEqual([{ subscriptions: 1, jobs: 0 }, ['https://r2.example/']])
    expect(await again('?subscription=x')).toEqual([{ subscriptions: 0, jobs: 0 }, []])
    expect(await again('')).toEqual([{ subscriptions: 1, jobs: 0 }, ['https://r3.example/']])
  })

  test('runs the jobs again that the queue gave up on', async () => {
    const house = await open()
    await house.hub.subscriptions.addDeadLetter({ kind: 'deliver', topic: 'feed.rss', subscriptions: [1] })
    const dead = [{ number: 1, at: '2024-06-19T16:00:00Z', kind: 'deliver', topic: 'feed.rss' }]
    expect(await json(await house.call('GET', '/api/hub'))).toMatchObject({ dead })
    expect(await json(await house.call('POST', '/api/hub/redeliver'))).toEqual({ subscriptions: 0, jobs: 1 })
    expect(house.queue).toEqual([
      { kind: 'deliver', topic: 'feed.rss', subscriptions: [1] },
      { kind: 'push' },
    ])
    expect(await json(await house.call('GET', '/api/hub'))).toMatchObject({ dead: [] })
  })

  test('drops a subscription, whose subscriber is told', async () => {
    const house = await open()
    await house.subscribe('/feed.atom')
    expect((await house.call('DELETE', '/api/hub/subscriptions/1')).status).toBe(204)
    const { searchParams } = new URL(house.calls.at(-1)?.url ?? '')
    expect(searchParams.get('hub.mode')).toBe('denied')
    expect(searchParams.get('hub.reason')).toBe('This subscription was ended by the hub.')
    expect((await house.call('DELETE', '/api/hub/subscriptions/1')).status).toBe(404)
    expect((await house.call('DELETE', '/api/hub/subscriptions/x')).status).toBe(404)
  })

  test('needs the scope admin, and a hub that is open', async () => {
    const publisher = await openHub()
    expect((await publisher.call('GET', '/api/hub')).status).toBe(403)
    const house = await open()
    delete house.ports.hub
    expect((await house.call('GET', '/api/hub')).status).toBe(503)
  })
})

describe('public hubs', () => {
  const hubs = { PUBLIC_HUBS: 'https://one.example/, https://two.example/' }

  test('are told of every feed that changed, at most ten at once, where the setting names any', async () => {
    const house = await openHub(hubs)
    await house.put('un', { section: 'Monde', tags: ['a', 'b'] })
    await house.drain()
    const told = house.calls.map(({ url, body }) => ({
      url,
      form: new URLSearchParams(new TextDecoder().decode(body)),
    }))
    expect(told.map(({ url, form }) => [url, form.getAll('hub.url').length])).toEqual([
      ['https://one.example/', 10],
      ['https://one.example/', 5],
      ['https://two.example/', 10],
      ['https://two.example/', 5],
    ])
    expect(told.filter(({ form }) => form.get('hub.mode') !== 'publish')).toEqual([])
    expect(told.slice(0, 2).flatMap(({ form }) => form.getAll('hub.url'))).toContain(
      'https://kiosque.example/tags/a/feed.json',
    )
    expect(house.calls[0]?.headers).toEqual({ 'Content-Type': 'application/x-www-form-urlencoded' })
  })

  test('that fail never touch the save or the deliveries; the queue brings the message again', async () => {
    const house = await openHub(hubs)
    await house.subscribe('/feed.atom')
    house.answer((request) =>
      request.url.includes('one.example') ? { fault: 'took too long' } : obliging(request),
    )
    expect((await house.put('un')).status).toBe(201)
    await expect(house.drain()).rejects.toThrow('The hub one.example took too long')
    expect(house.deliveries()[0]?.url).toBe(callback)
  })

  test('are told also when the Worker is killed before their messages are on the queue', async () => {
    const house = await openHub(hubs)
    await house.put('un')
    const { enqueue } = house.hub
    house.hub.enqueue = () => Promise.reject(new Error('killed'))
    await expect(house.drain()).rejects.toThrow('killed')
    house.hub.enqueue = enqueue
    await house.sweep()
    expect(house.calls.map(({ url }) => url)).toEqual(['https://one.example/', 'https://two.example/'])
  })

  test('are none by default', async () => {
    const house = await openHub()
    await house.put('un')
    await house.drain()
    expect(house.calls).toEqual([])
  })
})
