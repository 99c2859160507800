import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { limits, type Measure } from '../../src/domain/limits.ts'
import {
  countFetch,
  countMessages,
  exceeded,
  type Invocation,
  measureHeaders,
  meterBindings,
  metered,
  takeInvocations,
} from './meter.ts'

/** Runs work as an invocation. Returns what the invocation used. */
async function used(work: () => unknown): Promise<Invocation> {
  await metered('a test', work)
  const [invocation] = takeInvocations()
  if (!invocation) throw new Error('No invocation was measured')
  return invocation
}

const database = env.DB
const times = (count: number, work: () => unknown) => Promise.all(Array.from({ length: count }, work))
const one = () => database.prepare('SELECT 1 AS one')
const inBytes = (length: number) => `SELECT 1 --${'x'.repeat(length - 11)}`
const headersOf = (headers: Record<string, string>) => measureHeaders(new Response('', { headers }))
const queue = { sendBatch: async () => {}, send: async () => {} }
const bindings = { QUEUE: queue, RATE: { limit: async () => ({ success: true }) } }
const messages = (count: number) => Array.from({ length: count }, () => ({ body: 1 }))

/** For each measure, an invocation that uses the given number of it. */
const uses: Record<Measure, (number: number) => unknown> = {
  statements: (number) => database.batch(Array.from({ length: number }, one)),
  services: (number) => times(number, () => meterBindings(bindings).RATE.limit()),
  fetches: (number) => times(number, countFetch),
  parameters: (number) =>
    database
      .prepare(`SELECT ${'?,'.repeat(number - 1)}?`)
      .bind(...Array.from({ length: number }, () => 1))
      .all()
      .catch(() => {}),
  sqlBytes: (number) =>
    database
      .prepare(inBytes(number))
      .all()
      .catch(() => {}),
  valueBytes: (number) => database.prepare('SELECT length(?) AS l').bind('x'.repeat(number)).all(),
  rowBytes: (number) => {
    const half = Math.floor(number / 2)
    return database
      .prepare('SELECT ? AS one, ? AS other')
      .bind('x'.repeat(half), 'x'.repeat(number - half))
      .all()
  },
  headerBytes: (number) => {
    const content = 'Content-Type: text/plain;charset=UTF-8\r\n'.length
    const names = Array.from({ length: 10 }, (_, at) => `X-${at}`)
    const each = Math.floor((number - content) / 10)
    const rest = number - content - each * 10
    headersOf(Object.fromEntries(names.map((name, at) => [name, 'x'.repeat(each - 7 + (at ? 0 : rest))])))
  },
  fieldBytes: (number) => headersOf({ 'X-A': 'x'.repeat(number - 7) }),
  tagCharacters: (number) => headersOf({ 'Cache-Tag': `all,${'x'.repeat(number)}` }),
  purgedTags: (number) => {
    const cache = { purge: async (_: { tags: string[] }) => true }
    return meterBindings({ cache }).cache.purge({ tags: Array.from({ length: number }, String) })
  },
  messagesPerCall: (number) => (meterBindings(bindings).QUEUE.sendBatch as Send)(messages(number)),
  messageBytes: (number) => countMessages(['x'.repeat(number - 2)]),
  callBytes: (number) => countMessages(['x'.repeat(number / 2 - 2), 'x'.repeat(number / 2 - 2)]),
  delaySeconds: (number) => (meterBindings(bindings).QUEUE.send as Send)(1, { delaySeconds: number }),
}

type Send = (...values: unknown[]) => Promise<void>

