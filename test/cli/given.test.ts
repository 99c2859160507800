import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { fieldsGiven, keepingDates } from '../../src/cli/given.ts'
import { parseOptions } from '../../src/cli/options.ts'
import { findArticles } from '../../src/cli/read-file.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-given-'))
afterAll(() => rmSync(folder, { recursive: true }))

const now = Date.parse('2026-11-30T08:00:00.500Z')
const given = (...options: string[]) => fieldsGiven(parseOptions(options).values, now)

test('options give fields to every article, in place of those of the file', () => {
  const file = join(folder, 'a.md')
  writeFileSync(
    file,
    '---\nstatus: published\ntags: [Lu]\nauthors: [Ana Roy]\nembargo: 2027-01-01\n---\n# Le pont',
  )
  const fields = given(
    ...[
      '--published',
      '2026-12-24',
      '--embargo',
      '2026-12-25 08:00',
      '--status',
      'draft',
      '--section',
      'Ville',
    ],
    ...['--tag', 'Ponts', '--tag', 'Canal', '--author', 'Kim Tremblay'],
  )
  expect([...findArticles([file], fields, 'America/Toronto')]).toMatchObject([
    {
      article: {
        value: {
          published: '2026-12-24T12:00:00Z',
          embargo: '2026-12-25T13:00:00Z',
          ...{ status: 'draft', section: 'Ville', tags: ['Ponts', 'Canal'], authors: ['Kim Tremblay'] },
        },
      },
    },
  ])
})

test('without options, no field is given', () => {
  expect(given()).toEqual({})
})

test('now is the present, for the date of publication only', () => {
  expect(given('--published', 'now')).toEqual({ published: '2026-11-30T08:00:00Z' })
  expect(() => given('--embargo', 'now')).toThrow(
    'Cannot import with --embargo "now": must be a date such as',
  )
})

test.for([
  ['--published', '2026-02-30', 'no such day: 2026-02-30'],
  ['--embargo', 'demain', 'must be a date such as'],
  ['--status', 'scheduled', 'must be draft or published or withdrawn'],
  ['--status', 'Draft', 'must be draft or published or withdrawn'],
] as const)('%s %s is refused before any file is read', ([option, value, says]) => {
  expect(() => given(option, value)).toThrow(`Cannot import with ${option} "${value}": ${says}`)
})

test('only articles that have the date of --published now leave that of a stored article', () => {
  const wxr = (status: string) =>
    `<item><title>A</title><wp:post_type>post</wp:post_type><wp:status>${status}</wp:status><wp:post_date_gmt>2099-01-01 00:00:00</wp:post_date_gmt></item>`
  const posts = join(folder, 'posts.xml')
  writeFileSync(
    posts,
    `<rss version="2.0" xmlns:wp="http://wordpress.org/export/1.2/"><channel>${wxr('publish')}${wxr('future')}</channel></rss>`,
  )
  const broken = join(folder, 'broken.json')
  writeFileSync(broken, '{')
  const marks = (...options: string[]) => {
    const { values } = parseOptions(options)
    const fields = fieldsGiven(values, now)
    return keepingDates([...findArticles([posts, broken], fields, 'UTC')], values, fields).map(
      ({ keepsDate }) => keepsDate,
    )
  }
  expect(marks('--published', 'now')).toEqual([true, undefined, undefined])
  expect(marks('--published', '2024-06-19')).toEqual([undefined, undefined, undefined])
})
