import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { TestBrowser } from './push-browser.ts'
import { openPush, type PushSite } from './push-site.ts'

const hour = 3_600_000
let site: PushSite

beforeEach(async () => {
  site = await openPush({ SITE_CONTACT: 'flux@kiosque.example' })
  await site.put('avant', { section: 'Monde', title: 'Avant' })
  site.wait(hour)
})

type Subscribed = TestBrowser & { manage: string }

const publish = (slug: string, more: object = {}) =>
  site.put(slug, { section: 'Monde', title: `Titre de ${slug}`, text: 'Les premiers mots.', ...more })

const told = async () => {
  site.queue.push({ kind: 'tell' })
  await site.drain()
}

const subscribe = async (count: number): Promise<Subscribed[]> => {
  const browsers: Subscribed[] = []
  for (let at = 0; at < count; at++) browsers.push(await site.subscribeIn('sections/monde'))
  site.wait(1000)
  return browsers
}

/** The titles of the messages that a push service has accepted for an endpoint. */
const titlesFor = ({ endpoint, read }: TestBrowser, at = endpoint) =>
  Promise.all(
    site.pushes
      .filter((pushed) => pushed.endpoint === at)
      .map(async ({ body }) => (await read(body)).notification.title),
  )

/** Does something while the first messages of a job are on their way, before any of them is answered. */
const whileSending = (change: () => Promise<unknown>) => {
  let changed: Promise<unknown> | undefined
  site.answerPush(async () => {
    changed ??= change()
    await changed
    return { status: 201, text: '' }
  })
}

describe('what changes while a job sends counts for each message that is sent after it', () => {
  test.for<[what: string, change: (last: Subscribed) => Promise<unknown>, expected: string[]]>([
    ['nothing changes', async () => {}, ['Titre de un']],
    ['the article was withdrawn', () => site.call('DELETE', '/api/articles/un'), []],
    [
      'the article got an embargo',
      () => publish('un', { embargo: new Date(site.ports.clock() + hour).toISOString() }),
      [],
    ],
    ['the article may not be syndicated', () => publish('un', { rights: { syndicate: 'none' } }), []],
    ['the article got another title', () => publish('un', { title: 'Un autre titre' }), ['Un autre titre']],
    ['the browser was erased', ({ manage }) => site.send(manage, { action: 'erase' }), []],
    ['the browser has paused', ({ manage }) => site.send(manage, { action: 'pause' }), []],
    [
      'the browser chose something else',
      ({ manage }) => site.send(manage, { action: 'choose', selection: 'corrections/avant' }),
      [],
    ],
  ])('%s', async ([, change, expected]) => {
    const browsers = await subscribe(12)
    const last = browsers.at(-1) as Subscribed
    await publish('un')
    whileSending(() => change(last))
    await told()
    expect(await titlesFor(last)).toEqual(expected)
  })

  test('the browser has another endpoint, which gets the message', async () => {
    const last = (await subscribe(12)).at(-1) as Subscribed
    await publish('un')
    const moved = await site.browser()
    whileSending(() => site.send('/push/subscriptions', { ...moved.fields, former: last.endpoint }))
    await told()
    expect([await titlesFor(last), await titlesFor(moved)]).toEqual([[], ['Titre de un']])
  })
})

describe('a browser that moves while its message is on its way', () => {
  /** Moves the browser when its message arrives, which its push service then answers with `status`. */
  const moveAt = async (former: Subscribed, status: number) => {
    const moved = await site.browser()
    site.answerPush(async ({ endpoint }) => {
      if (endpoint !== former.endpoint) return { status: 201, text: '' }
      await site.send('/push/subscriptions', { ...moved.fields, former: former.endpoint })
      return { status, text: '' }
    })
    return moved
  }
  const row = () =>
    env.DB.prepare('SELECT state, address, told, failure FROM subscriber WHERE number = 1').first()

  test.for<[status: number, first: string[]]>([
    [201, []],
    [410, ['Titre de un']],
    [404, ['Titre de un']],
    [400, []],
    [403, []],
  ])('keeps its subscription, whatever the former endpoint answers: %i', async ([status, first]) => {
    const [one] = (await subscribe(1)) as [Subscribed]
    await publish('un')
    const moved = await moveAt(one, status)
    await told()
    expect(await row()).toEqual({ state: 'active', address: moved.endpoint, told: null, failure: null })
    await told()
    expect(await titlesFor(moved)).toEqual(first)
    site.wait(1000)
    await publish('deux')
    await told()
    expect(await titlesFor(moved)).toEqual([...first, 'Titre de deux'])
  })

  test('does not count as one that accepted messages, so that a stranger cannot hold the channel by it', async () => {
    const [stranger, one] = (await subscribe(2)) as [Subscribed, Subscribed]
    await publish('un')
    const moved = await moveAt(stranger, 201)
    await told()
    site.answerPush(({ endpoint }) => ({ status: endpoint === moved.endpoint ? 403 : 201, text: '' }))
    site.wait(1000)
    await publish('deux')
    await told()
    expect((await site.notify.subscribers.state()).holds).toEqual([])
    expect(await titlesFor(one)).toEqual(['Titre de un', 'Titre de deux'])
  })

  test('a browser that gives new keys for the same endpoint counts as another one', async () => {
    const [one] = (await subscribe(1)) as [Subscribed]
    await publish('un')
    const other = await site.browser(one.endpoint)
    site.answerPush(async () => {
      await site.send('/push/subscriptions', { ...other.fields, selection: 'sections/monde', when: 'now' })
      return { status: 410, text: '' }
    })
    await told()
    expect(await row()).toEqual({ state: 'active', address: one.endpoint, told: null, failure: null })
  })
})