describe('a test fails', () => {
  test.fails('if an invocation of it goes past a limit', async () => {
    await metered('a test', () => times(limits.fetches.paid + 1, countFetch))
  })

  test.fails('if a row that it leaves in the database goes past the limit of a row', async () => {
    await database
      .prepare('INSERT INTO redirect (path, target) VALUES (?, ?)')
      .bind('x'.repeat(1_000_000), 'x'.repeat(1_000_001))
      .run()
  })

  test.fails('if an invocation that uses the database is of no kind in docs/limits.md', async () => {
    await metered('kiosque-new: job', () => one().all())
  })

  test('only then', async () => {
    await metered('a test', () => times(limits.fetches.paid, countFetch))
    await database
      .prepare('INSERT INTO redirect (path, target) VALUES (?, ?)')
      .bind('x'.repeat(1_000_000), 'x'.repeat(999_000))
      .run()
  })
})

describe('an invocation', () => {
  test.for(Object.keys(uses) as Measure[])('may use its limit of %s, and no more', async (measure) => {
    const most = limits[measure].paid
    const within = await used(() => uses[measure](most))
    expect(within[measure]).toBe(most)
    const beyond = await used(() => uses[measure](most + (measure === 'callBytes' ? 2 : 1)))
    expect(exceeded(beyond)).toContainEqual(
      expect.stringMatching(`^a test: ${measure} ${beyond[measure]} is more than ${most}, `),
    )
    expect(exceeded(within).filter((text) => text.startsWith(`a test: ${measure} `))).toEqual([])
  })

  const counted: [what: string, work: () => unknown, statements: number, calls: number][] = [
    ['all', () => one().all(), 1, 1],
    ['run', () => one().run(), 1, 1],
    ['first', () => one().first(), 1, 1],
    ['first with a column', () => one().first('one'), 1, 1],
    ['raw', () => one().raw(), 1, 1],
    ['bind and all', () => database.prepare('SELECT ?').bind(1).all(), 1, 1],
    ['a batch of three', () => database.batch([one(), one(), one()]), 3, 1],
    ['a session', () => database.withSession().prepare('SELECT 1').all(), 1, 1],
    ['a batch of a session', () => database.withSession().batch([one(), one()]), 2, 1],
    ['exec', () => database.exec('SELECT 1\nSELECT 2'), 2, 2],
    ['a refused statement', () => Promise.allSettled([database.prepare('SELEC').all()]), 1, 1],
    ['a refused batch', () => Promise.allSettled([database.batch([database.prepare('SELEC')])]), 1, 1],
  ]
  test.for(counted)('counts %s', async ([, work, statements, calls]) => {
    expect(await used(work)).toMatchObject({ statements, services: calls })
  })

  test('gets the same results from D1 as without a meter', async () => {
    await used(async () => {
      expect(await one().first()).toEqual({ one: 1 })
      expect(await one().first('one')).toBe(1)
      expect(await database.prepare('SELECT 1 WHERE 0').first()).toBe(null)
      expect(await one().raw()).toEqual([[1]])
      expect((await one().all()).results).toEqual([{ one: 1 }])
    })
  })

  test('has the rows that D1 bills', async () => {
    const insert = "INSERT INTO redirect (path, target) VALUES ('articles/a', 'articles/b')"
    const { rowsRead, rowsWritten } = await used(() => database.prepare(insert).run())
    expect(rowsWritten).toBeGreaterThanOrEqual(1)
    const read = await used(() => database.prepare('SELECT * FROM redirect').first())
    expect([rowsRead, read.rowsRead, read.rowsWritten]).toEqual([0, 1, 0])
  })

  test('ends no sooner than the work that it has begun', async () => {
    let later = Promise.resolve<unknown>(undefined)
    const invocation = await used(() => {
      later = one()
        .all()
        .then(() => one().all())
    })
    await later
    expect(invocation.statements).toBe(2)
  })

  test('is another one inside an invocation with another name, and the same one otherwise', async () => {
    await metered('cron', async () => {
      await one().all()
      await metered('GET /', () => database.batch([one(), one()]))
      await metered('cron', () => one().all())
    })
    expect(takeInvocations().map(({ name, statements }) => [name, statements])).toEqual([
      ['cron', 2],
      ['GET /', 2],
    ])
  })

  test('does not count what tests do outside', async () => {
    await one().all()
    expect(takeInvocations()).toEqual([])
  })
})
