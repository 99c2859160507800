import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Sent } from '../../src/notify/mail/transport.ts'
import { keepForChannels } from '../../src/notify/tell.ts'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000

let site: PushSite

beforeEach(async () => {
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example' }, Date.parse('2024-06-19T16:00:00Z'))
  await site.put('avant', { section: 'Monde', title: 'Avant' })
  site.wait(hour)
})

const publish = async (more: object = {}) => {
  await site.put('un', { section: 'Monde', title: 'Titre de un', ...more })
  site.wait(1000)
}

/** Lets as many hours pass, with a cron run every half hour, and returns the subjects of the mails that were sent. */
async function pass(hours: number): Promise<(string | undefined)[]> {
  const before = site.mails.length
  for (let passed = 0; passed < hours; passed += 0.5) {
    await site.sweep()
    site.wait(hour / 2)
  }
  return site.mails.slice(before).map(({ headers }) => headers.Subject)
}

const rows = async () => (await env.DB.prepare('SELECT event FROM notification').all()).results

const greylisted: Sent = { kind: 'refused', at: 'recipient', code: 451, text: '' }
const lost = (isPermanent: boolean): Sent => ({
  ...{ kind: 'lost', reason: 'the connection failed', isMaybeAccepted: false, isPermanent },
})

const failures: Record<string, Sent> = {
  'a temporary refusal': greylisted,
  'no connection': lost(false),
  'our own fault': lost(true),
}
const table = Object.entries(failures).flatMap(([what, answer]) =>
  (
    [
      [26, ['Titre de un']],
      [80, []],
    ] as const
  ).map(([hours, subjects]) => ({ what, answer, hours, subjects })),
)

describe('a mail that waits is sent when it can be, within three days', () => {
  test.for(table)('$what for $hours hours: $subjects', async ({ answer, hours, subjects }) => {
    await site.subscribe('kim@example.com', 'sections/monde')
    site.wait(1000)
    site.answer(() => answer)
    await publish()
    await pass(hours)
    site.answer(() => ({ kind: 'accepted' }))
    expect(await pass(8)).toEqual(subjects)
    expect(await rows()).toEqual([])
  })

  test('an article dated almost a day ago, and a server that refuses mails for some minutes', async () => {
    await site.subscribe('kim@example.com', 'sections/monde')
    site.wait(48 * hour)
    let attempts = 0
    site.answer(() => (++attempts <= 5 ? greylisted : { kind: 'accepted' }))
    await publish({ published: new Date(site.ports.clock() - 23.5 * hour).toISOString() })
    expect(await pass(4)).toEqual(['Titre de un'])
  })

  test.for<[hours: number, subjects: string[]]>([
    [30, ['Titre de un']],
    [71, ['Titre de un']],
    [74, []],
  ])('mail that is off for %i hours', async ([hours, subjects]) => {
    await site.subscribe('kim@example.com', 'sections/monde')
    site.wait(1000)
    await publish()
    for (let passed = 0; passed < hours; passed++) {
      await keepForChannels(site.notify)
      site.wait(hour)
    }
    expect(await pass(1)).toEqual(subjects)
    expect(await rows()).toEqual([])
  })

  test('what waited for more than three days because no mails were sent is dropped, and the log says so', async () => {
    await site.subscribe('kim@example.com', 'sections/monde')
    site.wait(1000)
    await publish()
    await site.notify.subscribers.settle()
    site.wait(73 * hour)
    expect(await pass(1)).toEqual([])
    expect(site.logged).toContain('mail-failed')
    expect(await rows()).toEqual([])
  })

  test.for<[what: string, change: () => Promise<unknown>]>([
    ['was withdrawn', () => site.call('DELETE', '/api/articles/un')],
    ['may not be syndicated', () => publish({ rights: { syndicate: 'none' } })],
    ['got an embargo', () => publish({ embargo: '2024-07-01T00:00:00Z' })],
  ])('but not if the article %s meanwhile', async ([, change]) => {
    await site.subscribe('kim@example.com', 'sections/monde')
    site.wait(1000)
    site.answer(() => greylisted)
    await publish()
    await pass(1)
    await change()
    site.answer(() => ({ kind: 'accepted' }))
    expect(await pass(8)).toEqual([])
    expect(await rows()).toEqual([])
  })

  test.for<[hours: number, subjects: string[]]>([
    [20, ['Titre de un']],
    [30, []],
  ])('a pause of %i hours', async ([hours, subjects]) => {
    const manage = await site.subscribe('kim@example.com', 'sections/monde')
    site.wait(1000)
    await publish()
    await site.send(manage, { action: 'pause' })
    site.wait(hours * hour)
    await site.send(manage, { action: 'resume' })
    expect(await pass(1)).toEqual(subjects)
  })
})

