import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  getQueueResult,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, test, vi } from 'vitest'
import type { Job } from '../../src/domain/subscription.ts'
import worker from '../../src/index.ts'
import { hubStore } from '../../src/store/hub/store.ts'
import { openHub } from './hub-site.ts'
import { errorsLogged, takeLines } from './logged.ts'

afterEach(() => vi.restoreAllMocks())

/** The Worker's environment with the hub's queues of the given bindings, which only record the messages. */
function withQueue(sent: unknown[] = [], bindings = ['DELIVER', 'VERIFY', 'SLOW']): Env {
  const recording = { sendBatch: async (messages: Iterable<unknown>) => void sent.push(...messages) }
  const { DELIVER: _, VERIFY: __, SLOW: ___, ...others } = env
  return { ...others, ...Object.fromEntries(bindings.map((name) => [name, recording])) } as unknown as Env
}

/**
 * Passes jobs to the Worker as Cloudflare's queue would. Returns the ids of the messages that the Worker asks
 * to receive again.
 */
async function dispatch(queue: string, jobs: readonly Job[], environment = withQueue()): Promise<string[]> {
  return (await begin(queue, jobs, environment)).ended()
}

/**
 * Passes jobs to the Worker, and waits until the Worker has handled them. `ended` then waits for the work that the
 * jobs have handed on, and returns the ids of the messages that the Worker asks to receive again.
 */
async function begin(
  queue: string,
  jobs: readonly Job[],
  environment = withQueue(),
): Promise<{ ended: () => Promise<string[]> }> {
  const messages = jobs.map((body, at) => ({ id: String(at), timestamp: new Date(0), attempts: 1, body }))
  const batch = createMessageBatch<unknown>(queue, messages)
  const context = createExecutionContext()
  await worker.queue(batch as Parameters<typeof worker.queue>[0], environment, context)
  return {
    ended: async () => {
      await waitOnExecutionContext(context)
      const result = await getQueueResult(batch, context)
      return result.retryBatch.retry
        ? messages.map(({ id }) => id)
        : result.retryMessages.map(({ msgId }) => msgId)
    },
  }
}

/**
 * Creates a subscription with a delivery that the hub has not sent yet. The test site's clock shows the real
 * time, because the Worker's queue handler uses the real clock.
 */
async function owing(): Promise<void> {
  const site = await openHub()
  site.at(Date.now())
  await site.subscribe('/feed.json')
  await site.put('un')
  site.hub.enqueue = async () => {}
  await site.drain()
}

const owedNumber = async (): Promise<number> =>
  (await env.DB.prepare('SELECT number FROM subscription').first<{ number: number }>())?.number ?? 0

describe('the queue', () => {
  test('a job that fails comes again, and those beside it do not', async () => {
    await owing()
    const announce: Job = { kind: 'announce', hub: 'no address', topics: ['x'] }
    expect(await dispatch('kiosque-deliver', [announce, { kind: 'push' }])).toEqual(['0'])
    expect(errorsLogged()).toEqual(['job-failed'])
  })

  test('a job ends before a callback that does not answer, and the answer counts when it comes', async () => {
    await owing()
    const answers: ((response: Response) => void)[] = []
    vi.spyOn(globalThis, 'fetch').mockImplementation(
      () => new Promise<Response>((answer) => void answers.push(answer)),
    )
    const subscriptions = [await owedNumber()]
    const job = await begin('kiosque-deliver', [{ kind: 'deliver', topic: 'feed.json', subscriptions }])
    const state = () => env.DB.prepare('SELECT delivered_at > 0 AS delivered, took FROM subscription').first()
    expect([answers.length, await state()]).toEqual([1, { delivered: null, took: null }])
    answers[0]?.(new Response(null, { status: 204 }))
    expect(await job.ended()).toEqual([])
    expect(await state()).toEqual({ delivered: 1, took: expect.any(Number) })
  })

  test.for(['kiosque-deliver', 'kiosque-verify', 'kiosque-slow'])(
    '%s does every kind of job',
    async (queue) => {
      await owing()
      const sent: unknown[] = []
      expect(await dispatch(queue, [{ kind: 'push' }], withQueue(sent))).toEqual([])
      expect(sent).toEqual([{ body: expect.objectContaining({ kind: 'deliver' }) }])
    },
  )

  test('a job that the queue gave up on is kept in the database, to be listed and sent again', async () => {
    await dispatch('kiosque-dead', [{ kind: 'push' }, { kind: 'verify', verification: 7 }])
    const { dead } = await hubStore(env.DB, Date.now).state()
    expect(dead.map(({ job }) => job)).toEqual([{ kind: 'push' }, { kind: 'verify', verification: 7 }])
  })

  test('a wrong setting loses no message', async () => {
    expect(
      await dispatch('kiosque-deliver', [{ kind: 'push' }], { ...withQueue(), SITE_URL: '' } as Env),
    ).toEqual(['0'])
  })
})

