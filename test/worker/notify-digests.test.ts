import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import { lastDigest } from '../../src/notify/digest-time.ts'
import { repeated } from '../repeated.ts'
import { type Mail, type NotifySite, openNotify } from './notify-site.ts'
import { sendLines } from './site.ts'

const minute = 60_000
const day = 86_400_000
const address = 'kim@example.com'

/** The articles to which a mail links. */
const articlesIn = (mail: Mail | undefined): string[] =>
  mail?.links.filter((path) => path.startsWith('/articles/')) ?? []

const time = { timeZone: 'America/Toronto', hour: 7, day: 'monday' } as const

describe('the last digest that is due', () => {
  test.each<[what: string, schedule: 'daily' | 'weekly', now: string, hour: number, due: string]>([
    ['before the hour', 'daily', '2024-06-19T10:59:59Z', 7, '2024-06-18T11:00:00Z'],
    ['at the hour', 'daily', '2024-06-19T11:00:00Z', 7, '2024-06-19T11:00:00Z'],
    ['the day before summer time', 'daily', '2024-03-09T12:30:00Z', 7, '2024-03-09T12:00:00Z'],
    ['the first day of summer time', 'daily', '2024-03-10T11:30:00Z', 7, '2024-03-10T11:00:00Z'],
    ['the last day of summer time', 'daily', '2024-11-02T11:30:00Z', 7, '2024-11-02T11:00:00Z'],
    ['the first day of winter time', 'daily', '2024-11-03T12:30:00Z', 7, '2024-11-03T12:00:00Z'],
    ['an hour that clocks skip', 'daily', '2024-03-10T07:30:00Z', 2, '2024-03-10T07:00:00Z'],
    ['an hour that clocks show twice', 'daily', '2024-11-03T06:30:00Z', 1, '2024-11-03T05:00:00Z'],
    ['a Monday', 'weekly', '2024-06-17T11:30:00Z', 7, '2024-06-17T11:00:00Z'],
    ['a Sunday', 'weekly', '2024-06-23T11:30:00Z', 7, '2024-06-17T11:00:00Z'],
    ['a Monday before the hour', 'weekly', '2024-06-24T10:30:00Z', 7, '2024-06-17T11:00:00Z'],
    ['a week with a change of clocks', 'weekly', '2024-03-17T12:00:00Z', 7, '2024-03-11T11:00:00Z'],
  ])('on %s, %s', (_, schedule, now, hour, due) => {
    expect(new Date(lastDigest(schedule, Date.parse(now), { ...time, hour })).toISOString()).toBe(
      due.replace('Z', '.000Z'),
    )
  })

  test('there is one for each day of a year, in order', () => {
    const begun = new Set<number>()
    for (
      let at = Date.parse('2024-01-01T12:30:00Z');
      at < Date.parse('2024-12-31T12:30:00Z');
      at += 30 * minute
    )
      begun.add(lastDigest('daily', at, time))
    expect(begun.size).toBe(366)
    expect([...begun]).toEqual([...begun].toSorted())
  })
})

