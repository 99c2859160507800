import { existsSync, globSync, readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { expect, test } from 'vitest'
import { root, textOf } from '../source.ts'

const page = textOf('docs/protocols.md')
const [, section = ''] = /\n## WebSub\n([\s\S]*?)\n## /.exec(page) ?? []
const rowsIn = (text: string): string[][] =>
  text
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| requirement'))
    .map((line) => line.split(' | ').map((cell) => cell.replace(/^\| | \|$/g, '')))
const rows = rowsIn(section)

/**
 * The source files that a table cell of docs/protocols.md names. Text in backticks or parentheses is ignored,
 * because it names a part of a source file.
 */
const filesIn = (cell = ''): string[] =>
  cell
    .replace(/`[^`]*`|\([^)]*\)/g, '')
    .split(/[,;]/)
    .map((place) => place.trim())
    .filter(Boolean)
    .map((place) => join(root, place.startsWith('migrations') ? '' : 'src', place))

/**
 * Finds the tests that a table cell of docs/protocols.md names. Each test is a test file and a title in that
 * file; a title without a file belongs to the last file named before the title.
 */
function testsIn(cell = ''): { file: string; title: string }[] {
  let file = ''
  return [...cell.matchAll(/(?:(\S+) )?“([^”]+)”/g)].map(([, named, title = '']) => {
    file = named?.match(/^[\w/-]+$/) ? named : file
    return { file: join(root, 'test', `${file}.test.ts`), title }
  })
}

/**
 * All titles in a test file: the titles of its tests, of its `describe` groups, and of the rows of its tables
 * of cases.
 */
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

/**
 * The test files that a table cell of docs/protocols.md names. If the cell names a file without a folder, the
 * file is in `test` itself or in the folder of the file named before.
 */
function testFilesIn(cell = ''): string[] {
  let folder = ''
  const named = cell.replace(/`[^`]*`|\([^)]*\)|“[^”]*”/g, '').split(/[,;]/)
  return named.flatMap((one) => {
    const name = one.trim()
    if (name === '') return []
    if (name.includes('/')) folder = dirname(name)
    const beside = `${name.includes('/') ? name : join(folder, name)}.test.ts`
    return join(root, 'test', existsSync(join(root, 'test', `${name}.test.ts`)) ? `${name}.test.ts` : beside)
  })
}

test('docs/protocols.md: the files and tests that each row names are there', () => {
  const all = rowsIn(page).filter((cells) => cells.length === 4)
  expect(all.length).toBeGreaterThan(100)
  for (const [requirement, , met, checked] of all) {
    const named = [...filesIn(met), ...testFilesIn(checked)]
    expect([requirement, named.filter((file) => globSync(file).length === 0)]).toEqual([requirement, []])
    expect([requirement, Math.min(filesIn(met).length, testFilesIn(checked).length)]).not.toContain(0)
  }
})
