import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const page = readFileSync(join(root, 'docs', 'protocols.md'), 'utf8')
const [, section = ''] = /\n## WebSub\n([\s\S]*?)\n## /.exec(page) ?? []
const rows = section
  .split('\n')
  .filter((line) => line.startsWith('| ') && !line.startsWith('| requirement'))
  .map((line) => line.split('|').map((cell) => cell.trim()))

const placesIn = (cell = ''): string[] =>
  cell
    .replace(/`[^`]*`|\([^)]*\)/g, '')
    .split(/[,;]/)
    .map((place) => place.trim())
    .filter(Boolean)

test('docs/protocols.md: each row of WebSub names where it is met and what checks it, and both are there', () => {
  expect(rows.length).toBeGreaterThan(40)
  for (const [, requirement, source, met, checked] of rows) {
    expect([requirement, source]).toEqual([requirement, expect.stringMatching(/§|JSON Feed/)])
    const sources = placesIn(met).map((place) =>
      join(root, place.startsWith('migrations') ? '' : 'src', place),
    )
    let folder = ''
    const tests = placesIn(checked).map((place) => {
      folder = place.includes('/') ? `${place.split('/')[0]}/` : place.startsWith('rules-') ? folder : ''
      return join(root, 'test', `${place.includes('/') ? '' : folder}${place}.test.ts`)
    })
    for (const file of [...sources, ...tests])
      expect([requirement, file, existsSync(file)]).toEqual([requirement, file, true])
    expect(Math.min(sources.length, tests.length)).toBeGreaterThan(0)
  }
})
