import { describe, expect, test } from 'vitest'
import { type Article, knownDate } from '../../src/domain/article.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { articleOf, isSame } from '../../src/ingest/article.ts'
import { parseDated } from '../../src/ingest/date-fields.ts'
import { site } from '../render/samples.ts'

const noon = '2024-06-19T12:00:00Z'
const day = {
  title: 'Le pont',
  text: 'Corps.',
  published: noon,
  dayOnly: ['published'],
} satisfies ArticleInput

/** Builds an article in Toronto, which is four hours behind UTC in June. */
function made(input: ArticleInput, at: string, known?: Article): Article {
  const result = articleOf(input, { site, now: Date.parse(at), ...(known && { known }) })
  if (!result.ok) throw new Error(JSON.stringify(result.problem))
  return result.value
}

describe('an article of which only the day is known', () => {
  const rows: [when: string, now: string, published: string, isDay: boolean][] = [
    ['after noon in UTC', '2024-06-19T12:00:00Z', noon, true],
    ['years later', '2026-11-30T09:00:00Z', noon, true],
    ['on that day, before noon in UTC: at once', '2024-06-19T10:00:00Z', '2024-06-19T10:00:00Z', false],
    [
      'before that day: when the day starts in Toronto',
      '2024-06-01T00:00:00Z',
      '2024-06-19T04:00:00Z',
      false,
    ],
    ['when it is that day in UTC only', '2024-06-19T03:00:00Z', '2024-06-19T04:00:00Z', false],
  ]
  test.for(rows)('is published, if saved %s', ([, now, published, isDay]) => {
    const article = made(day, now)
    expect(article.published).toBe(published)
    expect(article.dayOnly).toEqual(isDay ? ['published'] : undefined)
  })

  test.for(rows)('does not change, if saved again years later, when it was saved first %s', ([, now]) => {
    const first = made(day, now)
    expect(made(day, '2026-11-30T09:00:00Z', first)).toEqual(first)
  })

  test('moves if the day changes', () => {
    const first = made(day, '2024-06-19T10:00:00Z')
    const moved = made({ ...day, published: '2024-06-18T12:00:00Z' }, '2024-06-20T10:00:00Z', first)
    expect(moved).toMatchObject({ published: '2024-06-18T12:00:00Z', dayOnly: ['published'] })
  })

  test('keeps its day if a save gives no date, and loses it if a save gives an hour', () => {
    const first = made(day, '2024-06-20T00:00:00Z')
    const { published: _, dayOnly: __, ...undated } = day
    expect(made({ ...undated, title: 'Le pont rouvre' }, '2024-06-21T00:00:00Z', first)).toMatchObject({
      published: noon,
      updated: '2024-06-21T00:00:00Z',
      dayOnly: ['published'],
    })
    const exact = made({ ...undated, published: '2024-06-19T13:00:00Z' }, '2024-06-21T00:00:00Z', first)
    expect(exact).not.toHaveProperty('dayOnly')
  })

  test('is not corrected by a save that only says that the hour of a stored date is unknown', () => {
    const { dayOnly: _, ...exact } = day
    const stored = made(exact, '2024-06-20T00:00:00Z')
    const again = made(day, '2024-06-21T00:00:00Z', stored)
    expect(again).toEqual({ ...stored, dayOnly: ['published'] })
    expect(isSame(again, stored)).toBe(false)
  })

  test('comes from a backup as it was, whatever the clock says', () => {
    const result = articleOf(day, { site, now: 0, fromBackup: true })
    expect(result).toMatchObject({ value: { published: noon, dayOnly: ['published'] } })
  })

  test.for(['published', 'updated'] as const)('is refused if %s is not noon in UTC', (field) => {
    const dates = { updated: '2024-06-20T12:00:00Z', [field]: '2024-06-19T16:00:00Z' }
    const input = { ...day, ...dates, dayOnly: [field] }
    expect(articleOf(input, { site, now: Date.parse('2024-07-01T00:00:00Z') })).toMatchObject({
      problem: { issues: [{ field, reason: expect.stringContaining('must be 12:00:00Z of its day') }] },
    })
  })
})

describe('days in files', () => {
  const rows: [rule: string, dates: object, expected: object][] = [
    ['a day', { published: '2024-06-19' }, { published: noon, dayOnly: ['published'] }],
    ['an hour', { published: '2024-06-19 08:00' }, { published: noon }],
    [
      'a day of change',
      { published: '2024-06-19 08:00', updated: '2024-06-21' },
      { published: noon, updated: '2024-06-21T12:00:00Z', dayOnly: ['updated'] },
    ],
    [
      'two days',
      { published: '2024-06-19', updated: '2024-06-21' },
      { published: noon, updated: '2024-06-21T12:00:00Z', dayOnly: ['published', 'updated'] },
    ],
    [
      'a change on the day',
      { published: '2024-06-19', updated: '2024-06-19' },
      { published: noon, dayOnly: ['published'] },
    ],
    [
      'a change at an hour of the day',
      { published: '2024-06-19', updated: '2024-06-19 16:00' },
      { published: noon, updated: '2024-06-19T20:00:00Z', dayOnly: ['published'] },
    ],
    [
      'a change at an hour of the day that is before noon in UTC',
      { published: '2024-06-19', updated: '2024-06-19 07:00' },
      { published: noon, dayOnly: ['published'] },
    ],
    [
      'a change at an hour of the day before',
      { published: '2024-06-19', updated: '2024-06-18 23:00' },
      { published: noon, updated: '2024-06-19T03:00:00Z', dayOnly: ['published'] },
    ],
    [
      'a change on the day, in Toronto',
      { published: '2024-06-19 22:00', updated: '2024-06-19' },
      { published: '2024-06-20T02:00:00Z' },
    ],
    [
      'a day of a backup',
      { published: noon, updated: '2024-06-21T08:00:00Z', dayOnly: ['published'] },
      { published: noon, updated: '2024-06-21T08:00:00Z', dayOnly: ['published'] },
    ],
    [
      'a day of a backup, with another date of the command line',
      { published: '2024-06-19T08:00:00Z', dayOnly: ['published'] },
      { published: '2024-06-19T08:00:00Z' },
    ],
  ]
  test.for(rows)('%s', ([, dates, expected]) => {
    const parsed = parseDated({ title: 'Le pont', ...dates }, 'America/Toronto')
    expect(parsed).toEqual({ ok: true, value: { value: { title: 'Le pont', ...expected }, warnings: [] } })
  })

  test('an earlier version of Kiosque is sent no field that it does not know', () => {
    const parsed = parseDated({ title: 'Le pont', published: '2024-06-19' }, undefined)
    expect(parsed).toMatchObject({ value: { value: { title: 'Le pont', published: noon } } })
    expect(parsed.ok && parsed.value.value).not.toHaveProperty('dayOnly')
  })
})

test.for([
  ['published', noon, noon, undefined, noon],
  ['published', noon, noon, ['published'], '2024-06-19'],
  ['updated', noon, noon, ['published'], '2024-06-19'],
  ['updated', noon, '2024-06-20T10:00:00Z', ['published'], '2024-06-20T10:00:00Z'],
  ['updated', noon, '2024-06-20T12:00:00Z', ['updated'], '2024-06-20'],
  ['published', noon, '2024-06-20T12:00:00Z', ['updated'], noon],
] as const)(
  'the date %s of %s and %s, of which days are %o, is shown as %s',
  ([field, published, updated, dayOnly, shown]) => {
    const dates = { published, updated, ...(dayOnly && { dayOnly: [...dayOnly] }) }
    expect(knownDate(dates, field)).toBe(shown)
  },
)
