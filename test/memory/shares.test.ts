import { setFlagsFromString } from 'node:v8'
import { runInNewContext } from 'node:vm'
import { describe, expect, test } from 'vitest'
import { validatorsOf } from '../../src/http/validators.ts'
import { holdAnswers } from '../../src/memory/answers.ts'
import { holdHeads } from '../../src/memory/heads.ts'
import { memoryShares } from '../../src/memory/isolate.ts'
import { createLru } from '../../src/memory/lru.ts'
import { createRateLimit, rateCounters } from '../../src/memory/rate.ts'
import { gatherVisits, maxGatheredVisits, maxVisitWrites } from '../../src/memory/visits.ts'
import { maxLines, tellOnce } from '../../src/store/bad-row.ts'
import { createPurgeBudget } from '../../src/write/purge-budget.ts'

setFlagsFromString('--expose-gc')
const collect: () => void = runInNewContext('gc')

/** The bytes in use after all garbage was collected. */
async function bytesInUse(): Promise<number> {
  for (let pass = 0; pass < 2; pass++) {
    collect()
    // Objects with finalizers, such as responses, are only free after the present task.
    await new Promise((done) => setImmediate(done))
  }
  const { heapUsed, arrayBuffers } = process.memoryUsage()
  return heapUsed + arrayBuffers
}

/**
 * The bytes that a table keeps after it was filled, as V8 counts them. The table is filled twice, because the first
 * time also loads code.
 */
async function bytesKept(fill: () => unknown): Promise<number> {
  await fill()
  const before = await bytesInUse()
  const table = await fill()
  const kept = (await bytesInUse()) - before
  expect(table).toBeDefined()
  return kept
}

/** A request without the objects that Node's own Request keeps for some time. */
const requestOf = (url: string) => ({ url, method: 'GET', headers: new Headers() }) as Request

/** The longest address that Cloudflare accepts, in characters that take two bytes each. */
const longest = 16_000
const long = (at: number): string => `${at}${'漢'.repeat(longest)}`

test('all tables together hold at most 32 MiB', () => {
  expect(Object.values(memoryShares).reduce((sum, share) => sum + share, 0)).toBeLessThanOrEqual(
    32 * 1_048_576,
  )
})

describe('an LRU cache keeps at most its share, however long, short or many its keys are', () => {
  const rows: [what: string, count: number, key: (at: number) => string, bytes: number][] = [
    ['long keys', 2000, long, 0],
    ['long names of one byte a character', 2000, (at) => `${at}${'a'.repeat(longest)}`, 0],
    ['many keys with small values', 40_000, (at) => `head ${at}`, 8],
  ]
  test.for(rows)('%s', async ([, count, key, bytes]) => {
    const share = memoryShares.queriedBodies
    const memory = createLru(share)
    const kept = await bytesKept(() => {
      for (let at = 0; at < count; at++) memory.set(key(at), at + 0.5, bytes)
      return memory
    })
    expect(memory.bytes()).toBeLessThanOrEqual(share)
    expect(memory.bytes()).toBeGreaterThan(share / 2)
    expect(kept).toBeLessThanOrEqual(share)
  })
})

test.for([
  ['few with long addresses', 1000, 15_000],
  ['many with short addresses', 10_000, 0],
] as const)('answers, %s, keep at most their share', async ([, count, length]) => {
  const now = 1_718_800_000_000
  const share = memoryShares.queriedAnswers
  const heads = holdHeads(createLru(100_000), () => now)
  const head = { path: '', revision: 5, revised: now - 5000, since: 0 }
  heads.asking(['']).took([head])
  const answers = createLru(share)
  const renderings = createLru(10_000)
  const one = { answers, renderings }
  const kept = await bytesKept(async () => {
    const held = holdAnswers(heads, one, one, () => now)
    for (let at = 0; at < count; at++) {
      const href = `https://kiosque.example/feed.rss?before=${at}${'9'.repeat(length)}`
      await held.answer(requestOf(href), {
        type: 'application/rss+xml; charset=utf-8',
        validators: validatorsOf(head, 'rss', 'd1', now),
        now,
        links: [{ rel: 'self', href }],
        selections: [''],
        body: () => '',
      })
    }
    return held
  })
  expect(answers.bytes()).toBeGreaterThan(share / 2)
  expect(kept).toBeLessThanOrEqual(share)
})

test('the counters of requests keep at most their share, and no address', async () => {
  expect(rateCounters).toBeLessThanOrEqual(memoryShares.rate)
  const kept = await bytesKept(async () => {
    const mayAsk = createRateLimit(
      () => 0,
      async () => false,
      7,
    )
    for (let at = 0; at < 3000; at++) await mayAsk(`2001:db8:${at.toString(16)}::1`, long(at))
    return mayAsk
  })
  expect(kept).toBeLessThanOrEqual(memoryShares.rate + 100_000)
})

test('visits that wait for the store keep at most their share', async () => {
  let lost = 0
  const kept = await bytesKept(() => {
    const gather = gatherVisits({
      counts: { add: () => new Promise(() => {}) },
      wait: () => new Promise(() => {}),
      clock: () => 0,
      log: () => lost++,
    })
    for (let at = 0; at < maxGatheredVisits * (maxVisitWrites + 2); at++) {
      const address = `/s/${String(at).padStart(11, '0')}.${'n'.repeat(30)}?${'漢'.repeat(longest)}`
      gather({ day: '2024-06-19', code: address.slice(3, 14), network: address.slice(15, 45) })
    }
    return gather
  })
  expect(lost).toBe(4)
  expect(kept).toBeLessThanOrEqual(memoryShares.visits)
})

test('the memory of logged lines keeps at most its share', async () => {
  const kept = await bytesKept(() => {
    const both = [tellOnce(() => {}), tellOnce(() => {})]
    for (let at = 0; at < maxLines; at++) {
      for (const tell of both) tell('article', long(at), { field: long(at), reason: 'is bad' })
    }
    return both
  })
  expect(kept).toBeLessThanOrEqual(memoryShares.told)
})

test('the purge budget remembers few messages, whenever they are asked for', async () => {
  const kept = await bytesKept(() => {
    let now = 0
    const budget = createPurgeBudget(() => now)
    for (; now < 10_000_000; now += 997) budget.messageAfter((now * 7919) % 60_000, now % 5000)
    return budget
  })
  expect(kept).toBeLessThanOrEqual(100_000)
})
