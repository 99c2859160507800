import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { hashOf } from '../../src/http/token.ts'
import worker from '../../src/index.ts'
import { addPurge, waitingPurges, withoutMessages } from './edge.ts'
import { withFaults } from './faulty.ts'
import { errorsLogged } from './logged.ts'
import { openSite, token } from './site.ts'

type Purge = { tags?: string[]; purgeEverything?: boolean }

/** Makes an execution context like Cloudflare's. Its cache calls the given function for each call of `purge`. */
function contextWithCache(purge: (what: Purge) => Promise<void>): ExecutionContext {
  return Object.assign(createExecutionContext(), { cache: { purge } })
}

const ask = (environment: Env) =>
  worker.fetch(
    new Request('https://any.example/feed.rss') as Parameters<typeof worker.fetch>[0],
    environment,
    createExecutionContext(),
  )

describe('settings that are wrong', () => {
  test.for([
    ['SITE_URL', '', 'Cannot serve: setting SITE_URL must be the address of this Worker'],
    ['FEED_LENGTH', 'trente', 'Cannot serve: setting FEED_LENGTH must be a whole number'],
  ])('%s: every answer is a 503 that names it', async ([name = '', value, says]) => {
    const response = await ask({ ...env, [name]: value })
    expect(response.status).toBe(503)
    expect(response.headers.get('Cache-Control')).toBe('no-store')
    expect(await response.text()).toContain(says)
  })

  test('cron does nothing then, and does not fail', async () => {
    const context = createExecutionContext()
    await worker.scheduled(createScheduledController(), { ...env, SITE_URL: '' } as Env, context)
    await waitOnExecutionContext(context)
  })
})

