import { describe, expect, test } from 'vitest'
import { invalidate, invalidateQueued, type Purge } from '../../src/write/invalidate.ts'
import { createPurgeBudget, type Invalidation } from '../../src/write/purge-budget.ts'

type Call = Parameters<Purge>[0]

/** Test ports that record each purge call to the edge and each message to the invalidation queue. */
function edge(answer: (what: Call) => Promise<boolean> = async () => true) {
  let now = 0
  const calls: Call[] = []
  const sent: [Invalidation, number][] = []
  const logged: string[] = []
  return {
    calls,
    sent,
    logged,
    wait: (milliseconds: number) => {
      now += milliseconds
    },
    ports: {
      purge: (what: Call) => {
        calls.push(what)
        return answer(what)
      },
      send: async (message: Invalidation, delaySeconds: number) => {
        sent.push([message, delaySeconds])
      },
      purgeBudget: createPurgeBudget(() => now),
      log: (event: string) => logged.push(event),
    },
  }
}

const many = (length: number, of = 'tags/') => Array.from({ length }, (_, at) => `${of}${at}`)

describe('what follows a save', () => {
  test('its selections are marked stale at once, and again ten seconds later', async () => {
    const { ports, calls, sent } = edge()
    await invalidate(ports, ['', 'tags/été'])
    expect(calls).toEqual([{ tags: ['all', 'tags/%C3%A9t%C3%A9'] }])
    expect(sent).toEqual([[{ tags: ['all', 'tags/%C3%A9t%C3%A9'] }, 10]])
  })

  test('nothing where nothing public changed', async () => {
    const { ports, calls, sent } = edge()
    await invalidate(ports, [])
    expect([calls, sent]).toEqual([[], []])
  })

  test('more tags than the platform takes in one call are everything', async () => {
    const { ports, calls, sent } = edge()
    await invalidate(ports, many(101))
    expect(calls).toEqual([{ purgeEverything: true }])
    expect(sent).toEqual([[{ everything: true }, 10]])
  })

  test('a restore of the database marks everything stale twice, even if the budget is used up', async () => {
    const { ports, calls, sent } = edge()
    for (const path of many(6)) await invalidate(ports, [path])
    await invalidate(ports, 'everything', true)
    expect(calls.at(-1)).toEqual({ purgeEverything: true })
    expect(sent.at(-1)).toEqual([{ everything: true }, 10])
  })

  test('the sixth save in a minute waits for the queue; a withdrawal never does', async () => {
    const { ports, calls, wait } = edge()
    for (const path of many(6)) await invalidate(ports, [path])
    expect(calls).toHaveLength(5)
    await invalidate(ports, ['articles/tue'], true)
    expect(calls.at(-1)).toEqual({ tags: ['articles/tue'] })
    wait(60_000)
    await invalidate(ports, ['tags/x'])
    expect(calls.at(-1)).toEqual({ tags: ['tags/x'] })
  })

  test('a withdrawal that the edge accepted at once is queued only for the second invalidation', async () => {
    const { ports, sent } = edge()
    await invalidate(ports, ['articles/tue'], true)
    expect(sent).toEqual([[{ tags: ['articles/tue'] }, 10]])
  })

  test('a tag that a message under way covers is not sent again', async () => {
    const { ports, sent, wait } = edge()
    await invalidate(ports, ['', 'tags/a'])
    wait(4999)
    await invalidate(ports, ['', 'tags/b'])
    await invalidate(ports, ['', 'tags/b'])
    expect(sent.map(([message]) => message)).toEqual([{ tags: ['all', 'tags/a'] }, { tags: ['tags/b'] }])
    wait(1)
    await invalidate(ports, [''])
    expect(sent.at(-1)).toEqual([{ tags: ['all'] }, 10])
  })

  const failures: [what: string, answer: () => Promise<boolean>, event: string][] = [
    ['refuses', async () => false, 'invalidation-refused'],
    ['is out of reach', () => Promise.reject(new Error('no')), 'invalidation-failed'],
  ]
  test.for(failures)(
    'a cache that %s is logged; what is urgent is queued at once',
    async ([, answer, event]) => {
      const { ports, sent, logged } = edge(answer)
      await invalidate(ports, ['tags/a'])
      await invalidate(ports, ['tags/b'], true)
      expect(sent).toEqual([
        [{ tags: ['tags/a'] }, 10],
        [{ tags: ['tags/b'] }, 0],
        [{ tags: ['tags/b'] }, 10],
      ])
      expect(logged).toEqual([event, event])
    },
  )

  test('a queue out of reach is logged, and the save stands', async () => {
    const { ports, logged } = edge()
    await invalidate({ ...ports, send: () => Promise.reject(new Error('no')) }, ['tags/a'])
    expect(logged).toEqual(['invalidation-failed'])
  })
})

