import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { TestBrowser } from './push-browser.ts'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000
const day = 24 * hour
const digestHour = Date.parse('2024-06-20T11:00:00Z')
let site: PushSite

beforeEach(async () => {
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example' }, Date.parse('2024-06-19T16:00:00Z'))
  await site.put('avant', { section: 'Monde', title: 'Avant' })
  site.wait(hour)
})

const publish = async (slug: string, more: object = {}) => {
  await site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, ...more })
  site.wait(1000)
}

const withdraw = (slug: string) => site.call('DELETE', `/api/articles/${slug}`)

/** What a browser has got since the site was opened: of each message the tag, the topic, the title and the text. */
const messagesFor = ({ endpoint, read }: TestBrowser) =>
  Promise.all(
    site.pushes
      .filter((pushed) => pushed.endpoint === endpoint)
      .map(async ({ body, headers }) => {
        const { title, body: text, tag } = (await read(body)).notification
        return { tag, topic: headers.Topic, title, text }
      }),
  )

const tell = async () => {
  site.queue.push({ kind: 'tell' })
  await site.drain()
}

/** Sends the digest that is due in the morning, or, on Mondays, the weekly one. */
const sendDigest = async (at = digestHour) => {
  site.at(at)
  await site.sweep()
  site.wait(hour)
}

const rows = async () => (await env.DB.prepare('SELECT event FROM notification').all()).results