test.for([
  ['HUB_SHA1_HOSTS', 'old.example', true],
  ['API_TOKENS', `desk:publish:${'a'.repeat(64)}`, true],
  ['SITE_TITLE', 'Autre', false],
] as const)('the setting %s=%s leaves the ETag of a feed as it is: %s', async ([name, value, isSame]) => {
  const tagWith = async (given: object) =>
    (await ask({ ...env, SITE_URL: 'https://kiosque.example', ...given } as Env)).headers.get('ETag')
  const tag = await tagWith({})
  expect(tag).toMatch(/^W\/"/)
  expect((await tagWith({ [name]: value })) === tag).toBe(isSame)
})

/** Milliseconds until an embargo that ends so late that its save invalidates no copies. */
const twoDays = 172_800_000

describe('cron', () => {
  test('logs a bad row of the hub once, however often it runs', async () => {
    const environment = withoutMessages()
    for (let time = 0; time < 2; time++) {
      await env.DB.prepare(`INSERT INTO effect (effect, revision, paths) VALUES ('websub', 5, '{}')`).run()
      const context = createExecutionContext()
      await worker.scheduled(createScheduledController(), environment, context)
      await waitOnExecutionContext(context)
    }
    expect(errorsLogged()).toEqual(['bad-row'])
    expect(await env.DB.prepare('SELECT * FROM effect').first()).toBeNull()
  })

  test('ends an embargo, and has every copy of what that changes invalidated', async () => {
    const site = await openSite()
    const soon = new Date(site.ports.clock() + twoDays).toISOString()
    await site.put('cache', { embargo: soon, tags: ['Été'] })
    const month = new Date(site.ports.clock()).toISOString().slice(0, 7).replace('-', '/')
    const told: Purge[] = []
    const context = contextWithCache(async (what) => {
      told.push(what)
    })
    await worker.scheduled(createScheduledController(), withoutMessages(), context)
    expect(told.map(({ tags }) => tags?.sort())).toEqual([
      ['all', `archive/${month}/1`, 'articles/cache', 'tags/ete', `tags/ete/archive/${month}/1`],
    ])
    site.wait(twoDays)
    expect((await site.get('/articles/cache')).status).toBe(200)
  })

  test('a change of more than a hundred selections invalidates everything', async () => {
    const site = await openSite()
    const soon = new Date(site.ports.clock() + 60_000).toISOString()
    for (const part of ['a', 'b', 'c']) {
      await site.put(part, { embargo: soon, tags: Array.from({ length: 40 }, (_, at) => `${part}${at}`) })
    }
    const told: Purge[] = []
    await worker.scheduled(
      createScheduledController(),
      withoutMessages(),
      contextWithCache(async (what) => {
        told.push(what)
      }),
    )
    expect(told).toEqual([{ purgeEverything: true }])
  })

  test('a cache that fails is logged, and the change stands', async () => {
    const site = await openSite()
    await site.put('cache', { embargo: new Date(site.ports.clock() + 60_000).toISOString() })
    await worker.scheduled(
      createScheduledController(),
      withoutMessages(),
      contextWithCache(() => Promise.reject(new Error('out of reach'))),
    )
    expect(errorsLogged()).toEqual(['invalidation-failed'])
    site.wait(60_000)
    expect((await site.get('/articles/cache')).status).toBe(200)
  })
})

describe('a reading that finds something due', () => {
  test('has every copy of what that changes invalidated, once: archives know of no such instant', async () => {
    const site = await openSite()
    const soon = new Date(site.ports.clock() + twoDays).toISOString()
    const month = new Date(site.ports.clock()).toISOString().slice(0, 7).replace('-', '/')
    await site.put('lu', { embargo: soon, tags: ['Lu'] })
    const told: Purge[] = []
    const read = async (path: string) => {
      const context = contextWithCache(async (what) => {
        told.push(what)
      })
      const request = new Request(`https://any.example${path}`) as Parameters<typeof worker.fetch>[0]
      const response = await worker.fetch(request, reader, context)
      await waitOnExecutionContext(context)
      return response.status
    }
    const pushed: unknown[] = []
    const queue = {
      send: async () => {},
      sendBatch: async (jobs: Iterable<unknown>) => pushed.push(...jobs),
    }
    const reader = { ...env, INVALIDATE: queue, DELIVER: queue } as unknown as Env
    expect(await read('/tags/lu/feed.rss')).toBe(200)
    const [first] = told
    expect(first?.tags?.sort()).toEqual([
      ...['all', `archive/${month}/1`, 'articles/lu', 'tags/lu', `tags/lu/archive/${month}/1`],
    ])
    expect(await read('/feed.rss')).toBe(200)
    expect([told.length, pushed]).toEqual([1, [{ body: { kind: 'push' } }]])
  })
})

test('a name that is given back to the API is in the next answer of the isolate', async () => {
  const site = await openSite()
  await site.put('un', { section: 'planète' })
  const environment = { ...env, API_TOKENS: `tests:admin:${await hashOf(token)}` }
  const send = async (path: string, init?: RequestInit) => {
    const request = new Request(`https://any.example${path}`, init) as Parameters<typeof worker.fetch>[0]
    return worker.fetch(request, environment, createExecutionContext())
  }
  const title = async () =>
    /<title>(.*?) —/.exec(await (await send('/sections/planete/feed.rss')).text())?.[1]
  expect(await title()).toBe('planète')
  const saved = await send('/api/paths', {
    method: 'POST',
    headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
    body: JSON.stringify({ paths: [{ path: 'sections/planete', title: 'Planète' }] }),
  })
  expect(await saved.json()).toEqual({ paths: [{ path: 'sections/planete', saved: 'saved' }] })
  expect(await title()).toBe('Planète')
})

describe('the queue of invalidations', () => {
  const messages = ['a', 'b'].map((id) => ({ id, timestamp: new Date(0), attempts: 1, body: null }))

  const dispatch = async (purge?: (what: Purge) => Promise<void>) => {
    const context = purge ? contextWithCache(purge) : createExecutionContext()
    const batch = createMessageBatch('kiosque-invalidate', messages)
    await worker.queue(batch, withoutMessages(), context)
    return (await getQueueResult(batch, context)).retryBatch.retry
  }

  test('a batch is one call for all that waits', async () => {
    await addPurge(7, ['tags/a'])
    await addPurge(8, ['tags/b'])
    const told: Purge[] = []
    expect(await dispatch(async (what) => void told.push(what))).toBe(false)
    expect(told).toEqual([{ tags: ['tags/a', 'tags/b'] }])
  })

  test('a call that the cache refuses is logged, and what it was for still waits', async () => {
    await addPurge(7, ['tags/a'])
    expect(await dispatch(() => Promise.reject(new Error('too many calls')))).toBe(false)
    expect(errorsLogged()).toEqual(['invalidation-failed'])
    expect(await waitingPurges()).toHaveLength(1)
  })

  test('a batch comes again if the database fails', async () => {
    const batch = createMessageBatch('kiosque-invalidate', messages)
    const context = contextWithCache(async () => {})
    const broken = { ...env, DB: withFaults(env.DB, { refused: 9, lost: false }) } as Env
    await worker.queue(batch, broken, context)
    expect((await getQueueResult(batch, context)).retryBatch.retry).toBe(true)
    expect(errorsLogged()).toEqual(['batch-failed'])
  })

  test('without a cache, as in local runs, nothing waits', async () => {
    await addPurge(7, ['tags/a'])
    expect(await dispatch()).toBe(false)
    expect(await waitingPurges()).toEqual([])
  })
})
