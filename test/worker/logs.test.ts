import {
  createExecutionContext,
  createMessageBatch,
  createScheduledController,
  waitOnExecutionContext,
} from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { describe, expect, test, vi } from 'vitest'
import type { EventName } from '../../src/domain/event.ts'
import { hashOf } from '../../src/http/token.ts'
import worker from '../../src/index.ts'
import { api } from '../../src/routes/api/api.ts'
import { requestsPerLine } from '../../src/routes/requests.ts'
import { isOf } from '../routes.ts'
import { addLine, type Line, problemsOf, takeLines } from './logged.ts'
import { publicRoutes, routesWithout } from './public-routes.ts'
import { all, filled, ofArticle } from './refused-writes.ts'
import { openSite, type TestSite } from './site.ts'

/** Each secret of this file contains this word, so a line that contains it says too much. */
const mark = 'zqleak'
const client = '203.0.113.77'
const ownToken = 'zqleakT8_mXw2k-9fLQvR3bN5sY7cD1gH4jK6pM0aE'
const slug = 'zqleak-sous-embargo'
const callback = `https://lecteur.example/${mark}/crochet?cle=${mark}`
const headers = {
  Authorization: `Bearer ${ownToken}`,
  Cookie: `session=${mark}`,
  Referer: `https://courrier.example/?de=${mark}`,
  'User-Agent': `Lecteur (+mailto:${mark}@mail.example)`,
  'CF-Connecting-IP': client,
}

const leaksIn = (line: string): boolean => line.toLowerCase().includes(mark) || line.includes(client)

/** The lines since the last call; fails if one contains a secret. */
function checkedLines(): Line[] {
  const lines = takeLines()
  expect(
    lines
      .map((line) => JSON.stringify(line))
      .filter(leaksIn)
      .slice(0, 3),
  ).toEqual([])
  return lines
}

/** Errors whose messages contain what was sent, in each way in which a platform or a library may quote it. */
const faults: Record<string, (sent: string) => unknown> = {
  'an error that quotes': (sent) =>
    new Error(`D1_TYPE_ERROR: Type 'object' not supported for value '${sent}'`),
  'an error with an address': (sent) =>
    new Error(`no answer from https://a.example/${encodeURI(sent)}?${mark}=1`),
  'a SyntaxError': (sent) => new SyntaxError(`Unexpected token z, ${sent} is not valid JSON`),
  'a TypeError': (sent) => new TypeError(`Cannot use 'in' operator to search for 'a' in ${sent}`),
  'an error of several lines': (sent) => new Error(`failed\n    at ${mark} (${sent}:1:1)\n"${sent}"`),
  'no error': (sent) => sent,
}

/** What the Worker's bindings do: they work, or every call fails with an error that contains what was sent. */
interface Weather {
  fault?: ((sent: string) => unknown) | undefined
}

/** The Worker's environment with a database and queues that fail as `weather` says. */
async function environmentIn(weather: Weather): Promise<Env> {
  const originals = new WeakMap<object, { statement: D1PreparedStatement; values: unknown[] }>()
  const failing = <T>(sent: unknown, work: () => Promise<T>): Promise<T> =>
    weather.fault ? Promise.reject(weather.fault(JSON.stringify(sent))) : work()
  const wrap = (statement: D1PreparedStatement, values: unknown[]): D1PreparedStatement => {
    const wrapped = {
      bind: (...given: unknown[]) => wrap(statement.bind(...given), given),
      all: () => failing(values, () => statement.all()),
      run: () => failing(values, () => statement.run()),
      first: (...column: [string]) => failing(values, () => statement.first(...column)),
    } as unknown as D1PreparedStatement
    originals.set(wrapped, { statement, values })
    return wrapped
  }
  const DB = {
    prepare: (sql: string) => wrap(env.DB.prepare(sql), []),
    batch: (statements: D1PreparedStatement[]) => {
      const known = statements.map((one) => originals.get(one))
      return failing(
        known.map((one) => one?.values),
        () => env.DB.batch(known.flatMap((one) => one?.statement ?? [])),
      )
    },
  }
  const queue = {
    send: (message: unknown) => failing([mark, message], async () => {}),
    sendBatch: (messages: unknown) => failing([mark, messages], async () => {}),
  }
  const limit = { limit: async () => ({ success: true }) }
  return {
    ...env,
    ...{ DB, DELIVER: queue, INVALIDATE: queue, READERS: limit, FAILURES: limit },
    SITE_URL: 'https://kiosque.example',
    API_TOKENS: `zq:admin:${await hashOf(ownToken)}`,
  } as unknown as Env
}

