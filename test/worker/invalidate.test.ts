import { env } from 'cloudflare:workers'
import { describe, expect, test } from 'vitest'
import { type Purge, urgentPauseMilliseconds } from '../../src/domain/effect.ts'
import { effectStore, purgeClaimMilliseconds } from '../../src/store/effects.ts'
import { invalidate, recover, takeUp } from '../../src/write/invalidate.ts'
import { addPurge, type Call, covers, openEdge, waitingPurges } from './edge.ts'
import { withFaults } from './faulty.ts'

const start = 1_800_000_000_000

/** A test edge with a clock that the test moves. */
function edgeAt(answer?: (what: Call) => Promise<boolean>) {
  let now = start
  const edge = openEdge(() => now, answer)
  return {
    ...edge,
    clock: () => now,
    wait: (milliseconds: number) => {
      now += milliseconds
    },
    /** Stores the purge of a save and does at once what a save does. */
    save: async (paths: string[] | 'all', urgent = false) => {
      const revision = await nextRevision()
      await addPurge(revision, paths, urgent)
      await invalidate(edge.ports, { revision, paths, urgent })
    },
    whats: () => edge.calls.map(({ what }) => what),
    delays: () => edge.messages.map((at) => at - now),
  }
}

async function nextRevision(): Promise<number> {
  const row = await env.DB.prepare('UPDATE site SET revision = revision + 1 RETURNING revision').first()
  return (row as { revision: number }).revision
}

const many = (length: number, of = 'tags/') => Array.from({ length }, (_, at) => `${of}${at}`)

describe('what follows a save', () => {
  test('its selections are marked stale at once, and again ten seconds later; then nothing waits', async () => {
    const { ports, save, wait, whats, delays } = edgeAt()
    const tags = ['all', 'tags/%C3%A9t%C3%A9']
    await save(['', 'tags/été'])
    expect([whats(), delays()]).toEqual([[{ tags }], [10_000]])
    wait(9999)
    await takeUp(ports)
    expect(whats()).toEqual([{ tags }])
    expect(await waitingPurges()).toHaveLength(1)
    wait(1)
    await takeUp(ports)
    expect(whats()).toEqual([{ tags }, { tags }])
    expect(await waitingPurges()).toEqual([])
  })

  test('nothing where nothing public changed', async () => {
    const { ports, whats, messages } = edgeAt()
    await invalidate(ports, { revision: 7, paths: [], urgent: false })
    expect([whats(), messages]).toEqual([[], []])
  })

  test('more tags than the platform takes in one call are everything, both times', async () => {
    const { ports, save, wait, whats } = edgeAt()
    await save(many(101))
    wait(10_000)
    await takeUp(ports)
    expect(whats()).toEqual([{ purgeEverything: true }, { purgeEverything: true }])
    expect(await waitingPurges()).toEqual([])
  })

  test('a change of the whole store is everything, both times, also together with other saves', async () => {
    const { ports, save, wait, whats } = edgeAt()
    await save('all', true)
    expect(whats()).toEqual([{ purgeEverything: true }])
    await save(['tags/x'])
    wait(10_000)
    await takeUp(ports)
    expect(whats().slice(1)).toEqual([{ tags: ['tags/x'] }, { purgeEverything: true }])
    wait(60_000)
    await takeUp(ports)
    expect(await waitingPurges()).toEqual([])
  })

  test('where there is no Workers Cache it is done at once, and cron finds nothing', async () => {
    const { ports, save } = edgeAt()
    const { purge: _, ...without } = ports
    const purge: Purge = { revision: 7, paths: [''], urgent: false }
    await addPurge(7, [''])
    await invalidate(without, purge)
    expect(await waitingPurges()).toEqual([])
    await save([''])
    await takeUp(without)
    expect(await waitingPurges()).toEqual([])
  })

  test('after five saves at once the next waits for the queue, and shares its call with others', async () => {
    const { ports, save, whats, delays, wait } = edgeAt()
    for (const path of many(7)) await save([path])
    expect(whats()).toHaveLength(5)
    expect(delays()).toEqual([10_000])
    wait(10_000)
    await takeUp(ports)
    expect(whats().slice(5)).toEqual([{ tags: many(7) }])
    wait(60_000)
    await takeUp(ports)
    expect(whats().slice(6)).toEqual([{ tags: many(7).slice(5) }])
    expect(await waitingPurges()).toEqual([])
    await save(['tags/x'])
    expect(whats().at(-1)).toEqual({ tags: ['tags/x'] })
  })

  test('urgent ones that the isolate may not send at once share one call for each twelve seconds', async () => {
    const { ports, save, calls, wait, delays, messages, clock } = edgeAt()
    for (const path of many(5)) await save([path])
    wait(1000)
    for (const path of many(20, 'articles/')) await save([path], true)
    expect(calls.slice(5).map(({ at }) => at - start)).toEqual([1000])
    expect(delays()).toEqual([9000, 14_000, urgentPauseMilliseconds])
    wait(urgentPauseMilliseconds)
    await takeUp(ports)
    const last = calls.at(-1)
    expect(last?.at).toBe(start + 13_000)
    expect(many(20, 'articles/').filter((path) => !covers(last?.what as Call, path))).toEqual([])
    expect(messages.some((at) => at > clock())).toBe(true)
  })

  test('many saves within a few seconds send few messages, and each second call comes after its save', async () => {
    const { save, messages, wait } = edgeAt()
    for (let second = 0; second < 60; second++) {
      await save([''])
      wait(1000)
    }
    expect(messages.length).toBeLessThanOrEqual(15)
    for (let second = 0; second < 60; second++) {
      const needed = start + second * 1000 + 10_000
      expect(
        messages.some((at) => at >= needed && at <= needed + 5000),
        `second ${second}`,
      ).toBe(true)
    }
  })
})

