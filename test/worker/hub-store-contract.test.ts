import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import type { HubStore } from '../../src/domain/hub-store.ts'
import type { Intent, Unconfirmed, Verification } from '../../src/domain/subscription.ts'
import { steadyStore } from '../../src/memory/steady.ts'
import { d1Store } from '../../src/store/d1.ts'
import { hubStore } from '../../src/store/hub/store.ts'
import { recorded } from './recorded.ts'

const start = Date.parse('2024-06-19T16:00:00Z')
const minute = 60_000
const day = 86_400_000

let now = start
const clock = () => now

/** Every implementation of the port `HubStore`, opened as the Worker opens the implementation. */
const implementations: [name: string, open: () => HubStore][] = [
  ['hubStore', () => hubStore(env.DB, clock)],
  ['steadyStore', () => steadyStore(hubStore(env.DB, clock), (_, work) => work)],
]

const callback = (name: string) => `https://${name}.example/`

const intent = (name: string, more: Partial<Intent> = {}): Intent => ({
  mode: 'subscribe',
  topic: { topic: 'feed.json', paths: [''], format: 'json' },
  asked: 'https://kiosque.example/feed.json',
  callback: callback(name),
  host: `${name}.example`,
  leaseSeconds: 86_400,
  ...more,
})

/**
 * Saves one article, and returns the revision of the save. The feed of all articles has this revision after
 * the save, and the outbox has a new row.
 */
async function saveArticle(slug: string): Promise<number> {
  const outcome = await d1Store(env.DB, clock, () => {}).save([
    {
      replaces: null,
      article: {
        ...{
          slug,
          id: `urn:${slug}`,
          title: slug,
          summary: '',
          html: '',
          language: 'fr',
          tags: [],
          authors: [],
        },
        ...{ published: '2024-06-01T00:00:00Z', updated: '2024-06-01T00:00:00Z', status: 'published' },
        ...{ attachments: [], rights: { syndicate: 'full' } },
      },
    },
  ])
  if (outcome.kind !== 'saved') throw new Error(outcome.kind)
  return outcome.revision
}

