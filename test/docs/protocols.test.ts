import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { deltaAgents } from '../../src/http/delta-agents.ts'
import { root, textOf } from '../source.ts'
import { titlesOf } from '../syntax.ts'

/** The text of each section of the page, by the section's heading. */
const sections = new Map(
  textOf('docs/protocols.md')
    .split(/^## /m)
    .slice(1)
    .map((text) => [text.slice(0, text.indexOf('\n')), text]),
)

/** The rows of the tables in a section whose first column, or first columns, have this heading. */
function rowsIn(section: string, heading: string): string[][] {
  const lines = (sections.get(section) ?? '').split('\n')
  let isTable = false
  return lines.flatMap((line) => {
    const cells = line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''))
    const isRow: boolean = isTable && line.startsWith('| ')
    isTable = line.startsWith(`| ${heading} | `) || (isTable && line.startsWith('|'))
    return isRow ? [cells] : []
  })
}

/** Each section with requirements, and the number of its rows when this test was written. */
const tables: [section: string, rows: number][] = [
  ['Documents', 38],
  ['Pages and archives', 7],
  ['oEmbed', 5],
  ['Sharing', 9],
  ['HTTP', 33],
  ['WebSub', 43],
  ['Web Push', 13],
]

/**
 * The places in the source that a cell names, as paths from the project's root. Text in backticks or parentheses
 * is ignored, because it names a part of a file. A place may be a folder, or a pattern such as `render/*.ts`.
 */
const filesIn = (cell = ''): string[] =>
  cell
    .replace(/`[^`]*`|\([^)]*\)/g, '')
    .split(/[,;]/)
    .map((place) => place.trim())
    .filter(Boolean)
    .map((place) => (place.startsWith('migrations') ? place : `src/${place}`))

/** The part of a place before its first `*`, which must exist: `src/render` for `src/render/*.ts`. */
const existing = (place: string): string => join(root, place.replace(/[^/]*\*.*$/, ''))

/** A test that a cell names by its file and its title. */
interface NamedTest {
  file: string
  title: string
}

/**
 * The tests that a cell names: `render/fuzz “law: …”; “another”; worker/http “…”`. A title without a file is one
 * of the file before it. `rest` is what is left of the cell without them, and without notes in parentheses.
 */
function testsIn(cell = ''): { tests: NamedTest[]; rest: string } {
  let file = ''
  const tests: NamedTest[] = []
  const rest = cell.replace(/(?:([\w/-]+) )?“([^”]+)”/g, (_, named: string | undefined, title: string) => {
    file = named ?? file
    tests.push({ file: `test/${file}.test.ts`, title })
    return ''
  })
  return { tests, rest: rest.replace(/\([^)]*\)/g, '').replace(/[;,\s]/g, '') }
}

/** The sections that say for each standard where Kiosque deviates from it, and what it chose where it leaves a choice. */
const notes = ['Deliberate deviations', 'Choices that the standards leave open']

/** The names of the standards in a cell, such as `RFC 9110` and `JSON Feed`. */
const standardsIn = (cell = ''): string[] =>
  cell.match(/RFC \d+|XML 1\.0|RSS 2\.0|JSON Feed|OPML|sitemaps\.org|Google News|oEmbed|WebSub/g) ?? []

const titles = new Map<string, Set<string>>()

/** What is wrong with the tests that a cell names; empty if they are there. */
function wrongIn(cell: string | undefined): string[] {
  const { tests, rest } = testsIn(cell)
  const missing = tests.filter(({ file, title }) => {
    if (!existsSync(join(root, file))) return true
    const known = titles.get(file) ?? titlesOf(file)
    titles.set(file, known)
    return !known.has(title)
  })
  return [
    ...(tests.length === 0 ? ['names no test'] : []),
    ...(rest === '' ? [] : [`names "${rest}" without a title`]),
    ...missing.map(({ file, title }) => `${file} has no title “${title}”`),
  ]
}

describe('docs/protocols.md', () => {
  test('has each table of requirements with all its rows, and no other', () => {
    const found = [...sections.keys()].filter((section) => rowsIn(section, 'requirement').length > 0)
    expect(found).toEqual(tables.map(([section]) => section))
    for (const [section, rows] of tables)
      expect(rowsIn(section, 'requirement').length, section).toBeGreaterThanOrEqual(rows)
  })

  test.for(tables)(
    '%s: each row names its source, the files that implement it and the tests that check it',
    ([section]) => {
      for (const [requirement, source, met, checked, ...more] of rowsIn(section, 'requirement')) {
        expect(more, requirement).toEqual([])
        expect(source, requirement).toMatch(
          /§|\b[PMS]\b|RFC|oEmbed|JSON Feed|OPML|RSS|standard|Bluesky|X, |WICG|W3C|sitemaps|News/,
        )
        const files = filesIn(met)
        expect(files, requirement).not.toEqual([])
        expect(
          files.filter((place) => !existsSync(existing(place))),
          requirement,
        ).toEqual([])
        expect(wrongIn(checked), requirement).toEqual([])
      }
    },
  )

  test.for(notes)('%s: each row names the tests that check it', (section) => {
    const rows = rowsIn(section, 'standard')
    expect(rows.length).toBeGreaterThan(10)
    expect(rows.map(({ length }) => length)).toEqual(rows.map(() => rows[0]?.length))
    for (const [standard = '', ...cells] of rows) {
      expect(standardsIn(standard), standard).not.toEqual([])
      expect(cells.every(Boolean), standard).toBe(true)
      expect(wrongIn(cells.at(-1)), standard).toEqual([])
    }
  })

  test('each standard with a requirement is in one of the two sections of deviations and choices', () => {
    const noted = new Set(
      notes.flatMap((section) => rowsIn(section, 'standard')).flatMap(([cell]) => standardsIn(cell)),
    )
    const required = tables.flatMap(([section]) =>
      rowsIn(section, 'requirement').flatMap(([, source]) => standardsIn(source)),
    )
    expect(required.length).toBeGreaterThan(60)
    expect([...new Set(required)].filter((standard) => !noted.has(standard))).toEqual([])
  })
})

test('a title is a test, a group or a row of a table, and not any other text of the file', () => {
  const own = titlesOf('test/docs/protocols.test.ts')
  expect(own).toContain('docs/protocols.md')
  expect(own).toContain(
    '%s: each row names its source, the files that implement it and the tests that check it',
  )
  expect(own).toContain('Pages and archives')
  expect(own).not.toContain('requirement')
  expect(wrongIn('docs/protocols “no such title”')).toEqual([
    'test/docs/protocols.test.ts has no title “no such title”',
  ])
  expect(wrongIn('docs/protocols')).toEqual(['names no test', 'names "docs/protocols" without a title'])
})

test('docs/protocols.md: lists each feed reader that gets deltas, with the evidence', () => {
  expect(rowsIn('Feed readers', 'feed reader | User-Agent, an example')).toEqual(
    deltaAgents.map(({ name, example, evidence }) => [name, `\`${example}\``, evidence]),
  )
})
