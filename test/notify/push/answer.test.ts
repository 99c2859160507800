import { expect, test } from 'vitest'
import { consequenceOf, type PushAnswer } from '../../../src/notify/push/answer.ts'

const now = Date.parse('2026-11-30T12:00:00Z')
const minute = 60_000
const hour = 60 * minute
const fresh = { since: now, attempts: 1, now, wasAccepted: true, triedFor: 24 * hour }
const later = (failure: string, wait: number) => ({ kind: 'later', next: now + wait, failure })
const dropped = (failure: string) => ({ kind: 'dropped', failure })

type Tried = Parameters<typeof consequenceOf>[1]

/** The rules; `waits` are the milliseconds for which the push service has asked. */
const rules: [answer: PushAnswer, tried: Partial<Tried>, told: object, stops?: string, waits?: number][] = [
  [{ status: 201 }, {}, { kind: 'done' }],
  [{ status: 200 }, {}, { kind: 'done' }],
  [{ status: 202 }, {}, { kind: 'done' }],
  [{ status: 204 }, {}, { kind: 'done' }],
  [{ status: 404 }, {}, { kind: 'gone' }],
  [{ status: 410 }, {}, { kind: 'gone' }],
  [{ status: 413 }, {}, dropped('413')],
  [{ status: 400 }, {}, dropped('400')],
  [{ status: 307 }, {}, dropped('307')],
  [{ status: 429, retryAfter: '120' }, {}, later('429', 2 * minute), 'service', 2 * minute],
  [{ status: 429 }, {}, later('429', minute), 'service'],
  [
    { status: 503, retryAfter: 'Mon, 30 Nov 2026 12:10:00 GMT' },
    {},
    later('503', 10 * minute),
    'service',
    10 * minute,
  ],
  [{ status: 503, retryAfter: 'soon' }, {}, later('503', minute), 'service'],
  [{ status: 500 }, { attempts: 3 }, later('500', 4 * minute), 'service'],
  [{ status: 500 }, { attempts: 30 }, later('500', hour), 'service'],
  [{ status: 503, retryAfter: '86400' }, {}, dropped('503'), 'service', 6 * hour],
  [{ status: 429, retryAfter: '36000' }, {}, later('429', 10 * hour), 'service', 6 * hour],
  [{ status: 503 }, { since: now - 24 * hour + minute }, dropped('503'), 'service'],
  [{ status: 503 }, { since: now - 24 * hour + 2 * minute }, later('503', minute), 'service'],
  [{ status: 503 }, { since: now - 47 * hour, triedFor: 48 * hour }, later('503', minute), 'service'],
  [{ status: 503 }, { since: now - 48 * hour, triedFor: 48 * hour }, dropped('503'), 'service'],
  [{ fault: 'took too long' }, {}, later('took too long', minute), 'service'],
  [{ fault: 'took too long' }, { since: now - 24 * hour }, dropped('took too long'), 'service'],
  [{ status: 401 }, {}, later('401', minute), 'channel'],
  [{ status: 403 }, {}, later('403', minute), 'channel'],
  [{ status: 403 }, { wasAccepted: false }, later('403', minute)],
  [{ own: 'no pair' }, { wasAccepted: false }, later('no pair', minute), 'channel'],
  [{ noKey: true }, {}, dropped('its key is not in VAPID_KEYS')],
]

test.for(rules)('%j, with %j: %j, stops %s for %s', ([answer, tried, told, stops, serviceWaits]) => {
  const { isUnanswered: _, ...consequence } = consequenceOf(answer, { ...fresh, ...tried })
  expect(consequence).toEqual({ told, ...(stops && { stops }), ...(serviceWaits && { serviceWaits }) })
})

const day = 24 * hour
const long = { since: now - 60 * day, attempts: 19 }

test.for<[what: string, answer: PushAnswer, tried: Partial<Tried>, becomes: string, isCounted: boolean]>([
  ['no answer', { fault: 'took too long' }, {}, 'gone', false],
  ['429', { status: 429 }, {}, 'gone', false],
  ['503', { status: 503 }, {}, 'gone', false],
  ['403 of the key of another site', { status: 403 }, { wasAccepted: false }, 'gone', false],
  ['a day less', { status: 503 }, { unanswered: { ...long, since: now - 59 * day } }, 'later', true],
  ['an attempt less', { status: 503 }, { unanswered: { ...long, attempts: 18 } }, 'later', true],
  ['the first attempt', { status: 503 }, { unanswered: undefined }, 'later', true],
  ['403, our own fault', { status: 403 }, {}, 'later', false],
  ['keys that are no pair, our own fault', { own: 'no pair' }, {}, 'later', false],
  ['a key that is gone, our own fault', { noKey: true }, {}, 'dropped', false],
  ['400, which is about the message', { status: 400 }, {}, 'dropped', false],
  ['201', { status: 201 }, {}, 'done', false],
])('after 60 days without an accepted message, %s', ([, answer, tried, becomes, isCounted]) => {
  const { told, isUnanswered = false } = consequenceOf(answer, { ...fresh, unanswered: long, ...tried })
  expect([told.kind, isUnanswered]).toEqual([becomes, isCounted])
})