describe('cron', () => {
  test('sweeps: what a lost message left behind is put on the queue again', async () => {
    await owing()
    const sent: unknown[] = []
    const environment = withQueue(sent)
    await worker.scheduled(createScheduledController(), environment, createExecutionContext())
    expect(sent).toEqual([
      { body: { kind: 'deliver', topic: 'feed.json', subscriptions: [expect.any(Number)], slow: true } },
    ])
  })

  test('a refused statement of one duty is logged, and deliveries are queued all the same', async () => {
    await owing()
    const site = await openHub()
    site.at(Date.now() - 60_000)
    await site.put('cache', { embargo: new Date(Date.now() - 30_000).toISOString() })
    await env.DB.prepare(
      "CREATE TRIGGER full BEFORE DELETE ON schedule BEGIN SELECT RAISE(ABORT, 'over quota'); END",
    ).run()
    const sent: unknown[] = []
    await worker.scheduled(createScheduledController(), withQueue(sent), createExecutionContext())
    await env.DB.prepare('DROP TRIGGER full').run()
    expect(sent).toEqual([
      { body: { kind: 'deliver', topic: 'feed.json', subscriptions: [expect.any(Number)], slow: true } },
    ])
    const failed = takeLines().filter(({ event }) => event !== 'subscribed')
    const line = { event: 'duty-failed', duty: 'release', message: expect.stringContaining('over quota') }
    expect(failed).toMatchObject([line])
  })

  test('a queue out of reach is logged, and fails neither cron nor a save', async () => {
    await owing()
    const queue = { sendBatch: () => Promise.reject(new Error('out of reach')) }
    const environment = { ...withQueue(), SLOW: queue } as unknown as Env
    await worker.scheduled(createScheduledController(), environment, createExecutionContext())
    expect(errorsLogged()).toEqual(['enqueue-failed'])
  })
})

describe('a read', () => {
  const read = async (environment: Env, path: string) => {
    const context = createExecutionContext()
    const request = new Request(`https://kiosque.example${path}`)
    await worker.fetch(request as Parameters<typeof worker.fetch>[0], environment, context)
    await waitOnExecutionContext(context)
  }

  test('that first saves a change caused by time has the change pushed once', async () => {
    const site = await openHub()
    site.at(Date.now() - 60_000)
    await site.put('cache', { embargo: new Date(Date.now() - 30_000).toISOString() })
    const sent: unknown[] = []
    const environment = withQueue(sent)
    await read(environment, '/feed.rss')
    await read(environment, '/feed.atom')
    expect(sent).toEqual([{ body: { kind: 'push' } }])
  })

  test('that changes nothing has nothing pushed', async () => {
    await owing()
    const sent: unknown[] = []
    await read(withQueue(sent), '/feed.rss')
    expect(sent).toEqual([])
  })
})

describe('the own zone’s firewall', () => {
  test('without the flag the hub is closed, advertised nowhere, and calls nobody', async () => {
    await owing()
    const { compatibilityFlags } = Cloudflare
    const flags = vi.spyOn(Cloudflare, 'compatibilityFlags', 'get')
    flags.mockReturnValue({ ...compatibilityFlags, global_fetch_strictly_public: false })
    // The Worker reads the settings once for each environment object, so all requests of this test must pass
    // the same object.
    const environment = withQueue()
    const ask = (path: string, init: RequestInit = {}) =>
      worker.fetch(
        new Request(`https://kiosque.example${path}`, init) as Parameters<typeof worker.fetch>[0],
        environment,
        createExecutionContext(),
      )
    const refused = await ask('/hub', {
      method: 'POST',
      body: new URLSearchParams({ 'hub.mode': 'subscribe' }),
    })
    expect(refused.status).toBe(503)
    expect((await ask('/feed.rss')).headers.get('Link')).not.toContain('hub')
    const subscriptions = [await owedNumber()]
    await dispatch('kiosque-deliver', [{ kind: 'deliver', topic: 'feed.json', subscriptions }], environment)
    expect(await env.DB.prepare('SELECT attempts FROM subscription').first()).toEqual({ attempts: 0 })
  })
})