describe('what waits is kept for three days', () => {
  const refused: Sent = { kind: 'refused', at: 'recipient', code: 554, status: '5.7.1', text: 'no' }

  test.for([
    {
      what: 'a refusal of the recipient',
      isPaused: false,
      hours: 70,
      subjects: ['Correction\u00a0: Titre de un'],
    },
    { what: 'a refusal of the recipient', isPaused: false, hours: 80, subjects: [] },
    { what: 'a pause', isPaused: true, hours: 70, subjects: ['Correction\u00a0: Titre de un'] },
    { what: 'a pause', isPaused: true, hours: 80, subjects: [] },
  ])('a correction, after $what for $hours hours: $subjects', async ({ isPaused, hours, subjects }) => {
    await publish()
    const manage = await site.subscribe('kim@example.com', 'corrections/un')
    site.wait(1000)
    site.answer(() => refused)
    await publish({ note: 'Le nom du pont était faux.' })
    await pass(1)
    if (isPaused) await site.send(manage, { action: 'pause' })
    await pass(hours)
    expect(await rows()).toHaveLength(subjects.length)
    site.answer(() => ({ kind: 'accepted' }))
    if (isPaused) await site.send(manage, { action: 'resume' })
    expect(await pass(8)).toEqual(subjects)
    expect(await rows()).toEqual([])
  })

  test('an article that was dropped in a pause is in the digest of another choice', async () => {
    const chosen = { 'when.sections/monde': 'now', 'when.all': 'weekly' }
    const manage = await site.subscribe('kim@example.com', ['sections/monde', 'all'])
    await site.send(manage, { action: 'choose', selection: ['sections/monde', 'all'], ...chosen })
    site.wait(1000)
    site.answer(() => refused)
    await publish()
    await pass(1)
    await site.send(manage, { action: 'pause' })
    await pass(80)
    expect(await rows()).toEqual([])
    site.answer(() => ({ kind: 'accepted' }))
    await site.send(manage, { action: 'resume' })
    await pass(7 * 24)
    expect(site.mails.filter(({ links }) => links.includes('/articles/un'))).toHaveLength(1)
  })
})

describe('a message to a browser is told within a day of its save', () => {
  test.for<[what: string, hours: number, titles: string[]]>([
    ['an hour, although the article is dated almost a day ago', 1, ['Titre de un']],
    ['a day', 25, []],
  ])('after a push service that is busy for %s', async ([, hours, titles]) => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(48 * hour)
    site.answerPush(() => ({ status: 503, text: '' }))
    await publish({ published: new Date(site.ports.clock() - 23.5 * hour).toISOString() })
    await pass(hours)
    site.answerPush(() => ({ status: 201, text: '' }))
    await pass(1.5)
    const read = await Promise.all(site.pushes.map(({ body }) => one.read(body)))
    expect(read.map(({ notification }) => notification.title)).toEqual(titles)
    for (const { headers } of site.pushes) expect(Number(headers.TTL), 'TTL').toBeGreaterThan(20 * 3600)
    expect(await rows()).toEqual([])
  })
})