describe.for(implementations)('%s keeps what the port promises', ([, implementation]) => {
  const { open, called } = recorded(implementation)

  function opened(): HubStore {
    now = start
    return open()
  }

  async function verified(store: HubStore, name: string, more: Partial<Intent> = {}): Promise<boolean> {
    await request(store, name, more)
    const [claimed] = await store.claimVerifications(1)
    return (await store.confirm(claimed as Verification, now)).owed
  }

  /** Stores a request of a client, and returns its number. */
  const request = async (
    store: HubStore,
    name: string,
    more: Partial<Intent> = {},
    { revision = 1, client = 'c', known = false } = {},
  ): Promise<number> => (await store.request(intent(name, more), revision, { client, known })).number

  /**
   * Saves one article. Returns the new revision and the numbers of the subscriptions that have not received the
   * revision yet.
   */
  async function owing(store: HubStore, slug = 'a'): Promise<{ revision: number; numbers: number[] }> {
    const revision = await saveArticle(slug)
    await store.settle()
    return { revision, numbers: (await store.owed()).map(({ number }) => number) }
  }

  const isOwed = async (store: HubStore) => (await store.owed()).length > 0

  test('request, claimVerifications, waiting: one intent a topic and callback, for one caller at a time', async () => {
    const store = opened()
    const requester = { client: 'c', known: false }
    const { number, isNew } = await store.request(intent('one'), 1, requester)
    expect(isNew).toBe(true)
    const second = await store.request(intent('one', { leaseSeconds: 600, secret: 's' }), 2, requester)
    expect(second).toEqual({ number, isNew: false })
    expect(await store.waiting()).toEqual([number])
    expect(await store.claimVerifications(2)).toMatchObject([
      {
        ...{ number, mode: 'subscribe', topic: 'feed.json', paths: [''], secret: 's' },
        ...{ leaseSeconds: 600, revision: 2 },
      },
    ])
    expect([await store.claimVerifications(2), await store.waiting()]).toEqual([[], []])
    now += 10 * minute
    expect(await store.waiting()).toEqual([number])
    expect(await store.claimVerifications(2)).toHaveLength(1)
  })

  test('claimVerifications: of many clients’ requests, that about an existing subscription comes first', async () => {
    const store = opened()
    for (const client of ['a', 'b', 'c']) await request(store, client, {}, { client })
    await request(store, 'renewal', {}, { client: 'd', known: true })
    expect((await store.claimVerifications(1)).map(({ host }) => host)).toEqual(['renewal.example'])
  })

  test('claimVerifications: clients take turns, and existing subscriptions come first', async () => {
    const store = opened()
    const of = (client: string, known = false) => ({ client, known })
    for (let at = 0; at < 4; at++) await request(store, `flood${at}`, {}, of('flood'))
    await request(store, 'renewal-of-flood', {}, of('flood', true))
    await request(store, 'other', {}, of('other'))
    await request(store, 'renewal', {}, of('third', true))
    const turn = async () => (await store.claimVerifications(3)).map(({ host }) => host.split('.')[0]).sort()
    expect(await turn()).toEqual(['other', 'renewal', 'renewal-of-flood'])
    expect(await turn()).toEqual(['flood0', 'flood1', 'flood2'])
    expect(await turn()).toEqual(['flood3'])
  })

  const endings: [what: string, mode: 'subscribe' | 'unsubscribe', end: 'confirm' | 'dismiss'][] = [
    ['a confirmed subscription', 'subscribe', 'confirm'],
    ['a confirmed unsubscription', 'unsubscribe', 'confirm'],
    ['a refused request', 'subscribe', 'dismiss'],
  ]
  test.for(endings)(
    'confirm, dismiss: after %s a request that came meanwhile waits, once',
    async ([, mode, end]) => {
      const store = opened()
      for (const meanwhile of [0, 1, 3]) {
        const number = await request(store, 'one', { mode, secret: 'asked' })
        const [asked] = (await store.claimVerifications(1)) as [Verification]
        for (let at = 0; at < meanwhile; at++) await request(store, 'one', { secret: `new${at}` })
        const again = end === 'confirm' ? (await store.confirm(asked, now)).again : await store.dismiss(asked)
        expect([again, await store.waiting()], `${meanwhile}`).toEqual([
          meanwhile > 0,
          meanwhile > 0 ? [number] : [],
        ])
        const [next] = await store.claimVerifications(1)
        expect(next?.secret, `${meanwhile}`).toBe(meanwhile > 0 ? `new${meanwhile - 1}` : undefined)
        if (next) await store.dismiss(next)
      }
    },
  )

  const secrets: [before: string | undefined, after: string | undefined, changed: boolean][] = [
    ['one', 'one', false],
    ['one', 'two', true],
    ['one', undefined, true],
    [undefined, 'two', true],
    [undefined, undefined, false],
  ]
  test.for(secrets)('confirm: from the secret %s to %s is a change: %s', async ([before, after, changed]) => {
    const store = opened()
    const confirmed = async (secret: string | undefined) => {
      await request(store, 'one', secret === undefined ? {} : { secret })
      const [claimed] = await store.claimVerifications(1)
      return (await store.confirm(claimed as Verification, now)).secretChanged
    }
    expect([await confirmed(before), await confirmed(after)]).toEqual([false, changed])
  })

  test('confirm: the subscription lasts from the question on; whoever missed a change is owed it', async () => {
    const store = opened()
    expect(await verified(store, 'one')).toBe(false)
    const [state] = await store.subscriptions('feed.json')
    expect([await store.has(state?.number ?? 0), await store.has(99)]).toEqual([true, false])
    expect(state).toMatchObject({ host: 'one.example', expires: start + day, pending: false, attempts: 0 })
    await owing(store)
    expect(await verified(store, 'late')).toBe(true)
  })

  test('confirm: who leaves is no longer there', async () => {
    const store = opened()
    await verified(store, 'one')
    await verified(store, 'one', { mode: 'unsubscribe' })
    expect(await store.subscriptions('feed.json')).toEqual([])
  })

  test('dismiss: the intent is gone, the subscription as it was', async () => {
    const store = opened()
    await verified(store, 'one')
    await request(store, 'one', { mode: 'unsubscribe' })
    const [claimed] = await store.claimVerifications(1)
    await store.dismiss(claimed as Verification)
    now += 10 * minute
    expect([await store.waiting(), await store.claimVerifications(1)]).toEqual([[], []])
    expect(await store.subscriptions('feed.json')).toHaveLength(1)
  })

  test('topicAsked: the topic of a callback’s own subscription, until its lease ends', async () => {
    const store = opened()
    const { asked } = intent('one')
    await verified(store, 'one')
    expect(await store.topicAsked(callback('one'), asked)).toBe('feed.json')
    expect(await store.topicAsked(callback('two'), asked)).toBeUndefined()
    expect(await store.topicAsked(callback('one'), `${asked}?`)).toBeUndefined()
    now += day
    expect(await store.topicAsked(callback('one'), asked)).toBeUndefined()
  })

  test('dismiss: failed verifications are kept for a day, one for each topic and host, and only the newest hundred', async () => {
    const store = opened()
    const dismissed = async (unconfirmed?: Unconfirmed) => {
      await request(store, 'one')
      const [claimed] = await store.claimVerifications(1)
      return store.dismiss(claimed as Verification, unconfirmed)
    }
    const failed = {
      topic: 'feed.json',
      host: 'h.example',
      mode: 'subscribe',
      reason: 'answered 404',
    } as const
    await dismissed()
    expect((await store.state()).failed).toEqual([])
    await dismissed(failed)
    now += minute
    await dismissed({ ...failed, mode: 'unsubscribe', reason: 'took too long' })
    await dismissed({ ...failed, topic: 'feed.rss' })
    const last = { ...failed, mode: 'unsubscribe', reason: 'took too long', failures: 2, at: now }
    const kept = (await store.state()).failed
    expect(kept).toHaveLength(2)
    expect(kept).toEqual(
      expect.arrayContaining([last, { ...failed, topic: 'feed.rss', failures: 1, at: now }]),
    )
    for (let at = 0; at < 150; at++) {
      now += 1
      await dismissed({ ...failed, host: `h${at}.example` })
    }
    const newest = (await store.state()).failed
    expect(newest).toHaveLength(100)
    expect([newest[0]?.host, newest.at(-1)?.host]).toEqual(['h149.example', 'h50.example'])
    now += day - 1
    await store.expire()
    expect((await store.state()).failed).toHaveLength(1)
    now += 1
    await store.expire()
    expect((await store.state()).failed).toEqual([])
  })

  test('census: how many there are of all, of a host, of a callback and of a client, apart for those that exist', async () => {
    const store = opened()
    await verified(store, 'one')
    await request(store, 'two')
    await request(store, 'one', {}, { client: 'd', known: true })
    const of = (name: string, client: string) =>
      store.census({ host: `${name}.example`, callback: callback(name), topic: 'feed.json', client })
    const none = { subscriptions: 1, pending: 1, ofHost: 0, ofCallback: 0, renewed: false, waiting: false }
    expect([
      await of('one', 'd'),
      await of('one', 'c'),
      await of('two', 'c'),
      await of('three', 'd'),
    ]).toEqual([
      {
        ...none,
        ofHost: 1,
        pendingOfHost: 1,
        pendingOfClient: 1,
        ofCallback: 1,
        renewed: true,
        waiting: true,
      },
      {
        ...none,
        ofHost: 1,
        pendingOfHost: 1,
        pendingOfClient: 0,
        ofCallback: 1,
        renewed: true,
        waiting: true,
      },
      { ...none, pendingOfHost: 1, pendingOfClient: 1, waiting: true },
      { ...none, pendingOfHost: 0, pendingOfClient: 0 },
    ])
    await store.claimVerifications(2)
    expect(await of('two', 'c')).toMatchObject({ pendingOfHost: 1, waiting: false })
  })

  test('settle, forget, owed: what a save wrote is owed, and stays in the outbox until it is forgotten', async () => {
    const store = opened()
    await verified(store, 'one')
    const revision = await saveArticle('a')
    const settled = await store.settle()
    expect([settled.upTo.websub, settled.paths.sort()]).toEqual([revision, ['', 'articles/a']])
    expect(await store.owed()).toEqual([{ topic: 'feed.json', number: 1, attempts: 0 }])
    expect((await store.settle()).upTo.websub).toBe(revision)
    await store.forget({ ...settled.upTo, websub: revision - 1 })
    expect((await store.state()).outbox).toBe(1)
    await store.forget(settled.upTo)
    const upTo = { websub: 0, 'websub-comments': 0 }
    expect([await store.settle(), await isOwed(store)]).toEqual([{ paths: [], upTo }, true])
  })

  test('claim: those that are still owed, for one caller at a time', async () => {
    const store = opened()
    await verified(store, 'one', { secret: 's' })
    const { revision, numbers } = await owing(store)
    const claimed = await store.claim('feed.json', [...numbers, 99])
    expect(claimed).toMatchObject({
      revision,
      owed: [{ callback: callback('one'), secret: 's', attempts: 0 }],
    })
    expect([(await store.claim('feed.json', numbers)).owed, await isOwed(store)]).toEqual([[], false])
    now += 10 * minute
    expect((await store.claim('feed.json', numbers)).owed).toHaveLength(1)
  })

  test('record: taken, failed, gone; those behind by now are given', async () => {
    const store = opened()
    for (const name of ['one', 'two', 'three']) await verified(store, name)
    const { revision, numbers } = await owing(store)
    const [one = 0, two = 0, three = 0] = numbers
    await store.claim('feed.json', numbers)
    const pause = 5 * minute
    const behind = await store.record(revision, [
      { number: one, at: now, kind: 'taken', took: 80 },
      { number: two, at: now, kind: 'failed', took: 9300, failure: 'answered 500', pause },
      { number: three, at: now, kind: 'gone' },
    ])
    expect([behind, await isOwed(store)]).toEqual([[], false])
    const states = await store.subscriptions('feed.json')
    expect(states.map(({ number, pending, attempts }) => [number, pending, attempts]).sort()).toEqual([
      [one, false, 0],
      [two, false, 1],
    ])
    now += pause
    expect(await store.owed()).toEqual([{ topic: 'feed.json', number: two, attempts: 1, took: 9300 }])
    const next = await owing(store, 'b')
    await store.claim('feed.json', next.numbers)
    expect(await store.record(revision, [{ number: one, at: now, kind: 'taken', took: 80 }])).toEqual([one])
  })

  test('release: another caller may claim at once what was not called, and nothing else', async () => {
    const store = opened()
    for (const name of ['one', 'two']) await verified(store, name)
    const { numbers } = await owing(store)
    await store.claim('feed.json', numbers)
    await store.release(numbers.slice(1))
    expect((await store.claim('feed.json', numbers)).owed.map(({ number }) => number)).toEqual(
      numbers.slice(1),
    )
  })

  test('pathsOf and follow: a topic goes where its selection goes', async () => {
    const store = opened()
    const topic = { topic: 'tags/ete/feed.json', paths: ['tags/ete'], format: 'json' as const }
    await verified(store, 'one', { topic })
    expect(await store.pathsOf('tags/ete/feed.json')).toEqual(['tags/ete'])
    await store.follow('tags/ete/feed.json', 'tags/ete', 'tags/soleil')
    expect(await store.pathsOf('tags/ete/feed.json')).toEqual(['tags/soleil'])
    expect(await store.pathsOf('feed.rss')).toBeUndefined()
  })

  test('end: subscriptions, and what they are owed; whose they were is given', async () => {
    const store = opened()
    for (const name of ['one', 'two']) await verified(store, name)
    const { numbers } = await owing(store)
    const ended = [{ asked: 'https://kiosque.example/feed.json', callback: callback('one') }]
    expect(await store.end(numbers.slice(0, 1))).toEqual(ended)
    expect((await store.subscriptions('feed.json')).map(({ host }) => host)).toEqual(['two.example'])
    expect((await store.owed()).map(({ number }) => number)).toEqual(numbers.slice(1))
  })

  test('expire: leases, topics without subscribers, and intents that nobody confirmed', async () => {
    const store = opened()
    await verified(store, 'one')
    await verified(store, 'long', { leaseSeconds: 30 * 86_400 })
    await request(store, 'never')
    expect(await store.expire()).toBe(0)
    now = start + 2 * day
    expect([await store.expire(), await store.waiting()]).toEqual([1, []])
    expect((await store.subscriptions('feed.json')).map(({ host }) => host)).toEqual(['long.example'])
    now = start + 31 * day
    expect([await store.expire(), await store.pathsOf('feed.json')]).toEqual([1, undefined])
  })

  test('request, confirm, addDeadLetter: no number is given twice, also if the row with the highest number is gone', async () => {
    const store = opened()
    const given: Record<string, number[]> = { verification: [], subscription: [], dead: [] }
    for (let time = 0; time < 3; time++) {
      for (const name of ['one', 'two']) {
        given.verification?.push(await request(store, name))
        const [claimed] = await store.claimVerifications(1)
        await store.confirm(claimed as Verification, now)
        await store.addDeadLetter({ kind: 'push' })
      }
      const numbers = (await store.subscriptions('feed.json')).map(({ number }) => number)
      given.subscription?.push(...numbers)
      given.dead?.push(...(await store.takeDeadLetters()).map(({ number }) => number))
      await store.end(numbers)
    }
    const six = [1, 2, 3, 4, 5, 6]
    expect(given).toEqual({ verification: six, subscription: six, dead: six })
  })

  test('state: topics, intents, the outbox and dead letters; none is taken out twice', async () => {
    const store = opened()
    await verified(store, 'one')
    await owing(store)
    await request(store, 'two')
    await store.addDeadLetter({ kind: 'push' })
    const state = await store.state()
    expect(state).toMatchObject({
      ...{ verifications: 1, outbox: 1 },
      topics: [{ topic: 'feed.json', subscriptions: 1, pending: 1, failing: 0 }],
      dead: [{ job: { kind: 'push' }, at: start }],
    })
    expect(await store.takeDeadLetters()).toEqual(state.dead)
    expect(await store.takeDeadLetters()).toEqual([])
  })

  test('retry: the failing ones are due at once, by number, by topic or all', async () => {
    const store = opened()
    await verified(store, 'one')
    const { revision, numbers } = await owing(store)
    const [number = 0] = numbers
    for (const which of [{ number }, { topic: 'feed.json' }, {}]) {
      await store.claim('feed.json', numbers)
      await store.record(revision, [
        { number, at: now, kind: 'failed', took: 5, failure: 'answered 500', pause: day / 4 },
      ])
      expect(await isOwed(store), JSON.stringify(which)).toBe(false)
      expect(await store.retry({ topic: 'feed.rss' }), JSON.stringify(which)).toBe(0)
      expect([await store.retry(which), await isOwed(store)], JSON.stringify(which)).toEqual([1, true])
    }
  })

  test('every method of the port is called by the tests above', () => {
    expect(called.methods.filter((method) => !called.seen.has(method))).toEqual([])
    expect(called.methods.length).toBeGreaterThan(15)
  })
})