describe('an article of a digest that a browser shows is withdrawn', () => {
  test.for<[what: string, schedule: 'daily' | 'weekly', at: number]>([
    ['daily', 'daily', digestHour],
    ['weekly', 'weekly', Date.parse('2024-06-24T11:00:00Z')],
  ])('and the %s one is replaced by one without it, then by the withdrawal', async ([, schedule, at]) => {
    const one = await site.subscribeIn('sections/monde', schedule)
    site.wait(1000)
    await publish('un')
    await publish('deux')
    await sendDigest(at)
    await withdraw('un')
    await tell()
    await tell()
    await withdraw('deux')
    await tell()
    const [digest, without, withdrawn, ...more] = await messagesFor(one)
    expect(more).toEqual([])
    expect(digest?.text).toBe('Titre de deux\nTitre de un')
    const exported = await site.send(one.manage, { action: 'export' })
    expect(await exported.json()).toMatchObject({ digestsShown: [{ schedule, articles: [] }] })
    expect(without).toMatchObject({ tag: digest?.tag, topic: digest?.topic, text: 'Titre de deux' })
    expect(withdrawn).toMatchObject({ tag: digest?.tag, topic: digest?.topic, title: 'Article retiré' })
    expect(withdrawn?.text).not.toContain('Titre')
    expect(await rows()).toEqual([])
  })

  test('by itself, because it has expired', async () => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un', { expires: new Date(digestHour + 2 * hour).toISOString() })
    await publish('deux')
    await sendDigest()
    site.wait(2 * hour)
    await site.ports.store.release()
    await tell()
    expect((await messagesFor(one)).map(({ text }) => text)).toEqual([
      'Titre de deux\nTitre de un',
      'Titre de deux',
    ])
  })

  test.for<
    [what: string, change: (one: TestBrowser & { manage: string }) => Promise<unknown>, messages: number]
  >([
    ['after the browser has paused', ({ manage }) => site.send(manage, { action: 'pause' }), 1],
    [
      'after it has chosen to be told at once',
      async ({ manage }) => site.send(manage, { action: 'choose', selection: 'sections/monde', when: 'now' }),
      2,
    ],
    ['after it has ended', ({ manage }) => site.send(manage, { action: 'end' }), 1],
  ])('%s', async ([, change, messages]) => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un')
    await publish('deux')
    await sendDigest()
    await change(one)
    await withdraw('un')
    await tell()
    expect(await messagesFor(one)).toHaveLength(messages)
  })

  type Told = { schedule: 'daily' | 'weekly'; hours: number; what: string; kept?: number }
  test.for<Told>([
    { schedule: 'daily', hours: 1, what: 'is replaced', kept: 24 },
    { schedule: 'daily', hours: 47, what: 'is replaced', kept: 24 },
    { schedule: 'daily', hours: 48, what: 'stays' },
    { schedule: 'weekly', hours: 1, what: 'is replaced', kept: 71 },
    { schedule: 'weekly', hours: 60, what: 'is replaced', kept: 24 },
    { schedule: 'weekly', hours: 95, what: 'is replaced', kept: 24 },
    { schedule: 'weekly', hours: 96, what: 'stays' },
  ])('$hours hours after the $schedule one, which $what', async ({ schedule, hours, kept }) => {
    const one = await site.subscribeIn('sections/monde', schedule)
    site.wait(1000)
    await publish('un')
    await publish('deux')
    await publish('trois')
    await sendDigest(schedule === 'daily' ? digestHour : Date.parse('2024-06-24T11:00:00Z'))
    site.wait((hours - 1) * hour)
    await withdraw('un')
    await tell()
    const digest = 'Titre de trois\nTitre de deux\nTitre de un'
    const without = kept ? ['Titre de trois\nTitre de deux'] : []
    expect((await messagesFor(one)).map(({ text }) => text)).toEqual([digest, ...without])
    if (kept) expect(site.pushes.at(-1)?.headers.TTL).toBe(String(kept * 3600))
    // The push service may deliver the second message later than it would have delivered the first.
    site.wait(hours * hour)
    await withdraw('deux')
    await tell()
    expect((await messagesFor(one)).slice(2).map(({ text }) => text)).toEqual(kept ? ['Titre de trois'] : [])
  })

  test('and published again before the message is sent: nothing is sent', async () => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un')
    await sendDigest()
    await withdraw('un')
    await site.notify.subscribers.settle()
    await publish('un', { status: 'published' })
    await tell()
    expect(await messagesFor(one)).toHaveLength(1)
    expect(await rows()).toEqual([])
  })

  test.for<[what: string, answer: { status: number; text: string } | { fault: string }, last: string[]]>([
    ['is taken', { status: 201, text: '' }, ['Article retiré']],
    ['gets no answer', { fault: 'took too long' }, ['Article retiré']],
    ['is refused for now', { status: 503, text: '' }, []],
  ])('while the digest is sent, which %s', async ([, answer, last]) => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un')
    let isFirst = true
    site.answerPush(async () => {
      if (!isFirst) return { status: 201, text: '' }
      isFirst = false
      await withdraw('un')
      await site.notify.subscribers.settle()
      return answer
    })
    await sendDigest()
    for (let times = 0; times < 3; times++) {
      await site.sweep()
      site.wait(hour)
    }
    const titles = (await messagesFor(one)).map(({ title }) => title)
    expect(titles.slice('status' in answer && answer.status === 201 ? 1 : 0)).toEqual(last)
    expect(await rows()).toEqual([])
  })

  test('a browser that got another digest since is told nothing of the former one', async () => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un')
    await sendDigest()
    await publish('deux')
    await sendDigest(digestHour + day)
    await withdraw('un')
    await tell()
    expect(await messagesFor(one)).toHaveLength(2)
  })

  test('nobody else is told: neither by mail nor a browser that did not get it', async () => {
    await site.subscribe('kim@example.com', 'sections/monde', 'daily')
    await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un')
    await sendDigest()
    const late = await site.subscribeIn('sections/monde', 'daily')
    const before = site.mails.length
    await withdraw('un')
    await tell()
    expect(site.mails).toHaveLength(before)
    expect(await messagesFor(late)).toEqual([])
  })
})

