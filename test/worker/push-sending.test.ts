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
