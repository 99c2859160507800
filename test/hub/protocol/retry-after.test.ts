import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { maxWaitMilliseconds, waitAsked } from '../../../src/hub/protocol/retry-after.ts'

const now = Date.parse('2024-06-19T16:00:00Z')
const hour = 3_600_000
const day = 86_400_000

describe('Retry-After (RFC 9110 §10.2.3)', () => {
  const rows: [what: string, value: string | undefined, expected: number | undefined][] = [
    ['absent', undefined, undefined],
    ['empty', '', undefined],
    ['seconds', '120', 120_000],
    ['seconds with spaces around', ' 120 ', 120_000],
    ['no seconds', '0', undefined],
    ['one day', '86400', day],
    ['more than a day', '86401', day],
    ['more digits than a number holds', '9'.repeat(400), day],
    ['a negative number', '-1', undefined],
    ['a fraction', '1.5', undefined],
    ['a number with a plus sign', '+60', undefined],
    ['a number in another notation', '1e3', undefined],
    ['a date', 'Wed, 19 Jun 2024 17:00:00 GMT', hour],
    ['a date in the form of RFC 850', 'Wednesday, 19-Jun-24 17:00:00 GMT', hour],
    ['a date in the form of asctime', 'Wed Jun 19 17:00:00 2024', hour],
    ['the present second', 'Wed, 19 Jun 2024 16:00:00 GMT', undefined],
    ['a date in the past', 'Tue, 18 Jun 2024 16:00:00 GMT', undefined],
    ['a date after more than a day', 'Wed, 26 Jun 2024 16:00:00 GMT', day],
    ['a date that does not exist', 'Mon, 31 Jun 2024 16:00:00 GMT', undefined],
    ['a date of RFC 3339', '2024-06-19T17:00:00Z', undefined],
    ['words', 'later', undefined],
    ['two values', '60, 120', undefined],
  ]
  test.for(rows)('%s', ([, value, expected]) => expect(waitAsked(value, now)).toBe(expected))

  test('law: whatever it says, the wait is undefined or from 1 ms to a day', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.nat().map(String),
          fc.date().map((date) => date.toUTCString()),
        ),
        (value) => {
          const wait = waitAsked(value, now)
          return wait === undefined || (wait >= 1 && wait <= maxWaitMilliseconds)
        },
      ),
    )
  })
})
