import { createExecutionContext, createScheduledController, waitOnExecutionContext } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import { afterEach, describe, expect, test, vi } from 'vitest'
import { archivePath } from '../../src/domain/archive.ts'
import { namePath } from '../../src/domain/selection.ts'
import { hashOf } from '../../src/http/token.ts'
import worker from '../../src/index.ts'
import { d1Store } from '../../src/store/d1.ts'
import { type Call, covers, waitingPurges, withoutMessages } from './edge.ts'
import { openSite, token } from './site.ts'

afterEach(() => vi.restoreAllMocks())

/** Whether a database loses the answer to the next batch that commits a save. */
interface Losing {
  lost: boolean
}

/** Wraps the test's database: the next batch that commits a save then throws, if `losing` says so. */
function losing(losing: Losing): D1Database {
  const revision = () => env.DB.prepare('SELECT revision FROM site').first('revision')
  return {
    prepare: (sql: string) => env.DB.prepare(sql),
    batch: async (statements: D1PreparedStatement[]) => {
      const before = losing.lost && (await revision())
      const done = await env.DB.batch(statements)
      if (!losing.lost || (await revision()) === before) return done
      losing.lost = false
      throw new Error('D1_ERROR: the answer is lost')
    },
  } as unknown as D1Database
}

/** An isolate of the Worker, with an edge that records the accepted purge calls. */
function openIsolate(calls: Call[], faults: Losing = { lost: false }, isKilled = false) {
  const environment = { ...withoutMessages(), DB: losing(faults), API_TOKENS: '' } as unknown as Env
  const contextOf = () => {
    const context = createExecutionContext()
    // The Worker is killed during its first call: the call never returns, and nothing after it happens.
    const purge = (what: Call) => (isKilled ? new Promise(() => {}) : Promise.resolve(void calls.push(what)))
    return { context, given: Object.assign(context, { cache: { purge } }) }
  }
  return {
    send: async (
      method: string,
      path: string,
      body?: unknown,
      type = 'application/json',
    ): Promise<number> => {
      Object.assign(environment, { API_TOKENS: `tests:admin:${await hashOf(token)}` })
      const text = typeof body === 'string' ? body : JSON.stringify(body)
      const request = new Request(`https://kiosque.example${path}`, {
        method,
        headers: { Authorization: `Bearer ${token}`, 'Content-Type': type },
        ...(body !== undefined && { body: text }),
      }) as Parameters<typeof worker.fetch>[0]
      const { context, given } = contextOf()
      const answer = Promise.resolve(worker.fetch(request, environment, given))
      if (isKilled) {
        await expect.poll(waitingPurges).not.toEqual([])
        return 0
      }
      const response = await answer
      await response.text()
      await waitOnExecutionContext(context)
      return response.status
    },
    cron: async () => {
      const { context, given } = contextOf()
      await worker.scheduled(createScheduledController(), environment, given)
      await waitOnExecutionContext(context)
    },
  }
}

/** Lets the time pass that the waiting purges wait for. */
const pass = () =>
  env.DB.batch([env.DB.prepare('UPDATE effect SET next = 0'), env.DB.prepare('UPDATE site SET purged = 0')])

const article = {
  title: 'Sommet',
  text: 'Un paragraphe.',
  section: 'Monde',
  tags: ['Été'],
  authors: ['Kim'],
  published: '2024-06-01T00:00:00Z',
}
const archiveOf = (path: string) => archivePath(path, 20_240_600_001)
const selections = ['', 'sections/monde', 'tags/ete', 'authors/kim']
const shown = [...selections, ...selections.map(archiveOf), 'articles/sommet']
const places = (from: string) => [from, namePath(from), archiveOf(from)]

type Send = (method: string, path: string, body?: unknown, type?: string) => Promise<number>

/**
 * Each kind of write, with the paths whose copies the write makes outdated, and what a repetition answers. A
 * rename makes several saves: with the paths of the first of them.
 */
