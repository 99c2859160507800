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
    ['within a day of the digest', async () => site.wait(22 * hour), 2],
    ['later', async () => site.wait(24 * hour), 1],
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
