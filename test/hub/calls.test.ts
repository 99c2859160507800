import { setImmediate as turn } from 'node:timers/promises'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { callEach, concurrentCalls, stuckMilliseconds, tailMilliseconds } from '../../src/hub/calls.ts'

/** A clock that a test moves on by itself: timers fire in the order of their instants while nothing else runs. */
function virtualTime() {
  const timers: { at: number; fire: () => void }[] = []
  const time = { now: 0 }
  const wait = (milliseconds: number) =>
    new Promise<void>((fire) => void timers.push({ at: time.now + milliseconds, fire }))
  /** Runs `work` until it ends, and returns its result. */
  const run = async <T>(work: Promise<T>): Promise<T> => {
    let ended = false
    const done = work.finally(() => {
      ended = true
    })
    done.catch(() => {})
    for (await turn(); !ended; await turn()) {
      const next = timers.toSorted((one, other) => one.at - other.at)[0]
      if (!next) throw new Error('the work waits for nothing')
      timers.splice(timers.indexOf(next), 1)
      time.now = next.at
      next.fire()
    }
    return done
  }
  return { time, wait, run }
}

/** Calls callbacks that answer after the given milliseconds, job after job, until each has been called. */
async function deliverAll(answersAfter: readonly number[]) {
  const { time, wait, run } = virtualTime()
  const handedOn: Promise<unknown>[] = []
  const answered: (number | undefined)[] = answersAfter.map(() => undefined)
  const ports = { wait, later: (work: Promise<unknown>) => void handedOn.push(work) }
  let now = 0
  let peak = 0
  const jobs: { began: number; ended: number; called: number }[] = []
  for (let left = answersAfter.map((_, at) => at); left.length > 0; ) {
    const began = time.now
    now = 0
    const called = left.length
    left = await run(
      callEach(ports, left, async (at) => {
        peak = Math.max(peak, ++now)
        await wait(answersAfter[at] as number)
        answered[at] = time.now
        now--
      }),
    )
    jobs.push({ began, ended: time.now, called: called - left.length })
  }
  const ended = time.now
  await run(Promise.all(handedOn))
  return { answered, jobs, peak, ended }
}

const promptMilliseconds = 100
const prompt = fc.integer({ min: 1, max: promptMilliseconds })
const slow = fc.integer({ min: 2 * stuckMilliseconds, max: 10_000 })

test('law: a prompt callback never waits for slow ones, but at most for the jobs’ short waits', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(prompt, slow), { maxLength: 60 }), async (answersAfter) => {
      const { answered, jobs } = await deliverAll(answersAfter)
      const slowOnes = answersAfter.filter((after) => after > promptMilliseconds).length
      const promptOnes = answersAfter.length - slowOnes
      // If no callback were slow, one after another would take this long. Each group of slow ones adds one short wait.
      const limit =
        promptOnes * promptMilliseconds +
        Math.ceil(slowOnes / concurrentCalls) * stuckMilliseconds +
        jobs.length * tailMilliseconds
      for (const [at, after] of answersAfter.entries()) {
        if (after <= promptMilliseconds) expect(answered[at], `callback ${at}`).toBeLessThanOrEqual(limit)
      }
    }),
  )
})

test('law: every item is called once, by as few jobs as there are groups of slow ones, and each call ends', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(prompt, slow), { maxLength: 60 }), async (answersAfter) => {
      const { answered, jobs } = await deliverAll(answersAfter)
      expect(answered).not.toContain(undefined)
      expect(jobs.reduce((sum, { called }) => sum + called, 0)).toBe(answersAfter.length)
      const slowOnes = answersAfter.filter((after) => after > promptMilliseconds).length
      expect(jobs.length).toBeLessThanOrEqual(Math.floor(slowOnes / concurrentCalls) + 1)
    }),
  )
})

test('law: no job has more than five calls at once, and it uses all five if there is work', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(prompt, { maxLength: 40 }), async (answersAfter) => {
      const { peak } = await deliverAll(answersAfter)
      expect(peak).toBe(Math.min(concurrentCalls, answersAfter.length))
    }),
  )
})

const cases: [what: string, answersAfter: number[], jobs: number, milliseconds: number][] = [
  ['nobody', [], 0, 0],
  ['one prompt callback', [80], 1, 80],
  ['one that never answers', [10_000], 1, tailMilliseconds],
  ['four that never answer beside a prompt one', [9300, 9300, 9300, 9300, 80], 1, tailMilliseconds],
  ['five that never answer before a prompt one', [...Array(5).fill(9300), 80], 2, stuckMilliseconds + 80],
  [
    '18 that answer after 9.3 s before a prompt one',
    [...Array(18).fill(9300), 80],
    4,
    3 * stuckMilliseconds + 250,
  ],
]
test.for(cases)('%s: %j are done by %i jobs in %i ms', async ([, answersAfter, count, milliseconds]) => {
  const { jobs, ended } = await deliverAll(answersAfter)
  expect([jobs.length, ended]).toEqual([count, milliseconds])
})

test('a call that fails stops no other call; its failure is thrown, or handed on with the call', async () => {
  const { wait, run } = virtualTime()
  const handedOn: Promise<unknown>[] = []
  const ports = { wait, later: (work: Promise<unknown>) => void handedOn.push(work) }
  const ended: number[] = []
  const failAfter = async (milliseconds: number) => {
    await wait(milliseconds)
    ended.push(milliseconds)
    throw new Error(`failed after ${milliseconds}`)
  }
  await expect(run(callEach(ports, [10, 20, 5000], failAfter))).rejects.toThrow('failed after 10')
  expect([ended, handedOn.length]).toEqual([[10, 20], 1])
  await expect(run(handedOn[0] as Promise<unknown>)).rejects.toThrow('failed after 5000')
})
