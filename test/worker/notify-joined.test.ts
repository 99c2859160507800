import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import {
  day,
  hour,
  kim,
  lea,
  minute,
  openTold,
  type Rhythm,
  second,
  type ToldSite,
  thursday,
} from './told-site.ts'

let site: ToldSite

beforeEach(async () => {
  site = await openTold()
})

describe('two subscriptions that become one', () => {
  test.each([
    [
      'a digest of another choice',
      [
        ['sections/monde', 'now'],
        ['sections/sports', 'daily'],
      ],
      [['tags/ponts', 'daily']],
    ],
    [
      'a more frequent digest',
      [
        ['sections/monde', 'now'],
        ['all', 'weekly'],
      ],
      [['sections/monde', 'daily']],
    ],
    ['the same choice', [['sections/monde', 'now']], [['sections/monde', 'now']]],
    ['no choice of its own', [['sections/monde', 'now']], [['sections/sports', 'now']]],
  ] as [string, Rhythm[], Rhythm[]][])(
    'tell once what waits for the former address: %s',
    async (_, its, others) => {
      const manage = await site.subscribe(kim, ...its)
      await site.subscribe(lea, ...others)
      site.refuse()
      await site.publish('x', { tags: ['Ponts'] })
      await site.tell()
      site.wait(2 * hour)
      await site.move(manage, lea)
      site.accept()
      await site.pass(10)
      expect(site.told()).toEqual([`${lea} x`])
    },
  )

  test.each([true, false])(
    'tell not again what the latter was told, with a digest: %s',
    async (hasDigest) => {
      const manage = await site.subscribe(kim, ['sections/monde', 'now'])
      await site.subscribe(lea, ['sections/monde', 'now'], ...(hasDigest ? [['all', 'daily'] as const] : []))
      site.answer(({ to, purpose }) =>
        to === lea || purpose === 'confirmation'
          ? { kind: 'accepted' }
          : { kind: 'refused', at: 'recipient', code: 451, status: '4.7.1', text: 'later' },
      )
      await site.publish('x')
      await site.tell()
      site.wait(2 * hour)
      await site.move(manage, lea)
      site.accept()
      await site.pass(4)
      expect(site.told()).toEqual([`${lea} x`])
    },
  )

  test.each(['x before the pause', 'x in the pause'])('go on if the latter was paused: %s', async (when) => {
    const manage = await site.subscribe(kim, ['sections/monde', 'now'])
    const other = await site.subscribe(lea, ['sections/monde', 'now'])
    const pause = () => site.send(other, { action: 'pause' })
    site.refuse()
    if (when === 'x in the pause') await pause()
    site.wait(minute)
    await site.publish('x')
    await site.tell()
    site.wait(minute)
    if (when === 'x before the pause') await pause()
    site.wait(2 * hour)
    await site.move(manage, lea)
    site.accept()
    await site.pass(4)
    expect(site.told()).toEqual([`${lea} x`])
  })

  test('tell what waits of an article that is dated by a day, from before the latter was made', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'now'])
    site.refuse()
    await site.publish('x', { published: '2024-06-19T12:00:00Z', dayOnly: ['published'] })
    await site.tell()
    site.wait(minute)
    await site.subscribe(lea, ['sections/monde', 'daily'])
    site.wait(2 * hour)
    await site.move(manage, lea)
    site.accept()
    await site.pass(4)
    expect(site.told()).toEqual([`${lea} x`])
  })

  test('have in no digest what may have arrived at the former address, and is tried again', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'now'])
    await site.subscribe(lea, ['all', 'daily'])
    const before = site.mails.length
    site.answer(() => ({ kind: 'lost', reason: 'no answer', isMaybeAccepted: true, isPermanent: false }))
    await site.publish('x')
    await site.tell()
    site.accept()
    site.wait(2 * hour)
    expect(await site.move(manage, lea)).toContain('/subscriptions/')
    await env.DB.prepare('UPDATE notification SET next = ?')
      .bind(thursday + hour)
      .run()
    site.at(thursday)
    await site.pass(3)
    const purposes = site.mails.slice(before).map(({ purpose }) => purpose)
    expect(purposes.filter((one) => one !== 'confirmation')).toEqual(['news'])
  })

  test('go on if the former was paused, with what it was owed', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'now'])
    await site.subscribe(lea, ['sections/sports', 'now'])
    site.refuse()
    await site.publish('x')
    await site.tell()
    await site.send(manage, { action: 'pause' })
    site.wait(2 * hour)
    await site.move(manage, lea)
    site.accept()
    await site.pass(10)
    expect(site.told()).toEqual([`${lea} x`])
  })

  test('have a daily digest of one day, if the former was paused', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'daily'])
    await site.subscribe(lea, ['sections/sports', 'now'])
    await site.send(manage, { action: 'pause' })
    for (let at = 0; at < 6; at++) {
      site.wait(day)
      await site.publish(`n${at}`)
      await site.sweep()
    }
    site.wait(2 * hour)
    await site.move(manage, lea)
    await site.pass(2)
    expect(site.told()).toEqual([`${lea} n5`])
  })

  test('are told in a browser whose other subscription was paused', async () => {
    const from = await site.subscribeIn('sections/monde')
    const into = await site.subscribeIn('sections/sports')
    await site.send(into.manage, { action: 'pause' })
    site.wait(second)
    const moved = await site.send('/push/subscriptions', { ...into.fields, former: from.endpoint })
    site.wait(second)
    await site.publish('x')
    await site.tell()
    expect([moved.status, await site.titles(into)]).toEqual([201, ['Titre de x']])
  })

  test('keep all consents of both', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'now'])
    site.wait(2 * hour)
    await site.send('/subscribe', { email: kim, selection: 'tags/ponts', when: 'now' })
    await site.drain()
    await site.send(site.link(), '')
    site.wait(hour)
    const other = await site.subscribe(lea, ['sections/sports', 'now'])
    site.wait(2 * hour)
    await site.move(manage, lea)
    const exported = await (await site.send(other, { action: 'export' })).json<{
      laterConsents: { at: string; choices: { selection: string }[] }[]
    }>()
    const consents = exported.laterConsents.map(({ choices }) => choices.map(({ selection }) => selection))
    expect(consents).toEqual([['sections/monde'], ['tags/ponts']])
    const instants = exported.laterConsents.map(({ at }) => at)
    expect(instants).toEqual(instants.toSorted())
  })

  test('can be ended by a link in a mail to the former address while they are told', async () => {
    const manage = await site.subscribe(kim, ['sections/monde', 'now'])
    await site.publish('x')
    await site.tell()
    const header = site.mails.at(-1)?.headers['List-Unsubscribe'] ?? ''
    const [, link = ''] = /<https:\/\/kiosque\.example([^>]+)>/.exec(header) ?? []
    await site.subscribe(lea, ['sections/sports', 'now'])
    site.wait(2 * hour)
    await site.move(manage, lea)
    site.wait(62 * day)
    await site.notify.subscribers.expire()
    await site.publish('y')
    const before = site.mails.length
    await site.tell()
    expect(site.mails.length - before).toBe(1)
    expect((await site.send(link, 'List-Unsubscribe=One-Click')).status).toBe(200)
    site.wait(62 * day)
    await site.notify.subscribers.expire()
    expect(await env.DB.prepare('SELECT count(*) AS left FROM subscriber').first()).toEqual({ left: 0 })
  })
})
