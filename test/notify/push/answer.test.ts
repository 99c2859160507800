import { expect, test } from 'vitest'
import { consequenceOf, type PushAnswer } from '../../../src/notify/push/answer.ts'

const now = Date.parse('2026-11-30T12:00:00Z')
const minute = 60_000
const hour = 60 * minute
const fresh = { since: now, attempts: 1, now, wasAccepted: true }
const later = (failure: string, wait: number) => ({ kind: 'later', next: now + wait, failure })
const dropped = (failure: string) => ({ kind: 'dropped', failure })

const rules: [answer: PushAnswer, tried: Partial<typeof fresh>, told: object, stops?: string][] = [
  [{ status: 201 }, {}, { kind: 'done' }],
  [{ status: 200 }, {}, { kind: 'done' }],
  [{ status: 202 }, {}, { kind: 'done' }],
  [{ status: 204 }, {}, { kind: 'done' }],
  [{ status: 404 }, {}, { kind: 'gone' }],
  [{ status: 410 }, {}, { kind: 'gone' }],
  [{ status: 413 }, {}, dropped('413')],
  [{ status: 400 }, {}, dropped('400')],
  [{ status: 307 }, {}, dropped('307')],
  [{ status: 429, retryAfter: '120' }, {}, later('429', 2 * minute), 'service'],
  [{ status: 429 }, {}, later('429', minute), 'service'],
  [{ status: 503, retryAfter: 'Mon, 30 Nov 2026 12:10:00 GMT' }, {}, later('503', 10 * minute), 'service'],
  [{ status: 503, retryAfter: 'soon' }, {}, later('503', minute), 'service'],
  [{ status: 500 }, { attempts: 3 }, later('500', 4 * minute), 'service'],
  [{ status: 500 }, { attempts: 30 }, later('500', hour), 'service'],
  [{ status: 503, retryAfter: '86400' }, {}, dropped('503'), 'service'],
  [{ status: 503 }, { since: now - 24 * hour + minute }, dropped('503'), 'service'],
  [{ status: 503 }, { since: now - 24 * hour + 2 * minute }, later('503', minute), 'service'],
  [{ fault: 'took too long' }, {}, later('took too long', minute), 'service'],
  [{ fault: 'took too long' }, { since: now - 24 * hour }, dropped('took too long'), 'service'],
  [{ status: 401 }, {}, later('401', minute), 'channel'],
  [{ status: 403 }, {}, later('403', minute), 'channel'],
  [{ status: 403 }, { wasAccepted: false }, later('403', minute)],
  [{ own: 'no pair' }, { wasAccepted: false }, later('no pair', minute), 'channel'],
  [{ noKey: true }, {}, dropped('its key is not in VAPID_KEYS')],
]

test.for(rules)('%j, with %j: %j, stops %s', ([answer, tried, told, stops]) => {
  const consequence = consequenceOf(answer, { ...fresh, ...tried })
  expect(consequence).toEqual({ told, ...(stops && { stops }) })
})