type Ask = (path: string, init?: RequestInit) => Promise<number>

/** An isolate of the whole Worker. Its edge refuses every call with an error, if the bindings fail. */
async function isolate(weather: Weather = {}) {
  const environment = await environmentIn(weather)
  const contextOf = () =>
    Object.assign(createExecutionContext(), {
      cache: {
        purge: async (what: unknown) => {
          if (weather.fault) throw weather.fault(JSON.stringify([mark, what]))
          return { success: false }
        },
      },
    })
  const ask: Ask = async (path, init = {}) => {
    const context = contextOf()
    const given = { ...init, headers: { ...headers, ...init.headers } }
    const request = new Request(`https://kiosque.example${path}`, given) as Parameters<typeof worker.fetch>[0]
    const response = await worker.fetch(request, environment, context)
    await response.arrayBuffer()
    await waitOnExecutionContext(context)
    return response.status
  }
  const run = async (queue: string, bodies: unknown[]) => {
    const messages = bodies.map((body, at) => ({ id: `${at}`, timestamp: new Date(0), attempts: 1, body }))
    const context = contextOf()
    await worker.queue(
      createMessageBatch(queue, messages) as Parameters<typeof worker.queue>[0],
      environment,
      context,
    )
    await waitOnExecutionContext(context)
  }
  const cron = async () => {
    const context = contextOf()
    await worker.scheduled(createScheduledController(), environment, context)
    await waitOnExecutionContext(context)
  }
  return { ask, run, cron }
}

const json = (method: string, body: unknown): RequestInit => ({
  method,
  headers: { 'Content-Type': 'application/json' },
  body: JSON.stringify(body),
})
const article = {
  title: `Titre ${mark}`,
  text: `Texte ${mark}`,
  authors: [{ name: 'Kim', email: `${mark}@mail.example` }],
}
const lines = {
  method: 'POST',
  headers: { 'Content-Type': 'application/x-ndjson' },
  body: `${JSON.stringify(article)}\n{${mark}\n`,
}

