import fc from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { isNotModified } from '../../src/http/conditional.ts'

const etag = 'W/"lx3f9k2a-rss-1a2b3c4d"'
const current = { etag, lastModified: new Date('2024-06-19T12:00:05Z') }
const same = 'Wed, 19 Jun 2024 12:00:05 GMT'
const later = 'Thu, 20 Jun 2024 12:00:00 GMT'
const earlier = 'Wed, 19 Jun 2024 12:00:04 GMT'

const rows: [title: string, headers: Record<string, string>, expected: boolean][] = [
  ['no condition', {}, false],
  ['its own tag', { 'If-None-Match': etag }, true],
  ['the strong form: weak comparison (§8.8.3.2)', { 'If-None-Match': '"lx3f9k2a-rss-1a2b3c4d"' }, true],
  ['a lower-case w/', { 'If-None-Match': 'w/"lx3f9k2a-rss-1a2b3c4d"' }, true],
  ['a reader that lost the quotes', { 'If-None-Match': 'lx3f9k2a-rss-1a2b3c4d' }, true],
  ['a reader that lost the quotes and kept W/', { 'If-None-Match': 'W/lx3f9k2a-rss-1a2b3c4d' }, true],
  ['a compressing proxy: -gzip', { 'If-None-Match': 'W/"lx3f9k2a-rss-1a2b3c4d-gzip"' }, true],
  ['a compressing proxy: ;gzip', { 'If-None-Match': '"lx3f9k2a-rss-1a2b3c4d;gzip"' }, true],
  ['a compressing proxy: -br', { 'If-None-Match': '"lx3f9k2a-rss-1a2b3c4d-br"' }, true],
  ['a compressing proxy: -zstd', { 'If-None-Match': '"lx3f9k2a-rss-1a2b3c4d-zstd"' }, true],
  ['a compressing proxy: ;deflate', { 'If-None-Match': '"lx3f9k2a-rss-1a2b3c4d;deflate"' }, true],
  ['the name of a compression within a tag', { 'If-None-Match': '"lx3f9k2a-gzip-rss-1a2b3c4d"' }, false],
  ['first of a list', { 'If-None-Match': `${etag}, "other"` }, true],
  ['last of a list without spaces', { 'If-None-Match': `"other","x",${etag}` }, true],
  ['a list with a comma inside a tag', { 'If-None-Match': `"a,b", ${etag}` }, true],
  ['any', { 'If-None-Match': '*' }, true],
  ['any, with spaces', { 'If-None-Match': ' * ' }, true],
  ['another tag', { 'If-None-Match': 'W/"lx3f9k2b-rss-1a2b3c4d"' }, false],
  ['the tag of another format', { 'If-None-Match': 'W/"lx3f9k2a-atom-1a2b3c4d"' }, false],
  ['a tag that only begins alike', { 'If-None-Match': 'W/"lx3f9k2a-rss-1a2b3c4d5"' }, false],
  ['an asterisk among tags is a tag', { 'If-None-Match': '"*"' }, false],
  ['an empty field', { 'If-None-Match': '' }, false],
  ['300 characters', { 'If-None-Match': `"${'a'.repeat(300)}"` }, false],
  ['the same date', { 'If-Modified-Since': same }, true],
  ['a later date', { 'If-Modified-Since': later }, true],
  ['an earlier date', { 'If-Modified-Since': earlier }, false],
  [
    'the date of a reader that never saw the feed',
    { 'If-Modified-Since': 'Sat, 01 Jan 2000 00:00:00 GMT' },
    false,
  ],
  ['the obsolete form of RFC 850', { 'If-Modified-Since': 'Wednesday, 19-Jun-24 12:00:05 GMT' }, true],
  ['the obsolete form of asctime', { 'If-Modified-Since': 'Wed Jun 19 12:00:05 2024' }, true],
  ['no date at all (§13.1.3)', { 'If-Modified-Since': 'yesterday' }, false],
  ['a date that is no HTTP date', { 'If-Modified-Since': '2030-01-01T00:00:00Z' }, false],
  ['a number', { 'If-Modified-Since': '1893456000' }, false],
  ['an empty date', { 'If-Modified-Since': '' }, false],
  ['the last day of a month', { 'If-Modified-Since': 'Sun, 31 Jan 2027 00:00:00 GMT' }, true],
  ['the 29th of February of a leap year', { 'If-Modified-Since': 'Tue, 29 Feb 2028 00:00:00 GMT' }, true],
  ['that of a common year', { 'If-Modified-Since': 'Mon, 29 Feb 2027 00:00:00 GMT' }, false],
  ['the 30th of February', { 'If-Modified-Since': 'Tue, 30 Feb 2027 00:00:00 GMT' }, false],
  ['the 31st of February', { 'If-Modified-Since': 'Tue, 31 Feb 2027 00:00:00 GMT' }, false],
  ['that of RFC 850', { 'If-Modified-Since': 'Tuesday, 31-Feb-27 00:00:00 GMT' }, false],
  ['that of asctime', { 'If-Modified-Since': 'Tue Feb 31 00:00:00 2027' }, false],
  ['the 31st of April', { 'If-Modified-Since': 'Sat, 31 Apr 2027 00:00:00 GMT' }, false],
  ['the 32nd of May', { 'If-Modified-Since': 'Sat, 32 May 2027 00:00:00 GMT' }, false],
  ['the last second of a day', { 'If-Modified-Since': 'Wed, 25 Nov 2026 23:59:59 GMT' }, true],
  ['a leap second', { 'If-Modified-Since': 'Sat, 31 Dec 2033 23:59:60 GMT' }, true],
  ['24 o’clock', { 'If-Modified-Since': 'Mon, 25 Nov 2026 24:00:00 GMT' }, false],
  ['that of RFC 850', { 'If-Modified-Since': 'Monday, 25-Nov-26 24:00:00 GMT' }, false],
  ['that of asctime', { 'If-Modified-Since': 'Mon Nov 25 24:00:00 2026' }, false],
  ['60 minutes', { 'If-Modified-Since': 'Wed, 25 Nov 2026 12:60:00 GMT' }, false],
  ['a month of no language', { 'If-Modified-Since': 'Wed, 25 Abc 2026 12:00:00 GMT' }, false],
  ['a day of one digit in asctime', { 'If-Modified-Since': 'Sun Jun  9 12:00:05 2024' }, false],
  ['a later one', { 'If-Modified-Since': 'Tue Jul  9 12:00:05 2024' }, true],
  ['a weekday of another date', { 'If-Modified-Since': 'Mon, 20 Jun 2024 12:00:00 GMT' }, true],
  ['two digits of a year that is past', { 'If-Modified-Since': 'Sunday, 06-Nov-94 08:49:37 GMT' }, false],
  ['two of one to come', { 'If-Modified-Since': 'Sunday, 06-Nov-33 08:49:37 GMT' }, true],
  // Values that `Date.parse` accepts although they are not HTTP dates. Each value is a time after the feed's
  // last change, so code that accepted the value would answer 304.
  ['no weekday', { 'If-Modified-Since': '20 Jun 2030 12:00:00 GMT' }, false],
  ['a day of one digit', { 'If-Modified-Since': 'Sun, 9 Jun 2030 12:00:00 GMT' }, false],
  ['a year first', { 'If-Modified-Since': '2030-06-20 12:00:00 GMT' }, false],
  ['a month in digits', { 'If-Modified-Since': '6/20/2030 GMT' }, false],
  ['no seconds', { 'If-Modified-Since': 'Thu, 20 Jun 2030 12:00 GMT' }, false],
  ['another zone', { 'If-Modified-Since': 'Thu, 20 Jun 2030 12:00:00 +0000' }, false],
  ['asctime with a zone', { 'If-Modified-Since': 'Thu Jun 20 12:00:00 2030 GMT' }, false],
  ['a whole word for the month', { 'If-Modified-Since': 'Thu, 20 June 2030 12:00:00 GMT' }, false],
  ['more behind it', { 'If-Modified-Since': 'Thu, 20 Jun 2030 12:00:00 GMT; length=1 GMT' }, false],
  [
    'both, where the tag differs: the date is not read',
    { 'If-None-Match': '"x"', 'If-Modified-Since': later },
    false,
  ],
  [
    'both, where the field of tags is empty: the date is not read',
    { 'If-None-Match': '', 'If-Modified-Since': later },
    false,
  ],
  [
    'both, where the tag matches and the date is older',
    { 'If-None-Match': etag, 'If-Modified-Since': earlier },
    true,
  ],
]

describe('isNotModified (RFC 9110 §13.2.2)', () => {
  test.for(rows)('%s', ([, headers, expected]) => {
    expect(isNotModified(new Headers(headers), current)).toBe(expected)
  })

  test('If-Modified-Since is ignored while no Last-Modified may be sent', () => {
    expect(isNotModified(new Headers({ 'If-Modified-Since': later }), { etag })).toBe(false)
  })

  test('law: the current ETag matches at every position in a list', () => {
    const tag = fc.stringMatching(/^(W\/)?"[!#-~]{0,20}"$/)
    fc.assert(
      fc.property(fc.array(tag), fc.array(tag), (before, after) => {
        const field = [...before, etag, ...after].join(', ')
        return isNotModified(new Headers({ 'If-None-Match': field }), current)
      }),
    )
  })

  test('of thousands of tags, only those that contain the current one are compared', () => {
    const others = Array.from({ length: 2000 }, (_, at) => `W/"${at}x-rss-0-gzip"`)
    const replace = vi.spyOn(String.prototype, 'replace')
    expect(isNotModified(new Headers({ 'If-None-Match': [...others, etag].join(', ') }), current)).toBe(true)
    expect(replace.mock.calls.length).toBeLessThan(10)
  })
})
