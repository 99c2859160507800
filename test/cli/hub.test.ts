import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../../package.json' with { type: 'json' }
import { type HubTarget, linesOf, operateHub, remoteHub } from '../../src/cli/hub.ts'
import { subscriptionStates } from '../../src/domain/subscription.ts'
import type { HubReport } from '../../src/hub/operate.ts'

const report: HubReport = {
  topics: [
    {
      topic: 'feed.atom',
      subscriptions: 2,
      pending: 0,
      slow: 1,
      failing: 1,
      delivered: '2024-06-19T16:00:00Z',
    },
    { topic: 'feed.rss', subscriptions: 1, pending: 0, slow: 0, failing: 0 },
  ],
  subscriptions: [
    {
      ...{ number: 1, host: 'reader.example', signed: true, expires: '2024-06-29T16:00:00Z', pending: false },
      failing: {
        ...{ since: '2024-06-19T16:00:00Z', attempts: 2, failure: 'answered 503' },
        next: '2024-06-19T16:03:00Z',
      },
    },
    {
      ...{ number: 2, host: 'other.example', signed: false, expires: '2024-06-29T16:00:00Z', pending: false },
      delivered: '2024-06-19T16:00:00Z',
      slowSeconds: 9.3,
    },
  ],
  verifications: 1,
  failed: [
    {
      ...{ host: 'page.example', topic: 'feed.rss', mode: 'subscribe', reason: 'answered 404' },
      ...{ failures: 2, at: '2024-06-19T16:00:00Z' },
    },
  ],
  outbox: 2,
  dead: [{ number: 1, at: '2024-06-19T16:00:00Z', kind: 'deliver', topic: 'feed.rss' }],
}

test('the text that `npx kiosque hub` prints for people', () => {
  expect(linesOf(report)).toEqual([
    'feed.atom  2 subscriptions, 1 failing, 1 slow, 0 pending, last delivery 2024-06-19T16:00:00Z',
    'feed.rss  1 subscription, 0 failing, 0 slow, 0 pending, last delivery never',
    '  1  reader.example  signed, until 2024-06-29T16:00:00Z, failing since 2024-06-19T16:00:00Z (2 times: answered 503), next try 2024-06-19T16:03:00Z',
    '  2  other.example  unsigned, until 2024-06-29T16:00:00Z, last delivery 2024-06-19T16:00:00Z, slow: answered after 9.3 s',
    '1 request waits for its verification',
    'not confirmed  page.example  feed.rss  subscribe failed 2 times, last 2024-06-19T16:00:00Z: answered 404',
    '2 saves wait to be pushed',
    'gave up 2024-06-19T16:00:00Z  deliver feed.rss',
    '(failing: the last delivery failed, and is tried again after a pause)',
    '(slow: the last delivery succeeded, but took more than 1.5 seconds; it delays no prompt callback)',
  ])
  expect(linesOf({ topics: [], verifications: 0, failed: [], outbox: 0, dead: [] })).toEqual([
    'no subscriptions',
  ])
})

test('of many failed verifications, the ten newest are printed, and how many more there are', () => {
  const [one] = report.failed
  const failed = Array.from({ length: 12 }, () => ({ ...one, failures: 1 })) as HubReport['failed']
  const lines = linesOf({ topics: [], verifications: 0, failed, outbox: 0, dead: [] })
  expect(lines).toHaveLength(12)
  expect(lines[1]).toContain('failed 1 time, last')
  expect(lines.at(-1)).toBe('… and 2 more that did not confirm')
})

