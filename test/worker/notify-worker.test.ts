import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { expect, test, vi } from 'vitest'
import type { Job } from '../../src/domain/subscription.ts'
import { hashOf } from '../../src/http/token.ts'
import worker from '../../src/index.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'
import { linkToken } from '../../src/notify/token.ts'
import { notifyStore } from '../../src/store/notify/store.ts'
import { takeLines } from './logged.ts'
import { subscribeBrowser } from './push-browser.ts'
import { mailSettings, token } from './site.ts'

/** Each secret and each datum of a person in this file contains this word. */
const mark = 'zqleak'
const email = `${mark}@mail.example`
const secret = `${mark}-a-secret-of-the-tests-of-32-characters`

/** Nothing listens at port 1, so that each mail fails. */
const settings = {
  ...mailSettings,
  SMTP_URL: `smtps://${mark}:${mark}@localhost:1`,
  SUBSCRIPTION_SECRET: secret,
}

/** The whole Worker, with queues that only collect the jobs. A database that is `broken` throws what it was given. */
async function open(more: object) {
  const queued: Record<string, Job[]> = { DELIVER: [], VERIFY: [], SLOW: [] }
  const weather = { isBroken: false }
  const queueOf = (name: string) => ({
    sendBatch: async (messages: { body: Job }[]) =>
      void queued[name]?.push(...messages.map(({ body }) => body)),
  })
  const limit = { limit: async () => ({ success: true }) }
  const fault = (values: unknown) => Promise.reject(new Error(`D1_ERROR: ${JSON.stringify(values)}`))
  const DB = {
    prepare: (sql: string) => {
      if (!weather.isBroken) return env.DB.prepare(sql)
      const broken = (values: unknown[]): object => ({
        bind: (...given: unknown[]) => broken(given),
        ...Object.fromEntries(['all', 'run', 'first'].map((method) => [method, () => fault(values)])),
      })
      return broken([])
    },
    batch: (statements: D1PreparedStatement[]) => (weather.isBroken ? fault(mark) : env.DB.batch(statements)),
  }
  const environment = {
    ...{ ...env, ...more, DB, SUBSCRIBERS: limit, READERS: limit, FAILURES: limit },
    ...Object.fromEntries(Object.keys(queued).map((name) => [name, queueOf(name)])),
    INVALIDATE: { send: async () => {} },
    API_TOKENS: `tests:admin:${await hashOf(token)}`,
  } as unknown as Env
  const done = async <T>(work: (context: ExecutionContext) => T | Promise<T>): Promise<T> => {
    const context = createExecutionContext()
    const result = await work(context)
    await waitOnExecutionContext(context)
    return result
  }
  return {
    queued,
    weather,
    ask: (path: string, form?: Record<string, string>) =>
      done(async (context) => {
        const body = form && { method: 'POST', body: new URLSearchParams(form) }
        const request = new Request(`https://kiosque.example${path}`, body)
        const answer = await worker.fetch(request as Parameters<typeof worker.fetch>[0], environment, context)
        return { status: answer.status, text: await answer.text() }
      }),
    publish: (slug: string) =>
      done(async (context) => {
        const request = new Request(`https://kiosque.example/api/articles/${slug}`, {
          method: 'PUT',
          headers: { Authorization: `Bearer ${token}`, 'Content-Type': 'application/json' },
          body: JSON.stringify({ title: `Titre de ${slug}`, text: 'Un paragraphe.', section: 'Monde' }),
        })
        const answer = await worker.fetch(request as Parameters<typeof worker.fetch>[0], environment, context)
        await answer.arrayBuffer()
      }),
    run: (queue: string, ...jobs: Job[]) =>
      done((context) => {
        const messages = jobs.map((body, at) => ({ id: `${at}`, timestamp: new Date(0), attempts: 1, body }))
        const batch = createMessageBatch(queue, messages) as Parameters<typeof worker.queue>[0]
        return worker.queue(batch, environment, context)
      }),
    cron: () => done((context) => worker.scheduled(createScheduledController(), environment, context)),
  }
}