describe('a call or a message that fails', () => {
  const failures: [what: string, answer: () => Promise<boolean>, event: string][] = [
    ['refuses', async () => false, 'invalidation-refused'],
    ['is out of reach', () => Promise.reject(new Error('no')), 'invalidation-failed'],
  ]
  test.for(failures)('a cache that %s is logged, and is called again until it accepts twice', async (row) => {
    const [, answer, event] = row
    let works = false
    const edge = edgeAt(() => (works ? Promise.resolve(true) : answer()))
    await edge.save(['tags/a'])
    await edge.save(['tags/b'], true)
    expect(edge.logged).toEqual([event, event])
    expect(edge.calls).toEqual([])
    works = true
    for (const _ of [1, 2, 3, 4, 5]) {
      edge.wait(20_000)
      await takeUp(edge.ports)
    }
    for (const path of ['tags/a', 'tags/b']) {
      expect(
        edge.whats().filter((what) => covers(what, path)),
        path,
      ).toHaveLength(2)
    }
    expect(await waitingPurges()).toEqual([])
  })

  test('a queue out of reach is logged; the save stands, and cron makes the second call', async () => {
    const edge = edgeAt()
    edge.ports.wake = () => Promise.reject(new Error('no'))
    await edge.save(['tags/a'])
    expect(edge.logged).toEqual(['wake-failed'])
    edge.wait(60_000)
    await takeUp(edge.ports)
    expect(edge.calls).toHaveLength(2)
    expect(await waitingPurges()).toEqual([])
  })

  test('a database that fails fails no save; cron takes the purge up', async () => {
    const edge = edgeAt()
    const database = withFaults(env.DB, { refused: 1, lost: false })
    await addPurge(7, ['tags/a'])
    const broken = { ...edge.ports, effects: effectStore(database, edge.clock) }
    await invalidate(broken, { revision: 7, paths: ['tags/a'], urgent: true })
    await recover({
      ...edge.ports,
      effects: effectStore(withFaults(env.DB, { refused: 1, lost: false }), edge.clock),
    })
    expect(edge.logged).toEqual(['invalidation-failed', 'take-up-failed'])
    await takeUp(edge.ports)
    edge.wait(20_000)
    await takeUp(edge.ports)
    expect(edge.calls.length).toBeGreaterThanOrEqual(2)
    expect(await waitingPurges()).toEqual([])
  })

  test('a job that is killed during its call leaves the purge, which is taken up again', async () => {
    const edge = edgeAt()
    await addPurge(7, ['tags/a'])
    const killed = { ...edge.ports, purge: () => new Promise<boolean>(() => {}) }
    void takeUp(killed)
    await expect.poll(async () => (await effectStore(env.DB, edge.clock).takePurges()).purges).toEqual([])
    edge.wait(purgeClaimMilliseconds)
    await takeUp(edge.ports)
    expect(edge.whats()).toEqual([{ tags: ['tags/a'] }])
    edge.wait(20_000)
    await takeUp(edge.ports)
    expect(edge.calls).toHaveLength(2)
    expect(await waitingPurges()).toEqual([])
  })
})

