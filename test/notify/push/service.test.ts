import { expect, test } from 'vitest'
import { type Failed, stopAfter } from '../../../src/notify/push/service.ts'

const minute = 60_000
const busy: Failed = { stops: 'service', failure: '503', isFailing: false, isCertain: false, wait: 0 }
const asking: Failed = { ...busy, failure: '429', wait: minute }
const again: Failed = { ...busy, isFailing: true }
const refused: Failed = { ...busy, stops: 'channel', failure: '403' }
const own: Failed = { ...refused, failure: 'no pair', isCertain: true }
const times = (count: number, one: Failed) => Array<Failed>(count).fill(one)

test.for<[what: string, failed: Failed[], stops: string | undefined, wait?: number]>([
  ['nothing', [], undefined],
  ['two', times(2, busy), undefined],
  ['three', times(3, busy), 'service', 0],
  ['three, one of which names a time', [busy, asking, busy], 'service', minute],
  ['three, one of which failed before', [busy, busy, again], undefined],
  ['nine that failed before', times(9, again), undefined],
  ['ten that failed before', times(10, again), 'service', 0],
  ['two of each kind', [...times(2, busy), ...times(2, refused)], undefined],
  ['three refusals of our signature', times(3, refused), 'channel', 0],
  ['keys that are no pair', [own], 'channel', 0],
])('of a push service that failed %s', ([, failed, stops, wait]) => {
  const map = new Map(failed.map((one, at) => [at, one]))
  const heard = stopAfter({ hasAccepted: false, failed: map })
  expect([heard?.stops, heard?.wait]).toEqual([stops, wait])
  const afterAccepted = stopAfter({ hasAccepted: true, failed: map })
  expect(afterAccepted?.stops).toBe(failed.includes(own) ? 'channel' : undefined)
})