const writes: [
  what: string,
  send: (send: Send) => Promise<number>,
  paths: string[],
  again: number,
  first?: string[],
][] = [
  ['an edit', (send) => send('PUT', '/api/articles/sommet', { ...article, title: 'Neuf' }), shown, 200],
  ['a withdrawal', (send) => send('DELETE', '/api/articles/sommet'), shown, 204],
  [
    'a bulk save',
    (send) =>
      send(
        'POST',
        '/api/articles',
        `${JSON.stringify({ ...article, slug: 'sommet', title: 'Neuf' })}\n`,
        'application/x-ndjson',
      ),
    shown,
    200,
  ],
  [
    'an embargo that ends soon',
    (send) => send('PUT', '/api/articles/neuf', { ...article, embargo: soon }),
    [...selections, archiveOf('')],
    200,
  ],
  [
    'a rename',
    (send) => send('PUT', '/api/sections/monde', { name: 'Planète' }),
    [...places('sections/monde'), 'sections/planete', archiveOf('sections/planete'), ''],
    200,
    [...places('sections/monde').filter((path) => !path.endsWith('/name')), ''],
  ],
  [
    'another spelling',
    (send) => send('PUT', '/api/sections/monde', { name: 'MONDE' }),
    [...places('sections/monde'), ''],
    200,
    ['sections/monde', ''],
  ],
  [
    'a name of a backup',
    (send) => send('POST', '/api/paths', { paths: [{ path: 'sections/monde', title: 'MONDE' }] }),
    [...places('sections/monde'), ''],
    200,
  ],
  ['the command after a restore of the database', (send) => send('POST', '/api/restored'), shown, 200],
]

/**
 * An instant so soon that copies made before the save would outlive it. It is the same for each request, so that a
 * repeated request changes nothing.
 */
const soon = new Date(Math.ceil(Date.now() / 1000) * 1000 + 300_000).toISOString()

/** A store with one public article, and no effect that waits. */
async function filled(): Promise<void> {
  const site = await openSite()
  site.at(Date.now() - 60_000)
  await site.put('sommet', article)
  await env.DB.prepare('DELETE FROM effect').run()
}

/** Fails unless each path is covered by two of the calls. */
function expectTwice(calls: readonly Call[], paths: readonly string[]): void {
  for (const path of paths) {
    expect(calls.filter((call) => covers(call, path)).length, `calls for "${path}"`).toBeGreaterThanOrEqual(2)
  }
}

describe('a save whose answer is lost ends in two purges of every path', () => {
  test.for(writes)('%s, that is repeated', async ([, write, paths, again]) => {
    await filled()
    const calls: Call[] = []
    const faults = { lost: false }
    const { send, cron } = openIsolate(calls, faults)
    await send('GET', '/api/articles')
    faults.lost = true
    await write(send)
    expect(faults.lost).toBe(false)
    expect(await write(send)).toBe(again)
    expect(calls.length, 'calls at once').toBeGreaterThanOrEqual(1)
    for (const path of paths)
      expect(
        calls.some((call) => covers(call, path)),
        path,
      ).toBe(true)
    await pass()
    await cron()
    expectTwice(calls, paths)
    expect(await waitingPurges()).toEqual([])
  })

  test.for(writes)('%s, after which only cron comes, in another isolate', async ([, write, paths]) => {
    await filled()
    const calls: Call[] = []
    const faults = { lost: false }
    const before: Call[] = []
    const first = openIsolate(before, faults)
    await first.send('GET', '/api/articles')
    faults.lost = true
    // The calls of the first isolate do not count.
    await write(first.send)
    expect(faults.lost).toBe(false)
    expect(before.length, 'calls at once').toBeGreaterThanOrEqual(1)
    await env.DB.prepare('UPDATE effect SET accepted = 0').run()
    const { cron } = openIsolate(calls)
    for (const _ of [1, 2]) {
      await pass()
      await cron()
    }
    expectTwice(calls, paths)
    expect(await waitingPurges()).toEqual([])
  })
})

describe('a Worker that is killed between the commit and the effect', () => {
  test.for(writes)('%s', async ([, write, paths, , first = paths]) => {
    await filled()
    const killed = openIsolate([], undefined, true)
    await write(killed.send)
    const calls: Call[] = []
    const { cron } = openIsolate(calls)
    for (const _ of [1, 2]) {
      await pass()
      await cron()
    }
    expect(calls).toHaveLength(2)
    expectTwice(calls, first)
    expect(await waitingPurges()).toEqual([])
  })

  test.for(writes)('%s, that is repeated', async ([, write, paths, again, first = paths]) => {
    await filled()
    await write(openIsolate([], undefined, true).send)
    const calls: Call[] = []
    const { send, cron } = openIsolate(calls)
    expect(await write(send)).toBe(again)
    const missing = first.filter((path) => !calls.some((call) => covers(call, path)))
    expect(missing, 'paths without a call at once').toEqual([])
    for (const _ of [1, 2]) {
      await pass()
      await cron()
    }
    expectTwice(calls, paths)
    expect(await waitingPurges()).toEqual([])
  })

  test('an end of an embargo that a read saved', async () => {
    const site = await openSite()
    site.at(Date.now() - 60_000)
    await site.put('sommet', { ...article, embargo: new Date(Date.now() - 30_000).toISOString() })
    await env.DB.prepare('DELETE FROM effect').run()
    await openIsolate([], undefined, true).send('GET', '/feed.rss')
    const calls: Call[] = []
    const { cron } = openIsolate(calls)
    for (const _ of [1, 2]) {
      await pass()
      await cron()
    }
    expectTwice(calls, shown)
    expect(await waitingPurges()).toEqual([])
  })
})