test('one is singular, any other number is plural', async () => {
  const one = { topic: 'feed.rss', subscriptions: 1, pending: 1, slow: 0, failing: 0 }
  const lines = linesOf({
    topics: [one, { ...one, subscriptions: 0 }],
    verifications: 2,
    failed: [],
    outbox: 1,
    dead: [],
  })
  expect(lines).toEqual([
    'feed.rss  1 subscription, 0 failing, 0 slow, 1 pending, last delivery never',
    'feed.rss  0 subscriptions, 0 failing, 0 slow, 1 pending, last delivery never',
    '2 requests wait for their verification',
    '1 save waits to be pushed',
    '(pending: the newest change has not been delivered yet)',
  ])
  const done = async (subscriptions: number, jobs: number) =>
    operateHub({ redeliver: async () => ({ subscriptions, jobs }) } as never, ['redeliver'], false)
  expect(await done(1, 1)).toEqual(['1 failing callback is called again, 1 job is done again'])
  expect(await done(0, 2)).toEqual(['0 failing callbacks are called again, 2 jobs are done again'])
})

describe('npx kiosque hub', () => {
  const rows: [operands: string[], asked: string][] = [
    [[], 'GET /api/hub'],
    [['feed.atom'], 'GET /api/hub?topic=feed.atom'],
    [['redeliver'], 'POST /api/hub/redeliver'],
    [['redeliver', '7'], 'POST /api/hub/redeliver?subscription=7'],
    [['redeliver', 'feed.rss?tag=a'], 'POST /api/hub/redeliver?topic=feed.rss%3Ftag%3Da'],
    [
      ['redeliver', 'https://kiosque.example/feed.rss'],
      'POST /api/hub/redeliver?topic=https%3A%2F%2Fkiosque.example%2Ffeed.rss',
    ],
    [['drop', '7'], 'DELETE /api/hub/subscriptions/7'],
  ]
  test.for(rows)('%j asks %s', async ([operands, expected]) => {
    const asked: string[] = []
    const hub = remoteHub(async (method, path) => {
      asked.push(`${method} ${path}`)
      return method === 'DELETE' ? new Response(null, { status: 204 }) : Response.json(report)
    })
    expect((await operateHub(hub, operands, false)).length).toBeGreaterThan(0)
    expect(asked).toEqual([expected])
  })

  test('a refusal is reported with its reason', async () => {
    const refusing = remoteHub(async () =>
      Response.json({ detail: 'Cannot take this request' }, { status: 403 }),
    )
    await expect(operateHub(refusing, [], false)).rejects.toThrow('Cannot take this request')
    await expect(operateHub(refusing, ['drop', '7'], false)).rejects.toThrow('Cannot take this request')
    const without = remoteHub(async () => new Response(null, { status: 404 }))
    await expect(operateHub(without, ['drop', '7'], false)).rejects.toThrow('Cannot find subscription 7')
  })

  const wrong: [operands: string[], says: string][] = [
    [['drop'], 'Cannot drop: name the number of a subscription'],
    [['drop', 'feed.atom'], 'Cannot drop "feed.atom": name the number of one subscription'],
    [['drop', '1.5'], 'Cannot drop "1.5"'],
    [['drop', '7', '8'], 'Cannot take "8": name only one feed or subscription'],
    [['redeliver', '7', '8'], 'Cannot take "8"'],
    [['feed.atom', 'feed.rss'], 'Cannot take "feed.rss"'],
  ]
  test.for(wrong)('%j is refused, and nothing is done', async ([operands, says]) => {
    await expect(operateHub({} as HubTarget, operands, false)).rejects.toThrow(says)
  })

  test('--json is one line of JSON', async () => {
    const hub = remoteHub(async () => Response.json(report))
    expect((await operateHub(hub, [], true)).map((line) => JSON.parse(line))).toEqual([report])
  })
})

test('`npx kiosque help` names each state that `npx kiosque hub` counts', () => {
  const root = join(import.meta.dirname, '../..')
  const { stdout } = spawnSync(process.execPath, [manifest.bin.kiosque, 'help'], {
    cwd: root,
    encoding: 'utf8',
  })
  expect(subscriptionStates.filter((state) => !stdout.includes(`(${state})`))).toEqual([])
})