describe('a digest', () => {
  let site: NotifySite

  beforeEach(async () => {
    site = await openNotify({}, Date.parse('2024-06-19T16:00:00Z'))
    await site.put('avant', { section: 'Monde', title: 'Avant' })
    site.wait(minute)
  })

  const publish = async (slug: string, more: object = {}) => {
    await site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more })
    site.wait(minute)
  }

  /** Runs cron as at this instant, several times, and returns the digests that were sent. */
  async function sentAt(instant: string) {
    const before = site.mails.length
    site.at(instant)
    for (let times = 0; times < 3; times++) {
      await site.sweep()
      site.wait(minute)
    }
    return site.mails.slice(before)
  }

  test('is sent once, at the local hour, with what is new in the selection', async () => {
    await site.subscribe(address, 'sections/monde', 'daily')
    site.wait(minute)
    await publish('un')
    await publish('deux')
    await publish('ailleurs', { section: 'Sports' })
    expect(await site.told()).toEqual([])
    expect(await sentAt('2024-06-20T10:59:00Z')).toHaveLength(1)
    const [digest] = site.mails.slice(-1)
    expect(digest).toMatchObject({ to: address, purpose: 'digest' })
    expect(digest?.headers['List-Id']).toMatch(/<daily\.kiosque\.example>$/)
    const articles = digest?.links.filter((path) => path.startsWith('/articles/'))
    expect(articles).toEqual(['/articles/deux', '/articles/un'])
    // Nothing new, nothing sent; and what the last one had is not in the next one.
    expect(await sentAt('2024-06-21T11:00:00Z')).toEqual([])
    await publish('trois')
    const [next] = await sentAt('2024-06-22T11:00:00Z')
    expect(next?.links.filter((path) => path.startsWith('/articles/'))).toEqual(['/articles/trois'])
  })

  test('has an article in the next one that was saved after the last one, with an earlier date', async () => {
    await site.subscribe(address, 'all', 'daily')
    site.wait(minute)
    await publish('un')
    expect(await sentAt('2024-06-20T11:00:00Z')).toHaveLength(1)
    site.at('2024-06-20T11:10:00Z')
    await publish('deux', { published: '2024-06-20T10:50:00Z' })
    const [next] = await sentAt('2024-06-21T11:00:00Z')
    expect(next?.links.filter((path) => path.startsWith('/articles/'))).toEqual(['/articles/deux'])
  })

  test('has neither what an import brought, nor what is older than a day or than the subscription', async () => {
    await publish('avant-hier', { published: '2024-06-19T15:00:00Z' })
    await site.subscribe(address, 'all', 'daily')
    site.wait(minute)
    await sendLines(site, '/api/articles', [{ slug: 'importe', title: 'T', import: { run: 1 } }])
    await publish('importe', { title: 'Une édition d’un article importé' })
    await publish('plus-tot', { published: '2024-06-19T15:30:00Z' })
    expect(await sentAt('2024-06-20T11:00:00Z')).toEqual([])
    site.at('2024-06-20T12:00:00Z')
    await publish('vieux', { published: '2024-06-19T11:59:00Z' })
    expect(await sentAt('2024-06-21T11:00:00Z')).toEqual([])
  })

  test('leaves out what was withdrawn since, and is not sent for that alone', async () => {
    await site.subscribe(address, 'all', 'daily')
    site.wait(minute)
    await publish('un')
    await site.call('DELETE', '/api/articles/un')
    expect(await sentAt('2024-06-20T11:00:00Z')).toEqual([])
  })

  test('that could not be sent is dropped when its successor is due, which has its articles', async () => {
    await site.subscribe(address, 'all', 'daily')
    site.wait(minute)
    await publish('un')
    site.answer(() => ({ kind: 'refused', at: 'other', code: 451, text: '' }))
    expect(await sentAt('2024-06-20T11:00:00Z')).toEqual([])
    await publish('deux')
    site.answer(() => ({ kind: 'accepted' }))
    const sent = await sentAt('2024-06-21T11:00:00Z')
    expect(sent).toHaveLength(1)
    expect(sent[0]?.links.filter((path) => path.startsWith('/articles/'))).toEqual([
      '/articles/deux',
      '/articles/un',
    ])
  })

  test('is sent once although 20 jobs are killed', async () => {
    const people = Array.from({ length: 30 }, (_, at) => `p${at}@example.com`)
    for (const one of people) await site.subscribe(one, 'all', 'weekly')
    site.wait(minute)
    await publish('un')
    let tries = 0
    site.answer(() => {
      tries++
      if (tries % 2 === 0 && tries <= 40) throw new Error('killed')
      return { kind: 'accepted' }
    })
    const before = site.mails.length
    let kills = 0
    site.at('2024-06-24T11:00:00Z')
    for (let run = 0; run < 60; run++) {
      await site.sweep().catch(() => kills++)
      site.queue.length = 0
      site.wait(11 * minute)
    }
    expect(kills).toBe(20)
    const sent = site.mails.slice(before)
    expect(sent.map(({ to }) => to).toSorted()).toEqual(people.toSorted())
    expect(repeated(sent.map(({ headers }) => headers['Message-ID'] ?? ''))).toEqual([])
  })

  test('has the same Message-ID if it is sent again, because the answer of the server was lost', async () => {
    await site.subscribe(address, 'all', 'daily')
    site.wait(minute)
    await publish('un')
    const ids: (string | undefined)[] = []
    site.answer(({ headers }) => {
      ids.push(headers['Message-ID'])
      if (ids.length > 1) return { kind: 'accepted' }
      return { kind: 'lost', reason: 'no answer', isMaybeAccepted: true, isPermanent: false }
    })
    await sentAt('2024-06-20T11:00:00Z')
    await sentAt('2024-06-20T11:30:00Z')
    expect(ids).toHaveLength(2)
    expect(ids[0]).toBe(ids[1])
  })

  test('of a subscriber who has paused has what came since the last one was due', async () => {
    const manage = await site.subscribe(address, 'all', 'weekly')
    site.wait(minute)
    await site.send(manage, { action: 'pause' })
    site.wait(minute)
    await publish('un')
    expect(await sentAt('2024-06-24T11:00:00Z')).toEqual([])
    site.wait(minute)
    await publish('deux')
    site.wait(day)
    await site.send(manage, { action: 'resume' })
    await publish('trois')
    const [digest] = await sentAt('2024-07-01T11:00:00Z')
    expect(articlesIn(digest)).toEqual(['/articles/trois', '/articles/deux'])
  })

  test('is one of a day also after a pause that a new confirmation ends', async () => {
    const manage = await site.subscribe(address, 'all', 'daily')
    site.wait(minute)
    await site.send(manage, { action: 'pause' })
    for (const slug of ['un', 'deux', 'trois']) {
      site.wait(day)
      await publish(slug)
    }
    expect(await site.subscribe(address, 'sections/monde', 'daily')).toBe(manage)
    site.wait(minute)
    await publish('quatre')
    const [digest, ...others] = await sentAt('2024-06-23T11:00:00Z')
    expect(articlesIn(digest)).toEqual(['/articles/quatre', '/articles/trois'])
    expect(others).toEqual([])
  })

  describe('who changes from a digest to at once', () => {
    const change = (manage: string, when: string) => site.reschedule(manage, 'all', when)

    /** The articles of the mails that are sent from now on, mail by mail. */
    const told = async (send: () => Promise<unknown>): Promise<string[][]> => {
      const before = site.mails.length
      await send()
      return site.mails.slice(before).map((mail) => articlesIn(mail))
    }

    // The digests that were due before are begun, so that no regular one has what waits.
    beforeEach(() => site.sweep())

    test.each(['daily', 'weekly'])(
      'gets what waits for the %s one in a last one, and nothing twice',
      async (when) => {
        const manage = await site.subscribe(address, 'all', when)
        site.wait(minute)
        await publish('un')
        await publish('deux')
        await site.told()
        site.wait(minute)
        await change(manage, 'now')
        site.wait(minute)
        await publish('trois')
        const mails = await told(() => site.sweep())
        expect(mails.toSorted()).toEqual([['/articles/deux', '/articles/un'], ['/articles/trois']])
        expect(await told(() => sentAt('2024-06-24T11:00:00Z'))).toEqual([])
        site.wait(minute)
        await publish('quatre')
        expect(await told(() => site.told())).toEqual([['/articles/quatre']])
      },
    )

    test('gets no last digest if nothing waits, and is not one of those with a digest any more', async () => {
      const manage = await site.subscribe(address, 'all', 'daily')
      site.wait(minute)
      await change(manage, 'now')
      expect(await told(() => site.sweep())).toEqual([])
      const { results } = await env.DB.prepare('SELECT * FROM rest').all()
      expect(results).toEqual([])
    })

    test('gets what waits with the next digest if the last one cannot be sent before', async () => {
      const manage = await site.subscribe(address, 'all', 'daily')
      site.wait(minute)
      await publish('un')
      site.wait(minute)
      await change(manage, 'now')
      site.answer(() => ({
        kind: 'lost',
        reason: 'no connection',
        isMaybeAccepted: false,
        isPermanent: false,
      }))
      await site.sweep()
      site.at('2024-06-20T11:00:00Z')
      await site.sweep()
      site.answer(() => ({ kind: 'accepted' }))
      site.wait(day / 2)
      expect(await told(() => site.sweep())).toEqual([['/articles/un']])
    })

    test('and back to the digest loses nothing', async () => {
      const manage = await site.subscribe(address, 'all', 'daily')
      site.wait(minute)
      await publish('un')
      site.wait(minute)
      await change(manage, 'now')
      await change(manage, 'daily')
      expect((await told(() => sentAt('2024-06-20T11:00:00Z'))).flat()).toEqual(['/articles/un'])
    })

    test('and pauses gets nothing of it', async () => {
      const manage = await site.subscribe(address, 'all', 'daily')
      site.wait(minute)
      await publish('un')
      site.wait(minute)
      await change(manage, 'now')
      await site.send(manage, { action: 'pause' })
      expect(await told(() => site.sweep())).toEqual([])
    })
  })
})