/** Calls of each route of the API, with secrets in addresses and bodies. */
const apiCalls: [path: string, init?: RequestInit][] = [
  ['/api/articles?status=draft&tag=zqleak'],
  ['/api/articles', json('POST', article)],
  ['/api/articles', lines],
  [`/api/articles/${slug}`],
  [`/api/articles/${slug}`, json('PUT', { ...article, embargo: '2099-01-01T00:00:00Z' })],
  [`/api/articles/${mark}-deux`, { method: 'DELETE' }],
  ['/api/dry-run', lines],
  ['/api/imports', json('POST', { files: mark })],
  ['/api/imports/undo', json('POST', { after: 0 })],
  ['/api/imports/complete', json('POST', { run: mark })],
  ['/api/sections/zqleak', json('PUT', { name: mark })],
  ['/api/tags/zqleak', json('PUT', { name: mark })],
  ['/api/authors/zqleak', json('PUT', { name: mark })],
  ['/api/openapi.json'],
  ['/api/share', json('POST', { pages: [{ url: `https://a.example/${mark}`, title: mark }] })],
  ...['', '.csv'].flatMap((end): [string][] => [
    [`/api/shares${end}?from=${mark}`],
    [`/api/articles/${slug}/shares${end}`],
  ]),
  ['/api/paths?after=zqleak'],
  ...['', '/dry-run'].map((end): [string, RequestInit] => [
    `/api/paths${end}`,
    json('POST', { paths: [{ path: `tags/${mark}`, title: mark }] }),
  ]),
  ['/api/backup'],
  [`/api/backup/articles?after=${mark}`],
  ['/api/restore', json('POST', { [mark]: mark })],
  ['/api/restore/complete', json('POST', { [mark]: mark })],
  ['/api/restored', json('POST', {})],
  [`/api/hub?topic=${mark}`],
  ['/api/hub/redeliver', json('POST', { topic: mark })],
  [`/api/hub/subscriptions/${mark}`, { method: 'DELETE' }],
  ['/api/subscriptions'],
  ['/api/subscriptions', json('DELETE', { address: `${mark}@mail.example` })],
  [`/api/subscriptions/erased?after=${mark}`],
  ['/api/subscriptions/erased', json('POST', { erased: [{ hash: mark, at: 0 }] })],
  [`/api/subscriptions/backup?after=${mark}`],
  ['/api/subscriptions/backup', json('POST', { subscribers: [{ address: `${mark}@mail.example` }] })],
  [`/api/comments?state=${mark}`],
  ['/api/comments', json('POST', { ids: [mark], state: mark })],
  ...['bans', 'closing', 'import', 'person', 'addresses'].map((end): [string, RequestInit] => [
    `/api/comments/${end}`,
    json('POST', { ids: [mark] }),
  ]),
  [`/api/comments/addresses?after=${mark}`],
  ['/api/comments/person', json('DELETE', { address: `${mark}@mail.example` })],
  [`/api/comments/${mark}`],
  [`/api/doctor?after=0&${mark}`],
  ['/api/doctor', json('POST', { after: 0 })],
  [`/api/${mark}`],
]

const subscribing = (mode: string, topic = 'feed.json'): RequestInit => ({
  method: 'POST',
  body: new URLSearchParams({
    'hub.mode': mode,
    'hub.topic': `https://kiosque.example/${topic}`,
    'hub.callback': callback,
    'hub.secret': `${mark}secret`,
  }),
})

/** Sends every public address and every call of the API, with secrets wherever a client can put one. */
async function askAll(ask: Ask): Promise<void> {
  const addresses = [...(await all()), ...(await ofArticle(slug)), `/${mark}`, `/articles/${mark}/${mark}`]
  for (const path of addresses) {
    await ask(path)
    await ask(`${path}${path.includes('?') ? '&' : '?'}text=${mark}%20${mark}&quote=${mark}&tag=${mark}`)
  }
  await ask(`/${mark}`, { method: 'PROPFIND' })
  for (const [path, init] of apiCalls) {
    await ask(path, init)
    await ask(path, { ...init, headers: { ...init?.headers, Authorization: `Bearer ${mark}` } })
  }
  for (const mode of ['subscribe', 'unsubscribe', mark]) await ask('/hub', subscribing(mode))
  await ask('/hub', subscribing('unsubscribe', `tags/${mark}/feed.rss`))
}

const verifications = async (): Promise<unknown[]> =>
  (await env.DB.prepare('SELECT number FROM verification').all()).results.map(({ number }) => ({
    kind: 'verify',
    verification: number,
  }))

/** Answers the hub's requests: a verification with its challenge, a delivery with the given status. */
const answering = (status: number) => async (request: unknown) => {
  const challenge = new URL((request as Request).url).searchParams.get('hub.challenge')
  return new Response(challenge ?? mark, { status: challenge ? 200 : status })
}

test('the calls of this file include every route', async () => {
  expect(routesWithout(await all())).toEqual([])
  const routes = api.routes.filter(
    ({ method, path }) => path !== '/*' && !['ALL', 'OPTIONS'].includes(method),
  )
  const missing = routes.filter(
    ({ method, path }) =>
      !apiCalls.some(([address, init]) => (init?.method ?? 'GET') === method && isOf(path, address)),
  )
  expect(routes.length).toBeGreaterThan(20)
  expect(missing.map(({ method, path }) => `${method} ${path}`)).toEqual([])
})