describe('a batch of the queue', () => {
  const rows: [what: string, messages: Invalidation[], call: Call][] = [
    ['one call for all of it', [{ tags: ['a', 'b'] }, { tags: ['b', 'c'] }], { tags: ['a', 'b', 'c'] }],
    ['everything, where one says so', [{ tags: ['a'] }, { everything: true }], { purgeEverything: true }],
    ['a hundred tags', many(100).map((tag) => ({ tags: [tag] })), { tags: many(100) }],
    ['more of them', [{ tags: many(60) }, { tags: many(60, 'x') }], { purgeEverything: true }],
  ]
  test.for(rows)('%s', async ([, messages, call]) => {
    const { ports, calls } = edge()
    const rests: number[] = []
    await invalidateQueued({ purge: ports.purge, wait: async (rest) => void rests.push(rest) }, messages)
    expect(calls).toEqual([call])
    expect(rests).toEqual([20_000])
  })

  test('a refused call is thrown, so that the queue tries again, and nobody rests', async () => {
    const wait = () => Promise.reject(new Error('must not rest'))
    await expect(invalidateQueued({ purge: async () => false, wait }, [{ tags: ['a'] }])).rejects.toThrow(
      'refused',
    )
  })
})

/**
 * Simulates saves under Cloudflare's documented limits, in steps of a tenth of a second. The edge accepts 25
 * purge calls at once and five more each minute; the queue delivers up to 100 messages at a time to one
 * consumer, at the latest two seconds after the oldest message is due.
 */
async function simulate(seconds: number, isolates: number, savesAt: (second: number) => string[][]) {
  let now = 0
  const taken: { at: number; what: Call }[] = []
  const saves: { at: number; paths: string[] }[] = []
  let refused = 0
  let bucket = 25
  const purge = async (what: Call) => {
    if (bucket < 1) {
      refused++
      return false
    }
    bucket -= 1
    taken.push({ at: now, what })
    return true
  }
  let queue: { due: number; body: Invalidation }[] = []
  const ports = Array.from({ length: isolates }, () => ({
    purge,
    send: async (body: Invalidation, delay: number) => void queue.push({ due: now + delay * 1000, body }),
    purgeBudget: createPurgeBudget(() => now),
    log: () => {},
  }))
  let busyUntil = 0
  for (let tick = 0; tick < seconds * 10; tick++) {
    now = tick * 100
    bucket = Math.min(25, bucket + 5 / 600)
    for (const [at, paths] of (tick % 10 === 0 ? savesAt(tick / 10) : []).entries()) {
      saves.push({ at: now, paths })
      const port = ports[at % isolates] as (typeof ports)[number]
      await invalidate(port, paths, paths.includes('articles/tue'))
    }
    const ready = queue.filter(({ due }) => due <= now)
    const oldest = Math.min(...ready.map(({ due }) => due))
    if (now < busyUntil || ready.length === 0 || (ready.length < 100 && now < oldest + 2000)) continue
    const batch = ready.slice(0, 100)
    let rest = 0
    const wait = async (milliseconds: number) => {
      rest = milliseconds
    }
    const done = await invalidateQueued(
      { purge, wait },
      batch.map(({ body }) => body),
    ).catch(() => 'refused')
    if (done !== 'refused') queue = queue.filter((one) => !batch.includes(one))
    busyUntil = now + (done === 'refused' ? 30_000 : rest)
  }
  const covers = (what: Call, path: string) => 'purgeEverything' in what || what.tags.includes(path || 'all')
  const late = saves.filter(
    ({ at, paths }) =>
      !paths.every((path) => taken.some((call) => call.at >= at + 5000 && covers(call.what, path))),
  )
  return { taken, refused, saves, late, covers, queued: queue.length }
}

test('an import of 10,000 in a minute stays within the platform’s calls, and every copy is marked stale after it', async () => {
  const chunk = (second: number, at: number) => [
    '',
    'sections/monde',
    ...many(50, `articles/${second}-${at}-`),
  ]
  const run = await simulate(180, 2, (second) =>
    second >= 60 ? [] : Array.from({ length: second % 3 === 0 ? 4 : 3 }, (_, at) => chunk(second, at)),
  )
  expect(run.saves).toHaveLength(200)
  expect(run.refused).toBe(0)
  expect(run.late).toEqual([])
  expect(run.queued).toBe(0)
  const inMinute = run.taken.filter(({ at }) => at < 60_000)
  // In one minute each of the two isolates may make six purge calls, and the consumer of the queue may make
  // three: together 15.
  expect(inMinute.length).toBeLessThanOrEqual(15)
})

test('an hour of single saves, one a second and a withdrawal among them, is within the calls too', async () => {
  const run = await simulate(3600, 2, (second) =>
    second >= 3500 ? [] : [second === 1800 ? ['', 'articles/tue'] : ['', `articles/${second}`]],
  )
  expect(run.refused).toBe(0)
  expect(run.late).toEqual([])
  const kill = run.taken.find(({ at, what }) => at === 1_800_000 && run.covers(what, 'articles/tue'))
  expect(kill).toBeDefined()
})