describe('what a save stores for the edge', () => {
  test('a withdrawal is urgent, a correction is not', async () => {
    await filled()
    const site = await openSite()
    await site.put('sommet', { ...article, title: 'Neuf' })
    await site.call('DELETE', '/api/articles/sommet')
    expect((await waitingPurges()).map(({ urgent }) => urgent)).toEqual([0, 1])
  })

  test('is what the caller is told, and nothing where readers see no change', async () => {
    await filled()
    const site = await openSite()
    site.at(Date.now())
    await site.put('sommet', { ...article, title: 'Neuf' })
    const [row] = await waitingPurges()
    expect(site.invalidated.toSorted()).toEqual(row?.paths?.toSorted())
    await site.put('brouillon', { ...article, status: 'draft' })
    await site.call('DELETE', '/api/articles/brouillon')
    expect(await waitingPurges()).toHaveLength(1)
  })

  test('a version that does not know the table stores it too, and finds what it must tell subscribers', async () => {
    await filled()
    await env.DB.batch([
      env.DB.prepare('UPDATE site SET revision = revision + 1'),
      env.DB.prepare("UPDATE selection SET revision = (SELECT revision FROM site) WHERE path = 'tags/ete'"),
    ])
    expect((await waitingPurges()).map(({ paths }) => paths)).toEqual([['tags/ete']])
    const read = () => env.DB.prepare('SELECT revision, paths FROM outbox ORDER BY revision').all()
    const { results } = await read()
    expect(results).toEqual([{ revision: expect.any(Number), paths: '["tags/ete"]' }])
    await env.DB.prepare('DELETE FROM outbox WHERE revision <= ?1').bind(results[0]?.revision).run()
    expect((await read()).results).toEqual([])
    expect(await waitingPurges()).toHaveLength(1)
  })

  test('the rows of a site whose hub is switched off go with the next cron run', async () => {
    await filled()
    await (await openSite()).put('sommet', { ...article, title: 'Neuf' })
    const count = async () =>
      (await env.DB.prepare("SELECT count(*) AS n FROM effect WHERE effect = 'websub'").first())?.n
    expect(await count()).toBe(1)
    const flags = { ...Cloudflare.compatibilityFlags, global_fetch_strictly_public: false }
    vi.spyOn(Cloudflare, 'compatibilityFlags', 'get').mockReturnValue(flags)
    await openIsolate([]).cron()
    expect(await count()).toBe(0)
  })
})

describe('a rename that is repeated', () => {
  const rename = async (name: string) => {
    const site = await openSite({ API_TOKENS: `tests:admin:${await hashOf(token)}` })
    return (await site.call('PUT', '/api/sections/monde', { name })).status
  }

  test('succeeds without a change; another name does not', async () => {
    await filled()
    expect(await rename('Planète')).toBe(200)
    const revision = async () => (await env.DB.prepare('SELECT revision FROM site').first())?.revision
    const before = await revision()
    expect(await rename('Planète')).toBe(200)
    expect(await revision()).toBe(before)
    expect([await rename('Planete'), await rename('Ailleurs')]).toEqual([404, 404])
  })

  test('and of which every answer of the database was lost once, succeeds, also for drafts only', async () => {
    await filled()
    await (await openSite()).put('brouillon', { ...article, status: 'draft', section: 'Secret' })
    for (const [path, name] of [
      ['/api/sections/monde', 'Planète'],
      ['/api/sections/secret', 'Affaire'],
    ] as const) {
      const faults = { lost: false }
      const { send } = openIsolate([], faults)
      await send('GET', '/api/articles')
      faults.lost = true
      expect(await send('PUT', path, { name }), path).toBe(200)
    }
    const { articles } = await d1Store(env.DB, Date.now, () => {}).list({ limit: 9 })
    expect(articles.map(({ article }) => article.section).toSorted()).toEqual(['Affaire', 'Planète'])
  })
})
