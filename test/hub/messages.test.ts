import { expect, test } from 'vitest'
import { limits } from '../../src/domain/limits.ts'
import type { Job } from '../../src/domain/subscription.ts'
import { callsOf } from '../../src/hub/messages.ts'

const announcing = (characters: number): Job => ({
  kind: 'announce',
  hub: 'https://hub.example/',
  topics: ['é'.repeat(characters)],
})
const many = (count: number, job: Job): Job[] => Array.from({ length: count }, () => job)
const small: Job = { kind: 'push' }

test.for<[what: string, jobs: Job[], lengths: number[]]>([
  ['no job', [], []],
  ['a hundred jobs', many(100, small), [100]],
  ['a job more', many(101, small), [100, 1]],
  ['long jobs', many(5, announcing(50_000)), [2, 2, 1]],
  ['ten addresses of a section with a long name in another script', many(60, announcing(4000)), [31, 29]],
])('%s', ([, jobs, lengths]) => {
  const calls = [...callsOf(jobs)]
  expect(calls.map(({ length }) => length)).toEqual(lengths)
  expect(calls.flat()).toEqual(jobs)
  for (const call of calls) {
    const bytes = call.map((job) => Buffer.byteLength(JSON.stringify(job)) + 100)
    expect(
      bytes.reduce((sum, one) => sum + one, 0),
      'bytes of a call',
    ).toBeLessThanOrEqual(limits.callBytes.paid)
  }
})