describe('an article of which browsers were told at once is withdrawn', () => {
  const withdrawn = 'Article retiré'
  const titlesFor = async (one: TestBrowser) => (await messagesFor(one)).map(({ title }) => title)

  type Change = (one: TestBrowser & { manage: string }) => Promise<unknown>
  test.for<[what: string, change: Change, titles: string[]]>([
    ['nothing', async () => {}, ['Titre de un', withdrawn]],
    ['the section of the article', () => publish('un', { section: 'Sports' }), ['Titre de un', withdrawn]],
    ['the tags of the article', () => publish('un', { tags: [] }), ['Titre de un', withdrawn]],
    [
      'the rhythm',
      ({ manage }) => site.reschedule(manage, 'sections/monde', 'daily'),
      ['Titre de un', withdrawn],
    ],
    [
      'the choice',
      ({ manage }) => site.send(manage, { action: 'choose', selection: 'tags/ponts' }),
      ['Titre de un', withdrawn],
    ],
    [
      'the name of the section',
      () => site.call('PUT', '/api/sections/monde', { name: 'International' }),
      ['Titre de un', withdrawn],
    ],
    ['the state, to a pause', ({ manage }) => site.send(manage, { action: 'pause' }), ['Titre de un']],
    ['the state, to the end', ({ manage }) => site.send(manage, { action: 'end' }), ['Titre de un']],
    ['the time, by almost two days', async () => site.wait(2 * day - hour), ['Titre de un', withdrawn]],
    ['the time, by two days', async () => site.wait(2 * day), ['Titre de un']],
  ])('after %s changed', async ([, change, titles]) => {
    await publish('autre', { section: 'Sports', tags: ['ponts'] })
    const one = await site.subscribeIn('sections/monde')
    const other = await site.subscribeIn('sections/sports')
    site.wait(day)
    // What counts is not the date, which is almost a day ago, but the instant of the message.
    const published = new Date(site.ports.clock() - 23 * hour).toISOString()
    await publish('un', { published, tags: ['ponts'] })
    await tell()
    await change(one)
    await tell()
    await withdraw('un')
    await tell()
    await tell()
    expect(await titlesFor(one)).toEqual(titles)
    expect(await titlesFor(other)).toEqual([])
    site.wait(2 * day)
    await site.sweep()
    expect(await rows()).toEqual([])
    expect((await env.DB.prepare('SELECT * FROM shown_article').all()).results).toEqual([])
  })

  test.for<[what: string, change: () => Promise<unknown>, selection: string]>([
    ['has chosen only the corrections of the article', async () => {}, 'corrections/un'],
    [
      'has chosen a section that the article has now',
      () => publish('un', { section: 'Sports' }),
      'sections/sports',
    ],
    [
      'has chosen the section with which that of the article was merged',
      () => site.call('PUT', '/api/sections/monde', { name: 'Sports' }),
      'sections/sports',
    ],
  ])('a browser that was not told of it is told nothing: it %s', async ([, change, selection]) => {
    await publish('autre', { section: 'Sports' })
    await site.subscribeIn('sections/monde')
    const before = await site.subscribeIn(selection === 'corrections/un' ? 'sections/sports' : selection)
    site.wait(1000)
    await publish('un')
    await tell()
    const after = await site.subscribeIn(selection)
    site.wait(1000)
    await change()
    await tell()
    await withdraw('un')
    await tell()
    expect([await titlesFor(before), await titlesFor(after)]).toEqual([[], []])
  })

  test('before the job after its save: nobody is told anything', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await withdraw('un')
    await tell()
    await tell()
    expect(await titlesFor(one)).toEqual([])
    expect(await rows()).toEqual([])
  })

  test('a browser that was told only of its correction is told', async () => {
    const one = await site.subscribeIn('corrections/avant')
    site.wait(1000)
    await publish('avant', { note: 'Le nom du pont était faux.' })
    await tell()
    await withdraw('avant')
    await tell()
    expect(await titlesFor(one)).toEqual([expect.stringMatching(/^Correction/), withdrawn])
  })

  test('twice: the second time, no browser shows it any more', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await tell()
    await withdraw('un')
    await tell()
    await publish('un', { status: 'published' })
    await tell()
    await withdraw('un')
    await tell()
    expect(await titlesFor(one)).toEqual(['Titre de un', withdrawn])
  })

  test('and published again before the message is sent: nothing is sent, but if it is withdrawn again', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await tell()
    await withdraw('un')
    await site.notify.subscribers.settle()
    await publish('un', { status: 'published' })
    await tell()
    expect(await titlesFor(one)).toEqual(['Titre de un'])
    await withdraw('un')
    await tell()
    expect(await titlesFor(one)).toEqual(['Titre de un', withdrawn])
  })

  test('a digest that a job may have sent before it was killed is taken back, if nothing of it is left', async () => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.wait(1000)
    await publish('un')
    await tell()
    site.at(digestHour)
    await site.notify.subscribers.settleDigest('daily', digestHour)
    await env.DB.prepare('UPDATE notification SET reached = 1').run()
    await withdraw('un')
    await tell()
    await site.sweep()
    expect(await titlesFor(one)).toEqual([withdrawn])
  })

  test('a push service that takes nothing for more than a day gets the withdrawal then', async () => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    await tell()
    site.answerPush(() => ({ status: 503, text: '' }))
    await withdraw('un')
    for (let hours = 0; hours < 30; hours++) {
      await site.sweep()
      site.wait(hour)
    }
    site.answerPush(() => ({ status: 201, text: '' }))
    await site.sweep()
    expect(await titlesFor(one)).toEqual(['Titre de un', withdrawn])
  })

  type Answer = { status: number; text: string } | { fault: string } | 'killed'
  const answers: [what: string, answer: Answer, isShown: boolean][] = [
    ['is taken', { status: 201, text: '' }, true],
    ['gets no answer', { fault: 'took too long' }, true],
    ['is refused for now', { status: 503, text: '' }, false],
    ['is sent by a job that is killed', 'killed', true],
  ]
  const moments = ['while', 'after'] as const
  test.for(
    answers.flatMap(([what, answer, isShown]) =>
      moments.map((moment) => ({ moment, what, answer, isShown })),
    ),
  )('$moment its message $what', async ({ moment, answer, isShown }) => {
    const one = await site.subscribeIn('sections/monde')
    site.wait(1000)
    await publish('un')
    let isFirst = true
    site.answerPush(async () => {
      if (!isFirst) return { status: 201, text: '' }
      isFirst = false
      if (moment === 'while') {
        await withdraw('un')
        await site.notify.subscribers.settle()
      }
      if (answer !== 'killed') return answer
      const { recordAll } = site.notify.subscribers
      site.notify.subscribers.recordAll = async () => {
        site.notify.subscribers.recordAll = recordAll
        throw new Error('killed')
      }
      return { status: 201, text: '' }
    })
    await tell().catch(() => {})
    if (moment === 'after') await withdraw('un')
    for (let times = 0; times < 4; times++) {
      await site.sweep()
      site.wait(hour / 2)
    }
    const titles = await titlesFor(one)
    expect(titles.filter((title) => title === withdrawn)).toEqual(isShown ? [withdrawn] : [])
    expect(titles.at(-1) ?? withdrawn).toBe(withdrawn)
    expect(await rows()).toEqual([])
  })
})

test.for<[what: string, change: (manage: string) => Promise<unknown>]>([
  ['the section of the article', () => publish('un', { section: 'Sports' })],
  [
    'the choice of the browser',
    (manage) => site.send(manage, { action: 'choose', selection: 'tags/ponts', 'when.tags/ponts': 'daily' }),
  ],
])('a digest loses an article that is withdrawn after %s changed', async ([, change]) => {
  await publish('autre', { section: 'Sports', tags: ['ponts'] })
  const one = await site.subscribeIn(['sections/monde', 'tags/ponts'], 'daily')
  site.wait(1000)
  await publish('un')
  await publish('deux')
  await sendDigest()
  await change(one.manage)
  await withdraw('un')
  await tell()
  expect((await messagesFor(one)).map(({ text }) => text)).toEqual([
    'Titre de deux\nTitre de un',
    'Titre de deux',
  ])
})
