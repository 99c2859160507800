import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Call } from '../../src/domain/ports.ts'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000
const day = 24 * hour
const other = 'https://updates.push.services.mozilla.com/wpush/v2/one'
let site: PushSite

beforeEach(async () => {
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example' })
  await site.put('avant', { section: 'Monde', title: 'Avant' })
  site.wait(hour)
})

const publish = (slug: string) => site.put(slug, { section: 'Monde', title: `Titre de ${slug}` })

const told = async () => {
  site.queue.push({ kind: 'tell' })
  await site.drain()
}

describe('a push service that asks to wait', () => {
  test('is left alone by all jobs for as long, and no other service is', async () => {
    for (let at = 0; at < 90; at++) await site.subscribeIn('sections/monde')
    const elsewhere = await site.subscribeIn('sections/monde', 'now', other)
    site.wait(1000)
    await publish('un')
    let calls = 0
    site.answerPush(({ endpoint }) => {
      if (endpoint === elsewhere.endpoint) return { status: 201, text: '' }
      calls += 1
      return { status: 429, text: '', retryAfter: '7200' }
    })
    await told()
    // Five were on their way when the first answer came.
    expect(calls).toBe(5)
    expect(site.pushes).toHaveLength(1)
    site.wait(hour)
    await publish('deux')
    await told()
    expect(calls).toBe(5)
    expect(site.pushes).toHaveLength(2)
    expect((await site.notify.subscribers.state()).holds).toMatchObject([
      { channel: 'webpush', service: 'https://fcm.googleapis.com', failure: '429' },
    ])
    site.wait(hour + 1000)
    site.answerPush(() => ({ status: 201, text: '' }))
    await told()
    expect(site.pushes).toHaveLength(2 * 91)
    expect((await site.notify.subscribers.state()).holds).toEqual([])
  })

  test('for a day is asked again after six hours, with other messages', async () => {
    for (let at = 0; at < 12; at++) await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    let calls = 0
    site.answerPush(() => {
      calls += 1
      return { status: 503, text: '', retryAfter: '90000' }
    })
    await told()
    site.wait(6 * hour - 1000)
    await told()
    expect(calls).toBe(5)
    site.wait(2000)
    site.answerPush(() => ({ status: 201, text: '' }))
    await told()
    expect(site.pushes).toHaveLength(7)
  })
})

describe('a few endpoints that always fail', () => {
  const accepted = { status: 201, text: '' }
  const answers: [what: string, answer: Awaited<ReturnType<Call>>][] = [
    ['429 with Retry-After', { status: 429, text: '', retryAfter: '3600' }],
    ['500', { status: 500, text: '' }],
    ['403, although they accepted messages before', { status: 403, text: '' }],
    ['nothing', { fault: 'took too long' }],
  ]

  test.for(answers)('with %s delay no message to others', async ([, answer]) => {
    const all: string[] = []
    for (let at = 0; at < 90; at++) all.push((await site.subscribeIn('sections/monde')).endpoint)
    site.wait(1000)
    await publish('un')
    await told()
    const bad = [0, 1, 30, 60, 89].map((at) => all[at])
    site.answerPush(({ endpoint }) => (bad.includes(endpoint) ? answer : accepted))
    for (const article of ['deux', 'trois', 'quatre']) {
      const before = site.pushes.length
      site.wait(1000)
      await publish(article)
      await told()
      expect(site.pushes.length - before, article).toBe(all.length - bad.length)
      for (let run = 0; run < 12; run++) {
        site.wait(hour / 12)
        await told()
      }
    }
    expect((await site.notify.subscribers.state()).holds).toEqual([])
    site.answerPush(() => accepted)
    const before = site.pushes.length
    site.wait(2 * hour)
    await told()
    expect(site.pushes.length - before).toBe(3 * bad.length)
  })

  test.for(answers)('with %s get each message in its order', async ([, answer]) => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    site.wait(1000)
    await publish('deux')
    let calls = 0
    site.answerPush(() => {
      calls += 1
      return answer
    })
    await told()
    expect(calls).toBe(1)
    site.answerPush(() => accepted)
    site.wait(2 * hour)
    const titles = (await site.shown(one)).map(({ title }) => title)
    expect(titles).toEqual(['Titre de un', 'Titre de deux'])
  })
})

test('an endpoint of another site does not stop the channel', async () => {
  const stranger = await site.subscribeIn('sections/monde')
  const one = await site.subscribeIn('sections/monde')
  site.wait(1000)
  await publish('un')
  site.answerPush(({ endpoint }) => ({ status: endpoint === stranger.endpoint ? 403 : 201, text: '' }))
  expect((await site.shown(one)).map(({ title }) => title)).toEqual(['Titre de un'])
  expect((await site.notify.subscribers.state()).holds).toEqual([])
})

test('our signature that three endpoints in a row refuse is our own fault, whatever other services say', async () => {
  for (let at = 0; at < 6; at++) await site.subscribeIn('sections/monde')
  await site.subscribeIn('sections/monde', 'now', other)
  site.wait(1000)
  await publish('un')
  await told()
  site.answerPush(({ endpoint }) => ({ status: endpoint === other ? 201 : 403, text: '' }))
  site.wait(1000)
  await publish('deux')
  await told()
  expect((await site.notify.subscribers.state()).holds).toMatchObject([
    { channel: 'webpush', failure: expect.any(String) },
  ])
  site.answerPush(() => ({ status: 201, text: '' }))
  const before = site.pushes.length
  site.wait(hour + 1000)
  await told()
  expect(site.pushes.length - before).toBe(6)
})

describe('an endpoint that accepts nothing', () => {
  const row = () =>
    env.DB.prepare('SELECT state, failures, refused FROM subscriber').first<{
      state: string
      failures: number
    }>()

  /** Publishes an article on each of these days, and runs cron every two hours. */
  const pass = async (days: number) => {
    for (let at = 0; at < days; at++) {
      await publish(`jour-${site.ports.clock()}`)
      for (let hours = 0; hours < 24; hours += 2) {
        await told()
        site.wait(2 * hour)
      }
    }
  }

  test('for 60 days ends', async () => {
    await site.subscribeIn('sections/monde')
    site.wait(1000)
    site.answerPush(() => ({ fault: 'took too long' }))
    await pass(3)
    site.wait(54 * day)
    await pass(2)
    expect(await row()).toMatchObject({ state: 'active' })
    await pass(2)
    expect(await row()).toMatchObject({ state: 'ended', failures: expect.any(Number) })
    expect((await site.notify.subscribers.state()).waiting).toBe(0)
    expect((await env.DB.prepare('SELECT * FROM choice').all()).results).toEqual([])
  })

  test('for 60 days but for one message goes on', async () => {
    await site.subscribeIn('sections/monde')
    site.wait(1000)
    site.answerPush(() => ({ status: 503, text: '' }))
    await pass(3)
    site.answerPush(() => ({ status: 201, text: '' }))
    site.wait(30 * day)
    await pass(1)
    expect(await row()).toMatchObject({ state: 'active', failures: 0 })
    site.answerPush(() => ({ status: 503, text: '' }))
    site.wait(27 * day)
    await pass(3)
    expect(await row()).toMatchObject({ state: 'active' })
  })
})
