import { describe, expect, test } from 'vitest'
import type { Visit } from '../../src/domain/short-link.ts'
import { gatherVisits } from '../../src/memory/visits.ts'

const visit = (code: string, network = 'x', day = '2024-06-19'): Visit => ({ day, code, network })

/**
 * A collector of visits to short links, with a clock that the test sets and timers that end only when the test
 * ends them.
 */
function gathering(add: () => Promise<void> = async () => {}) {
  const written: (Visit & { count: number })[][] = []
  const logged: Record<string, unknown>[] = []
  const waits: { milliseconds: number; end: () => void }[] = []
  let now = 0
  const gather = gatherVisits({
    counts: {
      add: async (visits) => {
        written.push([...visits])
        await add()
      },
    },
    wait: (milliseconds) => new Promise<void>((end) => waits.push({ milliseconds, end })),
    clock: () => now,
    log: (event, fields) => logged.push({ event, ...fields }),
  })
  return {
    ...{ gather, written, logged, waits },
    at: (instant: number) => {
      now = instant
    },
  }
}

describe('visits', () => {
  test('of a second are written down together, by the first of them', async () => {
    const { gather, written, waits } = gathering()
    const writing = gather(visit('a'))
    expect(gather(visit('a'))).toBeUndefined()
    expect(gather(visit('a', 'email'))).toBeUndefined()
    expect(gather(visit('b'))).toBeUndefined()
    expect(gather(visit('b', 'x', '2024-06-20'))).toBeUndefined()
    expect(waits.map(({ milliseconds }) => milliseconds)).toEqual([1000])
    expect(written).toEqual([])
    waits[0]?.end()
    await writing
    expect(written).toEqual([
      [
        { ...visit('a'), count: 2 },
        { ...visit('a', 'email'), count: 1 },
        { ...visit('b'), count: 1 },
        { ...visit('b', 'x', '2024-06-20'), count: 1 },
      ],
    ])
  })

  test('that come later are of the next second', async () => {
    const { gather, written, waits } = gathering()
    for (const at of [0, 1]) {
      const writing = gather(visit('a'))
      expect(waits, `${at}`).toHaveLength(at + 1)
      waits[at]?.end()
      await writing
    }
    expect(written).toEqual([[{ ...visit('a'), count: 1 }], [{ ...visit('a'), count: 1 }]])
  })

  test('that come while the store is written to count once', async () => {
    let finish = () => {}
    const { gather, written, waits } = gathering(() => new Promise((resolve) => (finish = resolve)))
    const first = gather(visit('a'))
    waits[0]?.end()
    await Promise.resolve()
    await Promise.resolve()
    expect(written).toHaveLength(1)
    const second = gather(visit('a'))
    waits[1]?.end()
    finish()
    await first
    finish()
    await second
    expect(written).toEqual([[{ ...visit('a'), count: 1 }], [{ ...visit('a'), count: 1 }]])
  })

  test('more of them than there is room for are written down at once', async () => {
    const { gather, written, waits } = gathering()
    const first = gather(visit('0'))
    for (let at = 1; at < 499; at++) expect(gather(visit(`${at}`))).toBeUndefined()
    await gather(visit('499'))
    expect(written.map((visits) => visits.length)).toEqual([500])
    waits[0]?.end()
    await first
    expect(written).toHaveLength(1) // Nothing was written when the timer ended, because all 500 visits had been written before.
  })

  test('are not lost with a request that never came back to write them down', async () => {
    const { gather, written, waits, at } = gathering()
    gather(visit('a'))
    at(4999)
    expect(gather(visit('a'))).toBeUndefined()
    at(5000)
    const writing = gather(visit('a'))
    waits[1]?.end()
    await writing
    expect(written).toEqual([[{ ...visit('a'), count: 3 }]])
  })

  test('that the store does not take are lost, said in one line, and never counted twice', async () => {
    const { gather, logged, written, waits } = gathering(() => Promise.reject(new Error('D1 is down')))
    const writing = gather(visit('a'))
    gather(visit('a'))
    gather(visit('b'))
    waits[0]?.end()
    await writing
    expect(logged).toEqual([{ event: 'count-lost', count: 3, fault: new Error('D1 is down') }])
    const next = gather(visit('b'))
    waits[1]?.end()
    await next
    expect(written.at(-1)).toEqual([{ ...visit('b'), count: 1 }])
  })
})