/** Makes a subscriber as a confirmation does, and returns the token of the page of the subscription. */
async function subscriber(): Promise<string> {
  // The date of an article has no milliseconds, so the subscription is some seconds older.
  const store = notifyStore(env.DB, () => Date.now() - 5000)
  const choices = [{ selection: '', schedule: 'now' }] as const
  const asked = {
    address: email,
    addressHash: 'a',
    language: 'fr',
    choices,
    words: mark,
    asked: Date.now() - 1,
  }
  await store.ask(asked, 10)
  const [claimed] = await store.claimOptIns(['hash'])
  await store.recordOptIn(claimed?.number ?? 0, 'sent')
  const made = await store.confirm('hash', 'a'.repeat(22), { at: Date.now() - 1, words: mark })
  if (!made) throw new Error('not confirmed')
  return linkToken([secret], made, 'manage')
}

const effects = async (): Promise<number> =>
  (await env.DB.prepare("SELECT count(*) AS n FROM effect WHERE effect = 'notify'").first<number>('n')) ?? 0

test('jobs go from the form and from a save to the queue of each, and no line of the log tells a person or a token', async () => {
  const { ask, publish, run, cron, queued, weather } = await open(settings)
  await publish('avant')
  const manage = await subscriber()
  expect((await ask('/subscribe', { email: `b${email}`, selection: 'all', when: 'now' })).status).toBe(200)
  expect(queued.VERIFY).toEqual([{ kind: 'opt-in' }])
  await run('kiosque-verify', { kind: 'opt-in' })
  expect((await ask(`/subscriptions/${manage}`)).text).toContain(email)
  await ask(`/subscriptions/${manage}`, { action: 'address', email: `c${email}` })
  await ask(`/subscriptions/${'b'.repeat(43)}`, { [mark]: mark })
  queued.DELIVER = []
  await publish('un')
  expect(queued.DELIVER?.filter(({ kind }) => kind === 'tell')).toEqual([{ kind: 'tell' }])
  expect(await effects()).toBe(1)
  await run('kiosque-deliver', { kind: 'tell' })
  expect(await effects()).toBe(0)
  expect(queued.SLOW).toEqual([{ kind: 'notify', channel: 'email' }])
  await run('kiosque-slow', { kind: 'notify', channel: 'email' })
  await cron()
  weather.isBroken = true
  expect((await ask(`/subscriptions/${manage}`)).status).toBe(503)
  expect((await ask('/subscribe', { email, selection: 'all' })).status).toBe(503)
  expect((await ask(`/subscriptions/${manage}`, { action: 'end' })).status).toBe(503)
  await run('kiosque-slow', { kind: 'notify', channel: 'email' }, { kind: 'tell' }, { kind: 'opt-in' })
  await cron()
  const lines = takeLines()
  expect(lines.filter(({ event }) => event === 'mail-failed').map(({ about }) => about)).toEqual([
    'confirmation',
    'now',
  ])
  expect(lines.map(({ event }) => event)).toEqual(
    expect.arrayContaining(['fault', 'job-failed', 'duty-failed']),
  )
  const told = lines
    .map((line) => JSON.stringify(line))
    .filter((line) => line.includes(mark) || line.includes(manage))
  expect(told).toEqual([])
})

