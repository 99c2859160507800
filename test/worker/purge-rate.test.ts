import { expect, test } from 'vitest'
import { allComments, commentsPath } from '../../src/domain/comment.ts'
import { invalidate, recover, takeUp } from '../../src/write/invalidate.ts'
import { commentOn, openComments } from './comment-site.ts'
import { addPurge, type Call, covers, openEdge, type TestEdge, waitingPurges } from './edge.ts'

const start = 1_800_000_000_000
const many = (length: number, of = 'tags/') => Array.from({ length }, (_, at) => `${of}${at}`)

/** The path of an article whose withdrawal is urgent. */
const withdrawn = 'articles/tue'

/**
 * Simulates saves under Cloudflare's documented limits, in steps of a second. The edge accepts 25 purge calls at
 * once and five more each minute; the queue passes its messages to one consumer, at the latest two seconds after
 * they are due; cron runs each minute.
 */
async function simulate(
  seconds: number,
  isolates: number,
  savesAt: (second: number) => string[][],
  save: (edge: TestEdge, revision: number, paths: string[]) => Promise<void> = saveArticle,
) {
  let now = start
  let refused = 0
  let bucket = 25
  const answer = async () => {
    if (bucket < 1) refused++
    else bucket -= 1
    return bucket >= 1
  }
  const edges = Array.from({ length: isolates + 1 }, () => openEdge(() => now, answer))
  const consumer = edges[isolates] as (typeof edges)[number]
  const saves: { at: number; paths: string[] }[] = []
  for (let second = 0; second < seconds; second++) {
    now = start + second * 1000
    bucket = Math.min(25, bucket + 5 / 60)
    for (const [at, paths] of savesAt(second).entries()) {
      saves.push({ at: now, paths })
      await save(edges[at % isolates] as TestEdge, saves.length, paths)
    }
    const arrived = edges.filter(({ messages }) => messages.some((at) => at + 2000 <= now))
    for (const { messages } of edges)
      messages.splice(0, Infinity, ...messages.filter((at) => at + 2000 > now))
    if (arrived.length > 0 || second % 60 === 0) await takeUp(consumer.ports)
  }
  const calls = edges.flatMap(({ calls }) => calls)
  const late = saves.filter(
    ({ at, paths }) =>
      !paths.every((path) => calls.some((call) => call.at >= at + 10_000 && covers(call.what, path))),
  )
  return { calls, refused, saves, late }
}

async function saveArticle({ ports }: TestEdge, revision: number, paths: string[]): Promise<void> {
  const urgent = paths.includes(withdrawn)
  await addPurge(revision, paths, urgent)
  await invalidate(ports, { revision, paths, urgent })
}

const inMinute = (calls: { at: number }[], minute: number) =>
  calls.filter(({ at }) => Math.floor((at - start) / 60_000) === minute).length

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
  expect(await waitingPurges()).toEqual([])
  // In one minute each of the two isolates may make six purge calls, and the consumer of the queue may make
  // three: together 15.
  expect(inMinute(run.calls, 0)).toBeLessThanOrEqual(15)
})

test('twenty minutes of single saves, one a second and a withdrawal among them, are within the calls too', async () => {
  const run = await simulate(1200, 2, (second) =>
    second >= 1150 ? [] : [second === 600 ? ['', withdrawn] : ['', `articles/${second}`]],
  )
  expect(run.refused).toBe(0)
  expect(run.late).toEqual([])
  expect(await waitingPurges()).toEqual([])
  const hiding = run.calls.find(({ what }) => covers(what as Call, withdrawn))
  expect((hiding?.at ?? Infinity) - start).toBeLessThanOrEqual(600_000 + 12_000 + 2000)
})

test('a thousand withdrawals in a minute are gone within twelve seconds each, in about five calls a minute', async () => {
  const run = await simulate(180, 2, (second) =>
    second >= 60 ? [] : many(17, `articles/${second}-`).map((path) => ['', path, withdrawn]),
  )
  expect(run.saves).toHaveLength(1020)
  expect(run.refused).toBe(0)
  expect(run.late).toEqual([])
  expect(await waitingPurges()).toEqual([])
  const slow = run.saves.filter(
    ({ at, paths }) =>
      !run.calls.some((call) => call.at >= at && call.at <= at + 15_000 && covers(call.what, paths[1] ?? '')),
  )
  expect(slow).toEqual([])
  expect(inMinute(run.calls, 0)).toBeLessThanOrEqual(2 * 6 + 5)
  expect(inMinute(run.calls, 1)).toBeLessThanOrEqual(2 + 5)
})

test('comments are written and hidden, twenty a second for a minute, within the calls, and every copy of a hidden one is marked stale', async () => {
  const { put, ports } = await openComments()
  await put('un')
  const { comments } = ports.commenting
  const run = await simulate(
    240,
    2,
    (second) => (second >= 60 ? [] : Array.from({ length: 20 }, () => [commentsPath('un'), allComments])),
    async (edge, at) => {
      const id = String(at)
      await comments.add(commentOn('un', id))
      if ((await comments.decide([id], 'spam')).hasLeft) await recover(edge.ports)
    },
  )
  expect(run.saves).toHaveLength(1200)
  expect(run.refused).toBe(0)
  expect(run.late).toEqual([])
  expect(await waitingPurges()).toEqual([])
  expect(inMinute(run.calls, 1)).toBeLessThanOrEqual(2 + 5)
})