describe('what waits', () => {
  test('is taken up by one of two jobs that run at once', async () => {
    const edge = edgeAt()
    for (const revision of [7, 8, 9]) await addPurge(revision, [`tags/${revision}`])
    await Promise.all([takeUp(edge.ports), takeUp(edge.ports), takeUp(edge.ports)])
    expect(edge.whats()).toEqual([{ tags: ['tags/7', 'tags/8', 'tags/9'] }])
  })

  test('a job that took a purge up too long ago does not store its result over that of another', async () => {
    const edge = edgeAt()
    await addPurge(7, ['tags/a'])
    const first = await edge.ports.effects.takePurges()
    edge.wait(purgeClaimMilliseconds)
    const second = await edge.ports.effects.takePurges()
    expect([first.purges[0]?.attempts, second.purges[0]?.attempts]).toEqual([1, 2])
    await edge.ports.effects.accept(first.purges.map((purge) => ({ ...purge, accepted: true })))
    expect(await waitingPurges()).toHaveLength(1)
  })

  test('ten thousand leave as one call for everything, and a second one', async () => {
    const edge = edgeAt()
    await env.DB.prepare(
      `WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)
       INSERT INTO effect (effect, revision, paths, urgent) SELECT 'purge', i, json_array('articles/' || i), i = 5 FROM n`,
    ).run()
    await takeUp(edge.ports)
    expect(edge.whats()).toEqual([{ purgeEverything: true }])
    expect(await waitingPurges()).toEqual([{ revision: 10_000, paths: null, urgent: 1 }])
    await addPurge(10_001, ['tags/new'])
    edge.wait(20_000)
    await takeUp(edge.ports)
    expect(edge.whats()).toEqual([{ purgeEverything: true }, { purgeEverything: true }])
    expect((await waitingPurges()).map(({ revision }) => revision)).toEqual([10_001])
    edge.wait(20_000)
    await takeUp(edge.ports)
    expect(edge.whats().at(-1)).toEqual({ tags: ['tags/new'] })
    expect(await waitingPurges()).toEqual([])
  })

  const badLists: [what: string, sql: string][] = [
    ['paths that are an object', `paths = '{"a":1}'`],
    ['a path that is a number', `paths = '["tags/a", 7]'`],
    ['no paths', 'paths = NULL'],
  ]
  test.for(badLists)('with %s is everything', async ([, sql]) => {
    const edge = edgeAt()
    await addPurge(7, ['tags/a'])
    await env.DB.prepare(`UPDATE effect SET ${sql}`).run()
    await takeUp(edge.ports)
    edge.wait(20_000)
    await takeUp(edge.ports)
    expect(edge.whats()).toEqual([{ purgeEverything: true }, { purgeEverything: true }])
    expect(await waitingPurges()).toEqual([])
  })

  test('is taken up even after a clock that was years ahead', async () => {
    const edge = edgeAt()
    await addPurge(7, ['tags/a'])
    await env.DB.batch([
      env.DB.prepare('UPDATE site SET purged = 9000000000000'),
      env.DB.prepare('UPDATE effect SET next = 9000000000000'),
    ])
    await takeUp(edge.ports)
    expect(edge.whats()).toEqual([{ tags: ['tags/a'] }])
  })

  test('stays where a later version put it, if this version does not know its effect', async () => {
    const edge = edgeAt()
    await env.DB.prepare("INSERT INTO effect (effect, revision, paths) VALUES ('webpush', 7, '[]')").run()
    await takeUp(edge.ports)
    await edge.ports.effects.drop('websub')
    expect(await env.DB.prepare('SELECT effect, attempts FROM effect').first()).toEqual({
      effect: 'webpush',
      attempts: 0,
    })
  })
})
