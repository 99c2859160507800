import { expect, test } from 'vitest'
import { operateSubscriptions, type SubscriptionsTarget } from '../../src/cli/subscriptions.ts'

const nothing = {
  ...{ waiting: 0, optIns: 0, paused: 0, capped: 0 },
  ...{ failing: [], failedOptIns: [], holds: [], choices: [] },
}

const targetOf = (report: object): Pick<SubscriptionsTarget, 'report' | 'erase'> => ({
  report: async () => ({ ...nothing, ...report }),
  erase: async (address) => ({
    erased: address.startsWith('kim') ? 1 : 0,
    requests: address.includes('+asks') ? 1 : 0,
  }),
})

test('subscriptions counts by selection, schedule and channel, and shows what fails', async () => {
  const of = { channel: 'email', article: '', slug: '' } as const
  const report = {
    choices: [
      { ...of, selection: '', schedule: 'daily', subscribers: 1 },
      { ...of, selection: 'sections/monde', schedule: 'now', subscribers: 12 },
      { ...of, selection: 'corrections', article: 'tag:a:1', slug: 'pont', schedule: 'now', subscribers: 2 },
      { ...of, selection: 'corrections', article: 'tag:a:2', schedule: 'now', subscribers: 1 },
    ],
    ...{ waiting: 1, optIns: 2, paused: 1, capped: 4 },
    failing: [{ number: 7, channel: 'email', failures: 1, failure: '550 5.1.1' }],
    failedOptIns: [{ failure: '550 5.7.1', optIns: 3 }],
    holds: [
      {
        ...{ channel: 'email', failure: '535 5.7.8' },
        ...{ since: '2024-06-19T16:00:00Z', until: '2024-06-19T17:00:00Z' },
      },
      {
        ...{ channel: 'webpush', service: 'https://push.example', failure: '429' },
        ...{ since: '2024-06-19T16:00:00Z', until: '2024-06-19T16:10:00Z' },
      },
    ],
  }
  expect(await operateSubscriptions(targetOf(report), {})).toEqual([
    'all  email, daily  1 subscriber',
    'sections/monde  email, now  12 subscribers',
    'corrections/pont  email, now  2 subscribers',
    'corrections of tag:a:2  email, now  1 subscriber',
    '1 subscriber has paused',
    '2 requests wait for their confirmation',
    '1 notification waits',
    'stopped  email  since 2024-06-19T16:00:00Z, until 2024-06-19T17:00:00Z: 535 5.7.8; look at the settings and the account',
    'waits    webpush  since 2024-06-19T16:00:00Z, until 2024-06-19T16:10:00Z: 429; https://push.example has asked for that',
    'failing  email  subscriber 7, failed 1 time, last: 550 5.1.1',
    'not sent  3 confirmations: 550 5.7.1',
    'not sent  4 confirmations in the last 48 hours: more requests than MAIL_CAP came in an hour',
  ])
  expect(await operateSubscriptions(targetOf({}), {})).toEqual(['no subscriptions'])
  expect(await operateSubscriptions(targetOf({}), { json: true })).toEqual([JSON.stringify(nothing)])
})

test('--erase says what it has erased: subscriptions, a request, both or nothing', async () => {
  const erase = (address: string, json = false) =>
    operateSubscriptions(targetOf({}), { erase: address, json })
  expect(await erase('kim@example.com')).toEqual(['erased: 1 subscription'])
  expect(await erase('lea+asks@example.com')).toEqual(['erased: 1 request that waited for its confirmation'])
  expect(await erase('kim+asks@example.com')).toEqual([
    'erased: 1 subscription, 1 request that waited for its confirmation',
  ])
  expect(await erase('lea@example.com')).toEqual([
    'nothing to erase: neither a subscription nor a request has this address',
  ])
  expect(await erase('kim@example.com', true)).toEqual(['{"erased":1,"requests":0}'])
})