test('a browser is told by its queue, and no line of the log tells an endpoint, a key or a token', async () => {
  const { publicKey, privateKey } = await makeVapidKeys()
  const { ask, publish, run, cron, queued, weather } = await open({
    ...{ SITE_URL: 'http://localhost:1', HUB_LOOPBACK: 'true', SUBSCRIPTION_SECRET: secret },
    VAPID_KEYS: `${publicKey}.${privateKey}`,
  })
  await publish('avant')
  vi.spyOn(globalThis, 'fetch').mockRejectedValue(new Error(mark))
  const { fields } = await subscribeBrowser(publicKey, `http://localhost:1/${mark}`)
  const form = { ...fields, selection: 'all', when: 'now' }
  const made = await ask('/push/subscriptions', form)
  expect(made.status).toBe(201)
  const { manage } = JSON.parse(made.text)
  await env.DB.prepare('UPDATE choice SET since = since - 5000').run()
  queued.DELIVER = []
  await publish('un')
  await run('kiosque-deliver', { kind: 'tell' })
  expect(queued.DELIVER?.filter(({ kind }) => kind === 'notify')).toEqual([
    { kind: 'notify', channel: 'webpush' },
  ])
  await run('kiosque-deliver', { kind: 'notify', channel: 'webpush' })
  weather.isBroken = true
  expect((await ask('/push/subscriptions', form)).status).toBe(503)
  expect((await ask('/push/subscriptions', { ...fields, former: fields.endpoint })).status).toBe(503)
  await run('kiosque-deliver', { kind: 'notify', channel: 'webpush' })
  await cron()
  const lines = takeLines()
  expect(lines.filter(({ event }) => event === 'push-failed')).toEqual([
    { event: 'push-failed', host: 'localhost:1', failure: 'could not be reached', messages: 1 },
  ])
  const secrets = [mark, fields.auth, fields.p256dh, privateKey, manage.split('/').at(-1)]
  const told = lines
    .map((line) => JSON.stringify(line))
    .filter((line) => secrets.some((one) => line.includes(one)))
  expect(told).toEqual([])
})

test('what is published while the settings are incomplete for a cron run is told when they are complete', async () => {
  const complete = await open(settings)
  await complete.publish('avant')
  await subscriber()
  const incomplete = await open({ ...settings, SITE_POSTAL: '' })
  await incomplete.publish('un')
  await incomplete.cron()
  complete.queued.SLOW = []
  await complete.cron()
  expect(complete.queued.SLOW?.filter(({ kind }) => kind === 'notify')).toEqual([
    { kind: 'notify', channel: 'email' },
  ])
  takeLines()
})

test('without a channel, what people asked for expires, and what waits is dropped after three days', async () => {
  const off = await open({})
  await off.publish('avant')
  await subscriber()
  await off.publish('un')
  await off.cron()
  const rows = async () =>
    env.DB.prepare(
      'SELECT (SELECT count(*) FROM opt_in) AS optIns, (SELECT count(*) FROM notification) AS waiting',
    ).first<{ optIns: number; waiting: number }>()
  expect(await rows()).toEqual({ optIns: 1, waiting: 1 })
  const days = 3 * 86_400_000
  await env.DB.batch([
    env.DB.prepare('UPDATE opt_in SET asked = asked - ?1').bind(days),
    env.DB.prepare('UPDATE notification SET since = since - ?1').bind(days + 1000),
  ])
  await off.cron()
  expect(await rows()).toEqual({ optIns: 0, waiting: 0 })
  takeLines()
})

test('without mail, a save starts no job, jobs do nothing, and cron deletes what would wait for ever', async () => {
  const { publish, run, cron, queued } = await open({})
  await publish('avant')
  await subscriber()
  queued.DELIVER = []
  await publish('un')
  expect(await effects()).toBe(1)
  expect(queued.DELIVER?.filter(({ kind }) => kind !== 'push')).toEqual([])
  await run('kiosque-deliver', { kind: 'tell' }, { kind: 'opt-in' }, { kind: 'notify', channel: 'email' })
  expect(await effects()).toBe(1)
  await cron()
  expect(await effects()).toBe(0)
  takeLines()
})

test('an end reaches the bucket at once, and by cron if the bucket did not answer', async () => {
  const kept: string[] = []
  const bucket = { isDown: false }
  const ERASED = {
    put: async (key: string) => {
      if (bucket.isDown) throw new Error('no answer')
      kept.push(key)
    },
  }
  const { ask, cron } = await open({ ...settings, ERASED })
  expect((await ask(`/subscriptions/${await subscriber()}`, { action: 'end' })).status).toBe(200)
  expect(kept).toHaveLength(1)
  await env.DB.prepare('UPDATE erased SET kept = 0').run()
  bucket.isDown = true
  await cron()
  expect(kept).toHaveLength(1)
  bucket.isDown = false
  await cron()
  await cron()
  expect(kept).toHaveLength(2)
  expect(takeLines().filter(({ duty }) => duty === 'erased')).toHaveLength(1)
})
