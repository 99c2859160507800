import { describe, expect, test } from 'vitest'
import type { Article } from '../../src/domain/article.ts'
import type { ArticleInput } from '../../src/domain/input.ts'
import { articleOf, isSame } from '../../src/ingest/article.ts'
import { sampleArticle, site } from '../render/samples.ts'

const dates = {
  past: '2024-06-01T09:00:00Z',
  before: '2024-06-10T09:00:00Z',
  now: '2024-06-19T12:00:00Z',
  soon: '2024-06-20T09:00:00Z',
  later: '2024-06-25T09:00:00Z',
}
type Name = keyof typeof dates
type Dates = Partial<Record<'published' | 'embargo' | 'updated', Name>>
type Status = Article['status']

const now = Date.parse(dates.now) + 400

const datesOf = (names: Dates) =>
  Object.fromEntries(Object.entries(names).map(([field, name]) => [field, dates[name]]))

/** The stored article with these dates; without `updated`, the article has not been changed since `published`. */
function storedWith(names: Dates, status: Status): Article {
  const { published = dates.past, ...others } = datesOf(names)
  return sampleArticle({ updated: published, ...others, published, status })
}

const inputWith = (names: Dates, status?: Status): ArticleInput => ({
  slug: 'a',
  title: 'Titre',
  text: 'Corps.',
  ...datesOf(names),
  ...(status && { status }),
})

function savedAt(input: ArticleInput, known: Article | undefined, instant = now): Article {
  const made = articleOf(input, { site, now: instant, ...(known && { known }) })
  if (!made.ok) throw new Error(JSON.stringify(made.problem))
  return made.value
}

/** Checks that the save of the input gives these dates, and that the same save again changes nothing. */
function expectDates(
  input: ArticleInput,
  known: Article | undefined,
  expected: { published: Name; updated: Name },
) {
  const article = savedAt(input, known)
  const { published, updated } = article
  expect({ published, updated }).toEqual(datesOf(expected))
  expect(isSame(savedAt(input, article, now + 5000), article)).toBe(true)
}

describe('the date of a new article', () => {
  const rows: [what: string, input: Dates, published: Name, updated?: Name][] = [
    ['neither a date nor an embargo: the present', {}, 'now'],
    ['an embargo: its end', { embargo: 'soon' }, 'soon'],
    [
      'an embargo that has ended, as of a save that came late: its end all the same',
      { embargo: 'past' },
      'past',
    ],
    [
      'an embargo, and an `updated` that does not know it',
      { embargo: 'soon', updated: 'now' },
      'soon',
      'soon',
    ],
    ['an embargo and an `updated` after its end', { embargo: 'soon', updated: 'later' }, 'soon', 'later'],
    ['a date before the embargo’s end', { published: 'past', embargo: 'soon' }, 'past'],
    ['a date after the embargo’s end', { published: 'later', embargo: 'soon' }, 'later'],
    ['a date without an embargo', { published: 'soon' }, 'soon'],
  ]
  test.for(rows)('%s', ([, input, published, updated = published]) => {
    for (const status of ['published', 'draft'] as const)
      expectDates(inputWith(input, status), undefined, { published, updated })
  })

  test('the year in the id is the year of the first save, not the year in which the embargo ends', () => {
    const input = { ...inputWith({}), embargo: '2025-01-01T00:00:00Z' }
    expect(savedAt(input, undefined)).toMatchObject({
      id: expect.stringContaining(',2024:'),
      published: '2025-01-01T00:00:00Z',
    })
  })

  test('an expiry at the embargo’s end is refused with one reason, which names the embargo', () => {
    const input = { ...inputWith({ embargo: 'soon' }), expires: dates.soon }
    expect(articleOf(input, { site, now })).toMatchObject({
      problem: { issues: [{ field: 'expires', reason: 'must be after embargo' }] },
    })
  })
})

const derived: Dates = { published: 'soon', embargo: 'soon' }
const ended: Dates = { published: 'before', embargo: 'before' }
/** An article with an embargo as version 0.1 saved it, and also an article to which an editor gave the date. */
const apart: Dates = { published: 'past', embargo: 'soon' }
/** An article whose embargo was moved into the past, which lifted it. */
const lifted: Dates = { published: 'before', embargo: 'past' }
const none: Dates = { published: 'past' }
const planned: Dates = { published: 'soon' }

/** A stored article, an input, and the expected date. `updated` is the date of the last change after the save. */
type Row = [what: string, stored: Dates, input: Dates, published: Name, updated: Name]

