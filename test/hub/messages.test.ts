import { expect, test } from 'vitest'
import { limits } from '../../src/domain/limits.ts'
import type { Job } from '../../src/domain/subscription.ts'
import { callsOf, sendJobs } from '../../src/hub/messages.ts'

/** Queues that record the jobs which they get, by the names of their bindings. */
function recording(names: readonly string[]) {
  const got: Record<string, Job[][]> = Object.fromEntries(names.map((name) => [name, []]))
  const senders = Object.fromEntries(
    names.map((name) => [
      name,
      {
        sendBatch: async (messages: readonly { body: Job }[]) => {
          got[name]?.push(messages.map(({ body }) => body))
        },
      },
    ]),
  )
  return { got, queues: senders as unknown as Parameters<typeof sendJobs>[0] }
}

const jobs: [queue: string, job: Job][] = [
  ['DELIVER', { kind: 'push' }],
  ['DELIVER', { kind: 'deliver', topic: 'feed.rss', subscriptions: [1] }],
  ['SLOW', { kind: 'deliver', topic: 'feed.rss', subscriptions: [1], slow: true }],
  ['SLOW', { kind: 'announce', hub: 'https://hub.example/', topics: [] }],
  ['VERIFY', { kind: 'verify', verification: 1 }],
]
test.for(jobs)('the queue %s gets %j', async ([queue, job]) => {
  const { got, queues } = recording(['DELIVER', 'VERIFY', 'SLOW'])
  await sendJobs(queues, [job], () => {})
  expect(got).toEqual({ DELIVER: [], VERIFY: [], SLOW: [], [queue]: [[job]] })
})

test('a queue that is not bound leaves its jobs to the queue of deliveries', async () => {
  const { got, queues } = recording(['DELIVER'])
  const all = jobs.map(([, job]) => job)
  await sendJobs(queues, all, () => {})
  expect(got.DELIVER?.flat().toSorted()).toEqual(all.toSorted())
})

test('a batch has at most a hundred jobs; a queue that fails is logged, and the others get their jobs', async () => {
  const { got, queues } = recording(['DELIVER', 'VERIFY'])
  const many = Array.from({ length: 230 }, (): Job => ({ kind: 'push' }))
  const logged: unknown[] = []
  const failing = { ...queues, SLOW: { sendBatch: () => Promise.reject(new Error('out of reach')) } }
  const slow: Job = { kind: 'deliver', topic: 'feed.rss', subscriptions: [1], slow: true }
  const verify: Job = { kind: 'verify', verification: 1 }
  await sendJobs(failing, [slow, ...many, verify], (event, fields) => logged.push([event, fields]))
  expect(got.DELIVER?.map(({ length }) => length)).toEqual([100, 100, 30])
  expect(got.VERIFY).toEqual([[verify]])
  expect(logged).toEqual([['enqueue-failed', { jobs: 1, fault: expect.any(Error) }]])
})

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
])('calls of a queue: %s', ([, jobs, lengths]) => {
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
