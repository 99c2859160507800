import { env } from 'cloudflare:workers'
import { beforeEach, describe, expect, test } from 'vitest'
import type { Call } from '../../src/domain/ports.ts'
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
    expect(await titlesFor(moved)).toEqual(first)
    expect(await row()).toEqual({
      ...{ state: 'active', address: moved.endpoint, failure: null },
      // Only what the new endpoint has accepted counts.
      told: first.length > 0 ? site.ports.clock() : null,
    })
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
    let answers = 0
    site.answerPush(async () => {
      await site.send('/push/subscriptions', { ...other.fields, selection: 'sections/monde', when: 'now' })
      return { status: ++answers === 1 ? 410 : 201, text: '' }
    })
    await told()
    expect(await row()).toMatchObject({ state: 'active', address: one.endpoint })
    expect(await titlesFor(other)).toEqual(['Titre de un'])
  })
})

describe('one subscriber gets one message at a time', () => {
  /** Does something while the first message is on its way, which other jobs of the queue would send too early. */
  const alongside = (change: () => Promise<unknown>, status = 201) => {
    let changed: Promise<unknown> | undefined
    site.answerPush(async () => {
      if (changed) return { status: 201, text: '' }
      changed = change()
      await changed
      await site.sweep()
      return { status, text: '' }
    })
  }

  test('a withdrawal does not overtake its article, and is sent right after it', async () => {
    const [one] = (await subscribe(1)) as [Subscribed]
    await publish('un')
    let atFirst = 0
    alongside(async () => {
      await site.call('DELETE', '/api/articles/un')
      atFirst = site.pushes.length
    })
    await told()
    expect(atFirst).toBe(0)
    expect(await titlesFor(one)).toEqual(['Titre de un', 'Article retiré'])
  })

  test('several messages for one browser are sent in the order of what happened', async () => {
    const [one] = (await subscribe(1)) as [Subscribed]
    const titles = ['a', 'c', 'b', 'd', 'f', 'e', 'g']
    for (const title of titles) {
      await site.put(title, { section: 'Monde', title })
      site.wait(1000)
    }
    await told()
    expect(await titlesFor(one)).toEqual(titles)
  })
})

describe('a late digest, and the next one that becomes due while it is sent', () => {
  const day = 24 * hour

  /** Lets the digest of a day fail, and sends it again just before the next one is due. */
  const sendLate = async (begin: () => Promise<unknown>) => {
    site.wait(1000)
    await publish('un')
    for (let hours = 0; hours < 24; hours++) {
      site.wait(hour)
      await site.sweep()
      const row = await env.DB.prepare('SELECT event FROM notification').first<{ event: string }>()
      if (!row) continue
      const until = Number(row.event.split('/')[2])
      await env.DB.prepare('UPDATE notification SET next = 0').run()
      site.wait(until + day - 3000 - site.ports.clock())
      await begin()
      return
    }
    throw new Error('no digest was begun')
  }

  /** While the late digest is sent, the next one becomes due, and the jobs of the queue run. */
  const meanwhile = async () => {
    site.wait(4000)
    const queue = site.queue.splice(0)
    await site.sweep()
    site.queue.push(...queue)
  }

  test.for<[what: string, status: number, expected: number]>([
    ['was taken', 201, 1],
    ['failed', 503, 1],
  ])('in a browser: the article is told once if the late one %s', async ([, status, expected]) => {
    const one = await site.subscribeIn('sections/monde', 'daily')
    site.answerPush(() => ({ status: 503, text: '', retryAfter: '60' }))
    await sendLate(async () => {
      let isFirst = true
      site.answerPush(async () => {
        if (!isFirst) return { status: 201, text: '' }
        isFirst = false
        await meanwhile()
        return { status, text: '' }
      })
      await site.sweep()
    })
    site.wait(hour)
    await site.sweep()
    expect(await titlesFor(one)).toHaveLength(expected)
    expect((await site.notify.subscribers.state()).waiting).toBe(0)
  })

  test.for<[what: string, code: number]>([
    ['was taken', 250],
    ['failed', 451],
  ])('by mail: the article is told once if the late one %s', async ([, code]) => {
    await site.subscribe('kim@example.com', 'sections/monde', 'daily')
    const refused = { kind: 'refused', at: 'recipient', code: 451, text: '' } as const
    site.answer(() => refused)
    const before = site.mails.length
    await sendLate(async () => {
      let isFirst = true
      site.answer(async () => {
        if (!isFirst) return { kind: 'accepted' }
        isFirst = false
        await meanwhile()
        return code === 250 ? { kind: 'accepted' } : refused
      })
      await site.sweep()
    })
    site.wait(hour)
    await site.sweep()
    expect(site.mails.slice(before).filter(({ text }) => text.includes('Titre de un'))).toHaveLength(1)
    expect((await site.notify.subscribers.state()).waiting).toBe(0)
  })
})

describe('a withdrawal while the article waits for another attempt', () => {
  test.for<[what: string, answer: Awaited<ReturnType<Call>>, expected: string[]]>([
    ['was refused for now', { status: 429, text: '', retryAfter: '600' }, []],
    ['failed at the push service', { status: 503, text: '' }, []],
    ['got no answer, so that the browser may show it', { fault: 'took too long' }, ['Article retiré']],
  ])(
    'is told only to browsers that may show the article: the first attempt %s',
    async ([, answer, expected]) => {
      const browsers = await subscribe(12)
      await publish('un')
      const tried = new Set<string>()
      site.answerPush(({ endpoint }) => {
        tried.add(endpoint)
        return answer
      })
      await told()
      expect(tried.size).toBeLessThan(browsers.length)
      site.answerPush(() => ({ status: 201, text: '' }))
      await site.call('DELETE', '/api/articles/un')
      for (let minutes = 0; minutes < 15; minutes++) {
        await told()
        site.wait(60_000)
      }
      for (const browser of browsers)
        expect(await titlesFor(browser), browser.endpoint).toEqual(
          tried.has(browser.endpoint) ? expected : [],
        )
    },
  )
})

describe('if the database fails once while a job stores results', () => {
  const failOnce = () => {
    const { recordAll } = site.notify.subscribers
    let hasFailed = false
    site.notify.subscribers.recordAll = (results) => {
      if (hasFailed) return recordAll(results)
      hasFailed = true
      return Promise.reject(new Error('D1_ERROR'))
    }
  }

  test('no browser is told again', async () => {
    const browsers = await subscribe(38)
    await publish('un')
    failOnce()
    await told()
    site.wait(hour)
    await site.sweep()
    expect(site.pushes).toHaveLength(browsers.length)
  })

  test('the channel is held all the same', async () => {
    await subscribe(12)
    await publish('un')
    await told()
    site.answerPush(() => ({ status: 403, text: '' }))
    site.wait(1000)
    await publish('deux')
    const { recordAll } = site.notify.subscribers
    site.notify.subscribers.recordAll = () => Promise.reject(new Error('D1_ERROR'))
    await expect(told()).rejects.toThrow('D1_ERROR')
    site.notify.subscribers.recordAll = recordAll
    expect((await site.notify.subscribers.state()).holds).toMatchObject([{ channel: 'webpush' }])
  })
})

test('an article that expires is taken back like one that is withdrawn, once', async () => {
  const [one] = (await subscribe(1)) as [Subscribed]
  await publish('un', { expires: new Date(site.ports.clock() + hour).toISOString() })
  await told()
  site.wait(hour + 1000)
  await site.ports.store.release()
  await told()
  await told()
  expect(await titlesFor(one)).toEqual(['Titre de un', 'Article retiré'])
})