test('no line of a full run contains a query, a key, a secret, an address of a person or a hidden article', async () => {
  const site = await filled()
  site.at(Date.now())
  await site.put('a-jeter')
  const weather: Weather = {}
  const { ask, run, cron } = await isolate(weather)
  const fetching = vi.spyOn(globalThis, 'fetch')
  const seen = new Set<EventName>()
  const look = () => {
    for (const { event } of checkedLines()) seen.add(event)
  }

  expect(
    await ask(`/api/articles/${slug}`, json('PUT', { ...article, embargo: '2099-01-01T00:00:00Z' })),
  ).toBe(201)
  await askAll(ask)
  fetching.mockImplementation(answering(204))
  await ask('/hub', subscribing('subscribe'))
  await run('kiosque-deliver', await verifications())
  expect(await ask('/api/articles/neuf', json('PUT', { title: 'Neuf', text: 'Corps.' }))).toBe(201)
  const { number } =
    (await env.DB.prepare('SELECT number FROM subscription').first<{ number: number }>()) ?? {}
  await run('kiosque-deliver', [{ kind: 'push' }])
  await run('kiosque-deliver', [{ kind: 'deliver', topic: 'feed.json', subscriptions: [number] }])
  for (const fetched of [
    answering(500),
    () => Promise.reject(new Error(`no route to ${callback}`)),
    async () => new Response(mark, { status: 404 }),
  ]) {
    fetching.mockImplementation(fetched)
    await ask('/hub', subscribing('unsubscribe', `tags/${mark}/feed.rss`))
    await run('kiosque-deliver', [
      ...(await verifications()),
      { kind: 'announce', hub: `https://a.example/?${mark}`, topics: [mark] },
      { kind: 'announce', hub: mark, topics: [mark] },
    ])
  }
  await cron()
  look()

  await env.DB.prepare(
    `UPDATE article SET json = json_set(json, '$.slug', ?1, '$.title', ?1) WHERE slug = 'a-jeter'`,
  )
    .bind(mark)
    .run()
  await env.DB.prepare(`INSERT INTO effect (effect, revision, paths) VALUES ('websub', 5, ?1)`)
    .bind(JSON.stringify({ [mark]: mark }))
    .run()
  const afterwards = await isolate(weather)
  for (const path of ['/feed.rss', '/articles/a-jeter', '/api/articles']) await afterwards.ask(path)
  await afterwards.cron()
  look()

  for (const fault of Object.values(faults)) {
    weather.fault = fault
    const failing = await isolate(weather)
    await askAll(failing.ask)
    await failing.cron()
    await failing.run('kiosque-invalidate', [null])
    await failing.run('kiosque-deliver', [{ kind: 'push' }, { kind: 'verify', verification: 1 }])
    await failing.run('kiosque-dead', [{ kind: 'push' }])
    await failing.ask('/s/22222222222.x')
    look()
  }
  const missing = [
    'request',
    'fault',
    'bulk-import-failed',
    'bad-row',
    'duty-failed',
    'job-failed',
    'batch-failed',
  ]
    .concat(['subscribed', 'verification-failed', 'delivered', 'invalidation-refused', 'take-up-failed'])
    .filter((event) => !seen.has(event as EventName))
  expect(missing).toEqual([])
})