const rows: Row[] = [
  ['the same embargo', derived, { embargo: 'soon' }, 'soon', 'soon'],
  ['a later embargo', derived, { embargo: 'later' }, 'later', 'later'],
  ['an embargo that now ends at once', derived, { embargo: 'now' }, 'now', 'now'],
  ['an embargo moved to the past, which lifts it', derived, { embargo: 'past' }, 'now', 'now'],
  ['no embargo any more', derived, {}, 'now', 'now'],
  ['no embargo any more, and an older `updated`', derived, { updated: 'before' }, 'now', 'now'],
  [
    'an embargo moved to the past, and an older `updated`',
    derived,
    { embargo: 'past', updated: 'before' },
    'now',
    'now',
  ],
  ['another date', derived, { published: 'past', embargo: 'soon' }, 'past', 'now'],
  ['another date, in place of the embargo', derived, { published: 'later' }, 'later', 'later'],
  [
    'the same date in place of the embargo: it stays hidden until then',
    derived,
    { published: 'soon' },
    'soon',
    'soon',
  ],
  ['an earlier embargo', { published: 'later', embargo: 'later' }, { embargo: 'soon' }, 'soon', 'soon'],
  ['older: the same embargo', apart, { embargo: 'soon' }, 'past', 'now'],
  ['older: a later embargo', apart, { embargo: 'later' }, 'past', 'now'],
  ['older: no embargo any more', apart, {}, 'past', 'now'],
  [
    'older: the end of the embargo as its date',
    apart,
    { published: 'soon', embargo: 'soon' },
    'soon',
    'soon',
  ],
  ['ended: a correction', ended, { embargo: 'before' }, 'before', 'now'],
  ['ended: a correction without the embargo', ended, {}, 'before', 'now'],
  ['ended: another embargo, in the past', ended, { embargo: 'past' }, 'past', 'now'],
  ['ended: an embargo again', ended, { embargo: 'soon' }, 'soon', 'soon'],
  ['ended: a correction with its date', ended, { published: 'before' }, 'before', 'now'],
  ['lifted: a correction', lifted, { embargo: 'past' }, 'before', 'now'],
  ['lifted: a correction without the embargo', lifted, {}, 'before', 'now'],
  ['lifted: another embargo, in the past', lifted, { embargo: 'before' }, 'before', 'now'],
  ['lifted: an embargo again', lifted, { embargo: 'soon' }, 'soon', 'soon'],
  [
    'lifted: an embargo again and the date',
    lifted,
    { published: 'before', embargo: 'soon' },
    'before',
    'now',
  ],
  ['no embargo: a correction', none, {}, 'past', 'now'],
  ['no embargo: a first embargo', none, { embargo: 'soon' }, 'soon', 'soon'],
  ['no embargo: a first embargo and the date', none, { published: 'past', embargo: 'soon' }, 'past', 'now'],
  ['no embargo: a first embargo, ended', none, { embargo: 'before' }, 'past', 'now'],
  ['planned: a first embargo', planned, { embargo: 'later' }, 'soon', 'soon'],
  ['planned: nothing', planned, {}, 'soon', 'soon'],
]

describe('the date of a stored article', () => {
  test.for(rows)('%s', ([, stored, input, published, updated]) => {
    for (const status of ['published', 'draft'] as const)
      expectDates(inputWith(input, status), storedWith(stored, status), { published, updated })
  })

  test('stays if the input repeats it and moves the embargo, because the same request again must change nothing', () => {
    const known = storedWith(derived, 'published')
    expectDates({ ...inputWith({ published: 'soon', embargo: 'later' }) }, known, {
      published: 'soon',
      updated: 'soon',
    })
  })

  test('a draft or a withdrawn article that is published under its first embargo comes out at the embargo’s end', () => {
    for (const status of ['draft', 'withdrawn'] as const)
      expectDates(inputWith({ embargo: 'soon' }, 'published'), storedWith(none, status), {
        published: 'soon',
        updated: 'soon',
      })
  })

  test.for([derived, ended, apart, lifted, none, planned])(
    '%o: its backup gives it the same dates',
    (stored) => {
      for (const status of ['published', 'draft', 'withdrawn'] as const) {
        const article = storedWith(stored, status)
        expect(isSame(savedAt(article, undefined), article), status).toBe(true)
        expect(isSame(savedAt(article, article), article), status).toBe(true)
      }
    },
  )

  test('a withdrawn article keeps the instant of its withdrawal, although the embargo would have ended later', () => {
    const article = storedWith({ ...derived, updated: 'now' }, 'withdrawn')
    expect(isSame(savedAt(article, undefined), article)).toBe(true)
    expectDates(inputWith({ embargo: 'soon' }, 'withdrawn'), storedWith(derived, 'published'), {
      published: 'soon',
      updated: 'now',
    })
    const republished = { ...article, status: 'published' as const }
    expectDates(republished, article, { published: 'soon', updated: 'soon' })
  })
})
