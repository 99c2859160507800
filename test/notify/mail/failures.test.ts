import { expect, test } from 'vitest'
import { consequenceOf, type Heard, heardAfter } from '../../../src/notify/failures.ts'
import type { Sent } from '../../../src/notify/mail/transport.ts'

const now = Date.parse('2026-11-30T12:00:00Z')
const minute = 60_000
const day = 86_400_000
const reason = 'the connection ended'
const lost: Sent = { kind: 'lost', reason, isMaybeAccepted: false, isPermanent: false }
const ofMail: Sent = { ...lost, isOfMail: true }
const nothing: Heard = { hasAccepted: false, lost: 0 }
const busy: Sent = { kind: 'refused', at: 'recipient', code: 451, text: '' }
const later = (wait = minute) => ({ kind: 'later', next: now + wait, failure: expect.any(String) })
const dropped = { kind: 'dropped', failure: expect.any(String) }

test.for<
  [
    what: string,
    sent: Sent,
    tried: { attempts?: number; since?: number; heard?: Heard },
    told: object,
    stops?: string,
  ]
>([
  ['no connection', lost, {}, later(), 'cron'],
  ['no connection, at the tenth attempt', lost, { attempts: 10 }, later(360 * minute), 'cron'],
  [
    'no connection after a mail was accepted',
    lost,
    { heard: { hasAccepted: true, lost: 0 } },
    later(),
    'cron',
  ],
  ['a refused login', { ...lost, isPermanent: true }, {}, later(), 'channel'],
  ['a connection that ends at a mail', ofMail, {}, later()],
  ['at the second one in a row', ofMail, { heard: { hasAccepted: false, lost: 1 } }, later()],
  ['at the third one in a row', ofMail, { heard: { hasAccepted: false, lost: 2 } }, later(), 'cron'],
  [
    'at the third one after an accepted one',
    ofMail,
    { heard: { hasAccepted: true, lost: 2 } },
    later(),
    'job',
  ],
  ['after three days', ofMail, { attempts: 2, since: now - 3 * day }, dropped],
  ['after three days, at the first attempt', ofMail, { since: now - 3 * day }, later()],
  ['a temporary refusal', busy, {}, later()],
  ['a temporary refusal after three days', busy, { attempts: 2, since: now - 3 * day }, dropped],
  ['a temporary refusal after three days, at the first attempt', busy, { since: now - 3 * day }, later()],
])('%s', ([, sent, tried, told, stops]) => {
  const given = { since: now, attempts: 1, now, isFailing: false, heard: nothing, ...tried }
  expect(consequenceOf(sent, given)).toEqual({ told, ...(stops && { stops }) })
})

test('only connections that end in a row count', () => {
  const accepted: Sent = { kind: 'accepted' }
  const heard: Heard[] = []
  for (const sent of [ofMail, ofMail, accepted, ofMail, busy, ofMail])
    heard.push(heardAfter(sent, heard.at(-1) ?? nothing))
  expect(heard.map(({ lost: count }) => count)).toEqual([1, 2, 0, 1, 0, 1])
  expect(heard.map(({ hasAccepted }) => hasAccepted)).toEqual([false, false, true, true, true, true])
})