describe('a line of a request', () => {
  const linesOf = async (site: TestSite, path: string, init: RequestInit = {}) => {
    takeLines()
    await site.get(path, (init.headers ?? {}) as Record<string, string>, init.method)
    return checkedLines().filter(({ event }) => event === 'request')
  }

  test('names the pattern of the route that answered', async () => {
    const site = await filled()
    site.ports.isSampled = () => true
    delete site.ports.answers
    const addresses = await all()
    const found = new Set<string>()
    for (const path of addresses) {
      const [line, ...more] = await linesOf(site, path)
      expect([path, more]).toEqual([path, []])
      expect(isOf(String(line?.route), path), `${path} as ${line?.route}`).toBe(true)
      expect(line, path).toMatchObject({
        method: 'GET',
        of: Number(line?.status) < 500 ? requestsPerLine : 1,
      })
      found.add(String(line?.route))
    }
    expect(publicRoutes.filter((route) => route !== '/*' && !found.has(route))).toEqual([])
  })

  test.for<[path: string, method: string, line: object]>([
    ['/api/articles/un?form=stored', 'GET', { method: 'GET', route: '/api/articles/:slug', status: 404 }],
    ['/api/articles/un', 'PATCH', { method: 'other', route: '/api/articles/:slug', status: 405 }],
    ['/api/rien', 'GET', { method: 'GET', route: 'none', status: 404 }],
    ['/api', 'GET', { method: 'GET', route: 'none', status: 404 }],
    ['/rien/du/tout', 'HEAD', { method: 'HEAD', route: 'none', status: 404 }],
    ['/articles/rien', 'PROPFIND', { method: 'other', route: '/articles/:slug', status: 405 }],
  ])('%s with %s', async ([path, method, line]) => {
    const site = await openSite()
    site.ports.isSampled = () => true
    const authorization = method === 'GET' ? headers : {}
    const found = await linesOf(site, path, { method, headers: authorization })
    expect(found).toMatchObject([{ ...line, ...(path.endsWith('stored') && { status: 401 }) }])
  })

  test('is written for one of a hundred requests, and for each one that fails or is slow', async () => {
    const site = await openSite()
    expect(await linesOf(site, '/feeds')).toEqual([])
    const read = site.ports.store.heads
    site.ports.store.heads = async (...values) => {
      site.wait(1000)
      return read(...values)
    }
    expect(await linesOf(site, '/feed.rss')).toMatchObject([{ status: 200, milliseconds: 1000, of: 1 }])
    site.ports.store.heads = () => Promise.reject(new Error('D1 is down'))
    expect(await linesOf(site, '/feed.atom')).toMatchObject([
      { route: expect.any(String), status: 500, of: 1 },
    ])
  })
})

describe('the search for leaks finds', () => {
  const request = { event: 'request', method: 'GET', route: '/feed.:format', status: 200 }
  test.for<[what: string, line: string]>([
    ['a query', JSON.stringify({ ...request, route: '/feed.rss?text=x' })],
    ['a path', JSON.stringify({ ...request, route: '/articles/un' })],
    ['a method that a client invented', JSON.stringify({ ...request, method: 'SECRET' })],
    ['an unknown field', JSON.stringify({ ...request, url: 'x' })],
    ['an unknown event', JSON.stringify({ event: 'debug' })],
    ['an object', JSON.stringify({ event: 'job-failed', message: { a: 1 } })],
    ['a text that is no event', 'Listening'],
    ['an address', JSON.stringify({ event: 'fault', message: 'no answer from https://a.example/b' })],
    ['an e-mail', JSON.stringify({ event: 'fault', message: 'kim@mail.example' })],
    ['an IP address', JSON.stringify({ event: 'fault', message: 'refused 203.0.113.7' })],
    ['a token', JSON.stringify({ event: 'fault', message: `Error: ${ownToken}` })],
    ['a callback', JSON.stringify({ event: 'subscribed', host: 'reader.example/callback' })],
    ['an address as a topic', JSON.stringify({ event: 'delivered', topic: 'https://a.example/feed.rss' })],
    ['a message in a stack', JSON.stringify({ event: 'fault', stack: 'secret\n    at f (a.js:1:1)' })],
  ])('%s', ([, line]) => {
    expect(problemsOf(line)).not.toEqual([])
    addLine(line)
    expect(() => takeLines()).toThrow('The log line')
  })

  test('a planted secret', () => {
    addLine(JSON.stringify({ event: 'fault', message: `Error: ${mark}` }))
    expect(() => checkedLines()).toThrow('to deeply equal []')
  })
})
