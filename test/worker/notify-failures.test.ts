import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Sent } from '../../src/notify/mail/transport.ts'
import { type NotifySite, openNotify } from './notify-site.ts'

const hour = 3_600_000
const address = 'kim@example.com'

let site: NotifySite

beforeEach(async () => {
  site = await openNotify()
  await site.put('avant', { section: 'Monde', title: 'Avant' })
  site.wait(hour)
})

const publish = (slug: string) => site.put(slug, { section: 'Monde', title: `Titre de ${slug}` })

describe('failures', () => {
  const refused = (at: 'recipient' | 'other', code: number, status?: string): Sent => ({
    ...{ kind: 'refused', at, code, text: '' },
    ...(status && { status }),
  })
  const lost = (isPermanent: boolean): Sent => ({
    ...{ kind: 'lost', reason: 'the connection failed', isMaybeAccepted: false, isPermanent },
  })

  beforeEach(async () => {
    await site.subscribe(address, 'all')
    await site.subscribe('lea@example.com', 'all')
    site.wait(1000)
  })

  test.each(['5.1.1', '5.1.2', '5.1.10', '5.2.1'])(
    '%s in answer to the recipient ends the subscription at the second time',
    async (status) => {
      site.answer(({ to }) => (to === address ? refused('recipient', 550, status) : { kind: 'accepted' }))
      const active = async () =>
        (await site.notify.subscribers.state()).choices.reduce((sum, { subscribers }) => sum + subscribers, 0)
      await publish('un')
      expect(await site.told()).toEqual(['lea@example.com Titre de un'])
      expect(await active()).toBe(2)
      site.wait(hour)
      await publish('deux')
      expect(await site.told()).toEqual(['lea@example.com Titre de deux'])
      expect(await active()).toBe(1)
    },
  )

  test.for<[what: string, wait: number, expected: string[]]>([
    ['within a job', 0, [address]],
    ['within an hour', hour - 60_000, [address]],
    ['an hour apart', hour, []],
  ])('two refusals of an address as unknown %s: who is left', async ([, wait, expected]) => {
    await site.notify.subscribers.erase('lea@example.com', [])
    site.answer(() => refused('recipient', 550, '5.1.1'))
    await publish('un')
    if (wait > 0) {
      await site.told()
      site.wait(wait)
    }
    await publish('deux')
    await site.told()
    const found = await site.notify.subscribers.known('email', address)
    expect(found ? [found.address] : []).toEqual(expected)
  })

  test.for<[what: string, when: string, titles: string[]]>([
    ['a mail', 'now', ['Titre de un']],
    ['a digest', 'daily', ['/articles/un']],
  ])(
    '%s that is refused once, as if the address were unknown, is sent an hour later',
    async ([, when, expected]) => {
      await site.notify.subscribers.erase(address, [])
      await site.notify.subscribers.erase('lea@example.com', [])
      await site.subscribe('noa@example.com', 'all', when)
      site.wait(1000)
      const before = site.mails.length
      let attempts = 0
      site.answer(() => (attempts++ === 0 ? refused('recipient', 550, '5.1.1') : { kind: 'accepted' }))
      await publish('un')
      for (let run = 0; run < 22 && attempts === 0; run++) {
        await site.sweep()
        site.wait(hour)
      }
      site.wait(60_000)
      await site.sweep()
      const told = site.mails.slice(before)
      expect(told.map(({ headers, links }) => (when === 'now' ? headers.Subject : links[0]))).toEqual(
        expected,
      )
      expect((await site.notify.subscribers.state()).failing).toEqual([])
    },
  )

  test.for<[what: string, faults: number, expected: number]>([
    ['once', 1, 1],
    // Nobody can know that the server has taken it.
    ['twice', 2, 2],
  ])('a mail that was sent when the database fails %s', async ([, faults, expected]) => {
    await site.notify.subscribers.erase('lea@example.com', [])
    const before = site.mails.length
    const { record } = site.notify.subscribers
    let failed = 0
    site.notify.subscribers.record = (...given) =>
      failed++ < faults ? Promise.reject(new Error('D1_ERROR')) : record(...given)
    await publish('un')
    await site.told().catch(() => {})
    site.wait(hour)
    await site.sweep()
    const ids = site.mails.slice(before).map(({ headers }) => headers['Message-ID'])
    expect(ids).toEqual(Array(expected).fill(ids[0]))
  })

  test('an unknown address that was changed while its mail was sent says nothing of the new one', async () => {
    const manage = await site.subscribe('max@example.com', 'all')
    site.wait(1000)
    const link = await site.askAddress(manage, 'max.new@example.com')
    site.answer(async ({ to }) => {
      if (to !== 'max@example.com') return { kind: 'accepted' }
      await site.send(link, '')
      return refused('recipient', 550, '5.1.1')
    })
    await publish('un')
    expect(await site.told()).toContain('max.new@example.com Titre de un')
    expect((await site.notify.subscribers.state()).failing).toEqual([])
  })

  test.each<[what: string, sent: Sent, pause: number]>([
    ['a refused sender', refused('other', 550, '5.7.1'), hour],
    ['a refused login', lost(true), hour],
    ['no connection', lost(false), hour],
    ['a temporary refusal', refused('recipient', 451, '4.7.1'), hour],
    ['another refusal of a recipient', refused('recipient', 550, '5.7.1'), hour],
  ])('after %s, all mails are sent later, each once', async (_, sent, pause) => {
    let attempts = 0
    site.answer(() => {
      attempts++
      return sent
    })
    await publish('un')
    expect(await site.told()).toEqual([])
    expect(attempts).toBeGreaterThan(0)
    expect(attempts).toBeLessThanOrEqual(2)
    expect(site.logged).toContain('mail-failed')
    site.answer(() => ({ kind: 'accepted' }))
    site.wait(pause + 1)
    await site.sweep()
    expect(
      site.mails
        .slice(-2)
        .map(({ to }) => to)
        .sort(),
    ).toEqual([address, 'lea@example.com'])
    expect(await site.notify.subscribers.due()).toEqual({ email: 0, webpush: 0 })
  })

  test('our own fault stops all mails for an hour, those of new requests too, and is told to the operator', async () => {
    site.answer(() => refused('other', 550, '5.7.1'))
    await publish('un')
    await site.told()
    expect(site.logged).toContain('mail-held')
    const { holds } = await site.notify.subscribers.state()
    expect(holds).toMatchObject([{ channel: 'email', failure: '550 5.7.1' }])
    let attempts = 0
    site.answer(() => {
      attempts++
      return { kind: 'accepted' }
    })
    await site.send('/subscribe', { email: 'max@example.com', selection: 'all' })
    await site.sweep()
    expect(attempts).toBe(0)
    site.wait(hour + 1)
    await site.sweep()
    expect(attempts).toBe(3)
  })

  test('one refused recipient stops no mail to others', async () => {
    const people = Array.from({ length: 45 }, (_, at) => `p${at}@example.com`)
    for (const one of people) await site.subscribe(one, 'all')
    site.wait(1000)
    const before = site.mails.length
    const isRefused = (to: string) => ['p3@example.com', 'p20@example.com', address].includes(to)
    site.answer(({ to }) => (isRefused(to) ? refused('recipient', 550, '5.7.1') : { kind: 'accepted' }))
    await publish('un')
    await site.told()
    const told = site.mails.slice(before).map(({ to }) => to)
    expect(told.toSorted()).toEqual([...people, 'lea@example.com'].filter((to) => !isRefused(to)).toSorted())
  })

  const lostAtMail: Sent = {
    ...{ kind: 'lost', reason: 'the connection ended', isMaybeAccepted: false, isPermanent: false },
    isOfMail: true,
  }
  const lostAt = (...those: string[]) =>
    site.answer(({ to }) => (those.includes(to) ? lostAtMail : { kind: 'accepted' }))

  test('one recipient at whom connections end delays no mail to others', async () => {
    const people = Array.from({ length: 45 }, (_, at) => `p${at}@example.com`)
    for (const one of people) await site.subscribe(one, 'all')
    site.wait(1000)
    lostAt('p3@example.com', 'p20@example.com', address)
    for (const article of ['un', 'deux', 'trois']) {
      const before = site.mails.length
      await publish(article)
      await site.told()
      expect(site.mails.length - before, article).toBe(people.length - 1)
      for (let wait = 0; wait < 4; wait++) {
        site.wait(6 * hour)
        await site.sweep()
      }
    }
  })

  test('many recipients at whom connections end delay the others by a few cron runs at most', async () => {
    const bad = Array.from({ length: 25 }, (_, at) => `bad${at}@example.com`)
    const good = Array.from({ length: 25 }, (_, at) => `good${at}@example.com`)
    for (const one of [...bad, ...good]) await site.subscribe(one, 'all')
    site.wait(1000)
    lostAt(...bad, address, 'lea@example.com')
    for (const article of ['un', 'deux', 'trois']) {
      const before = site.mails.length
      await publish(article)
      await site.told()
      for (let run = 0; run < 15; run++) {
        site.wait(60_000)
        await site.sweep()
      }
      const told = site.mails.slice(before).map(({ to }) => to)
      expect(told.toSorted(), article).toEqual(good.toSorted())
      site.wait(7 * hour)
    }
  })

  test('a server at which all connections end gets three mails of each job, and then all of them, once', async () => {
    const people = Array.from({ length: 30 }, (_, at) => `p${at}@example.com`)
    for (const one of people) await site.subscribe(one, 'all')
    site.wait(1000)
    let attempts = 0
    site.answer(() => {
      attempts++
      return lostAtMail
    })
    await publish('un')
    await site.told()
    expect(attempts).toBe(2 * 3)
    const before = site.mails.length
    site.answer(() => ({ kind: 'accepted' }))
    site.wait(60_000)
    await site.sweep()
    site.wait(60_000)
    await site.sweep()
    expect(
      site.mails
        .slice(before)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual([...people, address, 'lea@example.com'].toSorted())
  })

  test('an address at which the connection ends keeps no digest from others', async () => {
    const people = ['max@example.com', 'zoe@example.com', 'noa@example.com']
    for (const one of people) await site.subscribe(one, 'all', 'daily')
    for (const one of [address, 'lea@example.com']) await site.notify.subscribers.erase(one, [])
    site.wait(1000)
    lostAt('max@example.com')
    const before = site.mails.length
    for (let day = 0; day < 4; day++) {
      await publish(`jour-${day}`)
      for (let run = 0; run < 24; run++) {
        site.wait(hour)
        await site.sweep()
      }
    }
    const told = site.mails.slice(before).map(({ to }) => to)
    expect(told.toSorted()).toEqual(['noa@example.com', 'zoe@example.com'].flatMap((to) => Array(4).fill(to)))
  })

  test('a mail is dropped after three days, but not before its second attempt', async () => {
    await site.notify.subscribers.erase('lea@example.com', [])
    site.answer(() => refused('recipient', 451, '4.7.1'))
    await publish('un')
    await site.notify.subscribers.settle()
    const waiting = async () => (await site.notify.subscribers.state()).waiting
    await env.DB.prepare('UPDATE notification SET since = since - ?1')
      .bind(72 * hour)
      .run()
    await site.sweep()
    expect([await waiting(), site.logged.filter((event) => event === 'mail-failed').length]).toEqual([1, 1])
    site.wait(hour)
    await site.sweep()
    expect([await waiting(), site.logged.filter((event) => event === 'mail-failed').length]).toEqual([0, 2])
  })

  test.for<[who: string, people: string[], expectedHolds: number]>([
    ['first', ['max@example.com', 'zoe@example.com'], 1],
    ['last', ['zoe@example.com', 'max@example.com'], 0],
  ])(
    'mails to one address that are refused after DATA hold those to others once at most, if it comes %s',
    async ([, people, expectedHolds]) => {
      for (const one of [address, 'lea@example.com']) await site.notify.subscribers.erase(one, [])
      for (const one of people) await site.subscribe(one, 'all')
      site.wait(1000)
      site.answer(({ to }) =>
        to === 'max@example.com' ? refused('other', 554, '5.7.1') : { kind: 'accepted' },
      )
      const before = site.mails.length
      for (let article = 0; article < 12; article++) {
        await publish(`article-${article}`)
        await site.told()
        for (let wait = 0; wait < 6; wait++) {
          site.wait(hour / 6)
          await site.sweep()
        }
        expect(site.mails.length - before, `article ${article}`).toBeGreaterThanOrEqual(
          article + 1 - expectedHolds,
        )
      }
      expect(site.mails.slice(before).map(({ to }) => to)).toEqual(Array(12).fill('zoe@example.com'))
      expect(site.logged.filter((event) => event === 'mail-held')).toHaveLength(expectedHolds)
    },
  )

  test('a quota that is used up in the middle of a job stops all mails with the next one', async () => {
    const people = Array.from({ length: 10 }, (_, at) => `p${at}@example.com`)
    for (const one of people) await site.subscribe(one, 'all')
    site.wait(1000)
    let attempts = 0
    site.answer(() => (++attempts > 4 ? refused('other', 550, '5.4.5') : { kind: 'accepted' }))
    await publish('un')
    await site.told()
    expect(attempts).toBe(6)
    expect((await site.notify.subscribers.state()).holds).toMatchObject([{ channel: 'email' }])
    site.answer(() => ({ kind: 'accepted' }))
    site.wait(hour + 1)
    await site.sweep()
    const told = site.mails.filter(({ headers }) => headers.Subject === 'Titre de un').map(({ to }) => to)
    expect(told.toSorted()).toEqual([...people, address, 'lea@example.com'].toSorted())
  })

  test('mails are sent in the order in which they are due', async () => {
    for (const one of ['p1', 'p2', 'p3']) await site.subscribe(`${one}@example.com`, 'all')
    site.wait(1000)
    await publish('un')
    await site.notify.subscribers.settle()
    await env.DB.prepare('UPDATE notification SET next = 100 - subscriber').run()
    const claimed = await site.notify.subscribers.claim('email', 3)
    expect(claimed.map(({ subscriber }) => subscriber.number)).toEqual([5, 4, 3])
  })

  test('a slow server gets each mail once', async () => {
    const people = Array.from({ length: 20 }, (_, at) => `p${at}@example.com`)
    for (const one of people) await site.subscribe(one, 'sections/monde')
    site.wait(1000)
    const before = site.mails.length
    site.answer(() => {
      site.wait(40_000)
      return { kind: 'accepted' }
    })
    await publish('un')
    await site.told()
    expect(
      site.mails
        .slice(before)
        .map(({ to }) => to)
        .toSorted(),
    ).toEqual([...people, address, 'lea@example.com'].toSorted())
  })

  test('an address that a stranger has given stops no mail, and its failure is shown', async () => {
    site.answer(({ to }) =>
      to === 'max@example.com' ? refused('recipient', 550, '5.7.1') : { kind: 'accepted' },
    )
    await site.send('/subscribe', { email: 'max@example.com', selection: 'all' })
    await publish('un')
    expect((await site.told()).sort()).toEqual([`${address} Titre de un`, 'lea@example.com Titre de un'])
    const { failedOptIns, holds } = await site.notify.subscribers.state()
    expect({ failedOptIns, holds }).toEqual({
      failedOptIns: [{ failure: '550 5.7.1', optIns: 1 }],
      holds: [],
    })
  })
})
