import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type ImportItem, overwriting } from '../../src/cli/import.ts'
import { filesHash, importing, originsIn } from '../../src/cli/origin.ts'
import { failure, success } from '../../src/domain/problem.ts'

const article = success({ title: 'Un', id: 'urn:x:1' })
const from = { run: 7, replace: false }

/** What an import says about the article of an item. */
const said = (item: ImportItem, paths = new Map<string, string>()) => {
  const given = importing(from, paths)(item)
  return 'article' in given ? given.origin : undefined
}

test('an article that is alone in its file has the path of the file, relative to the folder of the import', () => {
  const path = (file: string) => said({ where: file, file, article })?.import?.path
  expect(path(join(process.cwd(), 'textes', 'a.txt'))).toBe('textes/a.txt')
  expect(path('./textes/../a.txt')).toBe('a.txt')
  expect(path('../a.txt')).toBe('../a.txt')
  expect(path('e\u0301te\u0301.txt')).toBe('été.txt')
  expect(path(`${'a'.repeat(1001)}`)).toBeUndefined()
  expect(path('-')).toBeUndefined()
})

test('an article among others in a file has no path, except that which a backup gives it', () => {
  const item: ImportItem = { where: 'b.ndjson:1', article, origin: { backup: { revision: 3 } } }
  expect(said(item)).toEqual({ backup: { revision: 3 }, import: { ...from, whole: true } })
  expect(said(overwriting(item))).toEqual({ import: { ...from, whole: true } })
  const line = { kind: 'origin', id: 'urn:x:1', path: 'a.txt' }
  const wrong = { kind: 'origin', id: 'urn:x:2', path: '' }
  const found = [line, wrong].map((one): ImportItem => ({ where: 'b', line: one, onlyForEmpty: 'origin' }))
  expect([...originsIn(found)]).toEqual([['urn:x:1', 'a.txt']])
  expect(said(item, originsIn(found))?.import).toEqual({ ...from, path: 'a.txt', whole: true })
})

test('the second article of an import with one id is marked', () => {
  const item: ImportItem = { where: 'a', article }
  const marked = [item, item].map(importing(from, new Map()))
  expect(marked.map((one) => 'article' in one && one.origin?.import?.repeats)).toEqual([undefined, true])
})

test('what a reader has guessed, and a date for new articles only, is said', () => {
  expect(said({ where: 'a', article, guessesLanguage: true, keepsDate: true })?.import).toEqual({
    ...from,
    guessesLanguage: true,
    keepsDate: true,
  })
})

test('what is refused stays as it is', () => {
  const refused: ImportItem = { where: 'a', file: 'a', article: failure({ kind: 'unreadable', reason: 'x' }) }
  expect(importing(from, new Map())(refused)).toBe(refused)
})

test('the hash of an import depends on the names of its files', () => {
  const hash = (...names: string[]) => filesHash(names.map((where) => ({ where, leftOut: '' })))
  expect(hash('a', 'b')).toMatch(/^[\da-f]{64}$/)
  expect(hash('a', 'b')).toBe(hash('a', 'b'))
  expect(hash('a', 'b')).not.toBe(hash('ab'))
})
