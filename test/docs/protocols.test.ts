import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '../..')
const page = readFileSync(join(root, 'docs', 'protocols.md'), 'utf8')
const [, section = ''] = /\n## WebSub\n([\s\S]*?)\n## /.exec(page) ?? []
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| requirement'))
  .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))

/** The source files of a cell: paths, with what of them is meant in backticks or parentheses. */
const filesIn = (cell = ''): string[] =>
  cell
    .replace(/`[^`]*`|\([^)]*\)/g, '')
    .split(/[,;]/)
    .map((place) => place.trim())
    .filter(Boolean)
    .map((place) => join(root, place.startsWith('migrations') ? '' : 'src', place))

/** The tests of a cell: a file and titles in it; a title without a file is in that of the one before. */
function testsIn(cell = ''): { file: string; title: string }[] {
  let file = ''
  return [...cell.matchAll(/(?:(\S+) )?“([^”]+)”/g)].map(([, named, title = '']) => {
    file = named?.match(/^[\w/-]+$/) ? named : file
    return { file: join(root, 'test', `${file}.test.ts`), title }
  })
}

/** The titles of a test file: of its tests, of their groups, and of the rows of its tables. */
const titlesIn = (file: string): string[] =>
  [...readFileSync(file, 'utf8').matchAll(/(?:\(|\[|, )\s*'((?:[^'\\]|\\.)+)'/g)].map(
    ([, title = '']) => title,
  )

test('docs/protocols.md: each row of WebSub names where it is met and the tests that check it, and all are there', () => {
  expect(rows.length).toBeGreaterThan(40)
  for (const [requirement, source, met, checked] of rows) {
    expect([requirement, source]).toEqual([requirement, expect.stringMatching(/§|JSON Feed/)])
    const [files, tests] = [filesIn(met), testsIn(checked)]
    for (const file of files) expect([requirement, file, existsSync(file)]).toEqual([requirement, file, true])
    for (const { file, title } of tests)
      expect([requirement, title, titlesIn(file).includes(title)]).toEqual([requirement, title, true])
    expect([requirement, Math.min(files.length, tests.length)]).not.toContain(0)
  }
})
