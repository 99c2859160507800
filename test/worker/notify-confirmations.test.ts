import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import type { Sent } from '../../src/notify/mail/transport.ts'
import { work } from '../../src/notify/work.ts'
import { repeated } from '../repeated.ts'
import { type Mail, type NotifySite, openNotify } from './notify-site.ts'
import { token } from './site.ts'

const minute = 60_000
let site: NotifySite

beforeEach(async () => {
  site = await openNotify({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
  await site.put('avant', { section: 'Monde', title: 'Avant' })
})

const accepted: Sent = { kind: 'accepted' }
const refused = (at: 'recipient' | 'other', code: number): Sent => ({ kind: 'refused', at, code, text: '' })
const lost = (isPermanent: boolean): Sent => ({
  ...{ kind: 'lost', reason: 'the connection failed', isMaybeAccepted: false, isPermanent },
})
const lostAtMail: Sent = {
  ...{ kind: 'lost', reason: 'the connection ended', isMaybeAccepted: false, isPermanent: false },
  isOfMail: true,
}

const addressOf = (at: number) => `p${at}@example.com`

/** Asks with some addresses, without doing the jobs. */
const ask = async (count: number) => {
  for (let at = 0; at < count; at++) await site.send('/subscribe', { email: addressOf(at), selection: 'all' })
  site.queue.length = 0
  site.queue.push({ kind: 'opt-in' })
}

const recipients = () => site.mails.map(({ to }) => to)

describe('a job that sends confirmations', () => {
  test.for<[what: string, answer: Sent, minutes: number]>([
    ['a refusal of the recipient', refused('recipient', 550), 0],
    ['a temporary refusal of the recipient', refused('recipient', 450), 0],
    ['a refusal after DATA', refused('other', 554), 0],
    ['a temporary refusal after DATA', refused('other', 451), 0],
    ['a connection that failed', lost(false), 1],
    ['a connection that ended at one mail', lostAtMail, 0],
    ['a refused login', lost(true), 61],
  ])('after %s, the others get theirs as soon as possible', async ([, answer, minutes]) => {
    await ask(5)
    let hasFailed = false
    site.answer(() => {
      if (hasFailed) return accepted
      hasFailed = true
      return answer
    })
    await site.drain()
    const others = [1, 2, 3, 4].map(addressOf)
    expect(recipients()).toEqual(minutes === 0 ? others : [])
    site.wait(minutes * minute + 1)
    await site.sweep()
    expect(recipients()).toEqual(expect.arrayContaining(others))
    expect(repeated(recipients())).toEqual([])
  })

  test('a new address that is refused after DATA every few minutes does not keep back the others', async () => {
    site.answer(({ to }) => (to.startsWith('max') ? refused('other', 554) : accepted))
    for (let at = 0; at < 5; at++) {
      await site.send('/subscribe', { email: `max${at}@example.com`, selection: 'all' })
      await site.send('/subscribe', { email: addressOf(at), selection: 'all' })
      await site.drain()
      expect(recipients(), addressOf(at)).toHaveLength(at + 1)
      site.wait(9 * minute)
      await site.sweep()
    }
  })

  test('addresses at which connections end, however many are new, do not keep back the others', async () => {
    site.answer(({ to }) => (to.startsWith('max') ? lostAtMail : accepted))
    let bad = 0
    const askBad = async () => {
      for (let at = 0; at < 4; at++)
        await site.send('/subscribe', { email: `max${bad++}@example.com`, selection: 'all' })
    }
    for (let at = 0; at < 5; at++) {
      await askBad()
      await site.send('/subscribe', { email: addressOf(at), selection: 'all' })
      await askBad()
      for (let run = 0; run < 4; run++) {
        await site.sweep()
        site.wait(minute)
      }
      expect(recipients(), addressOf(at)).toHaveLength(at + 1)
      site.wait(5 * minute)
    }
  })

  test('ends in time if the server is slow, so that each address gets one mail whose link works', async () => {
    await ask(30)
    let isNested = false
    site.answer(async () => {
      site.wait(35_000)
      if (isNested) return accepted
      isNested = true
      // Another job, which the cron run has queued.
      await work(site.notify, { kind: 'opt-in' })
      isNested = false
      return accepted
    })
    await site.drain()
    expect(recipients().toSorted()).toEqual(Array.from({ length: 30 }, (_, at) => addressOf(at)).toSorted())
    for (const { to, links } of site.mails) {
      const link = links.find((path) => path.startsWith('/subscriptions/')) ?? ''
      expect((await site.get(link)).status, to).toBe(200)
    }
  })

  test.for<[what: string, change: () => Promise<unknown>]>([
    [
      'was erased',
      () =>
        site.call('DELETE', '/api/subscriptions', JSON.stringify({ address: addressOf(3) }), {
          'Content-Type': 'application/json',
        }),
    ],
    ['has expired', () => env.DB.prepare('DELETE FROM opt_in WHERE address = ?1').bind(addressOf(3)).run()],
  ])('sends nothing of a request that %s while the job runs', async ([, change]) => {
    await ask(5)
    let changed: Promise<unknown> | undefined
    site.answer(async () => {
      changed ??= change()
      await changed
      return accepted
    })
    await site.drain()
    expect(recipients()).toEqual([0, 1, 2, 4].map(addressOf))
  })
})

describe('a confirmation whose answer is lost', () => {
  const maybe: Sent = { ...lostAtMail, isMaybeAccepted: true }
  const linkIn = ({ links }: Mail) => links.find((path) => path.startsWith('/subscriptions/')) ?? ''
  /** All mails that were submitted, whatever the answer. */
  let submitted: Mail[]
  const answerWith = (...answers: Sent[]) => {
    submitted = []
    site.answer((mail) => {
      submitted.push(mail)
      return answers[submitted.length - 1] ?? accepted
    })
  }
  const sweepFor = async (minutes: number) => {
    for (let at = 0; at < minutes; at += 5) {
      site.wait(5 * minute)
      await site.sweep()
    }
  }
  const subscribers = async () =>
    (await site.notify.subscribers.state()).choices.reduce((sum, { subscribers: count }) => sum + count, 0)

  beforeEach(async () => {
    answerWith(maybe)
    await ask(1)
    await site.drain()
  })

  test('may have arrived: its link works, and the mail is sent once more when the hour is over, as the same', async () => {
    await sweepFor(55)
    expect(submitted).toHaveLength(1)
    await sweepFor(10)
    expect(submitted).toHaveLength(2)
    const [first, second] = submitted.map(linkIn)
    expect(first).not.toBe(second)
    for (const link of [first, second]) expect((await site.get(link ?? '')).status, link).toBe(200)
    const ids = submitted.map(({ headers }) => headers['Message-ID'])
    expect(ids[0]).toBe(ids[1])
    await sweepFor(180)
    expect(submitted).toHaveLength(2)
  })

  test.for([0, 1])('is confirmed by the link of either mail: %i', async (which) => {
    await sweepFor(65)
    const links = submitted.map(linkIn)
    expect((await site.send(links[which] ?? '', '')).status).toBe(303)
    expect(await subscribers()).toBe(1)
    const again = await site.send(links[1 - which] ?? '', '')
    expect([again.status, await subscribers()]).toEqual([200, 1])
  })

  test('that was confirmed by the first link is not sent again', async () => {
    expect((await site.send(linkIn(submitted[0] as Mail), '')).status).toBe(303)
    await sweepFor(180)
    expect(submitted).toHaveLength(1)
    expect((await site.notify.subscribers.state()).failedOptIns).toEqual([])
  })

  test('at the second mail too is not sent again, and is shown as failed; both links work', async () => {
    const first = linkIn(submitted[0] as Mail)
    answerWith(maybe)
    await sweepFor(300)
    expect(submitted).toHaveLength(1)
    expect((await site.notify.subscribers.state()).failedOptIns).toMatchObject([{ optIns: 1 }])
    for (const link of [first, linkIn(submitted[0] as Mail)])
      expect((await site.get(link)).status, link).toBe(200)
  })

  test('counts as the mail of the hour, also for what else is asked for', async () => {
    await site.send('/subscribe', { email: addressOf(0), selection: 'sections/monde' })
    await site.drain()
    const times: number[] = []
    site.answer(() => {
      times.push(site.ports.clock())
      return accepted
    })
    const start = site.ports.clock()
    await sweepFor(200)
    expect(times.map((at) => Math.floor((at - start) / minute / 60))).toEqual([1, 2])
  })

  test('keeps its link if the second mail is refused for now', async () => {
    const first = linkIn(submitted[0] as Mail)
    answerWith(refused('recipient', 451))
    await sweepFor(60)
    expect(submitted).toHaveLength(1)
    expect((await site.get(first)).status).toBe(200)
    await sweepFor(10)
    for (const link of [first, linkIn(submitted[1] as Mail)])
      expect((await site.get(link)).status, link).toBe(200)
  })

  test('counts for MAIL_CAP at each time', async () => {
    await env.DB.prepare('DELETE FROM opt_in').run()
    site = await openNotify({ MAIL_CAP: '2' })
    await site.put('avant', { section: 'Monde' })
    answerWith(maybe)
    await ask(1)
    await site.drain()
    await sweepFor(65)
    expect(submitted).toHaveLength(2)
    for (const email of ['a@example.com', 'b@example.com'])
      await site.send('/subscribe', { email, selection: 'all' })
    await site.drain()
    expect(submitted.map(({ to }) => to)).toEqual([addressOf(0), addressOf(0), 'a@example.com'])
  })
})
