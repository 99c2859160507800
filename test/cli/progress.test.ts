import { expect, test } from 'vitest'
import { progressOf } from '../../src/cli/progress.ts'

/**
 * Returns everything that a progress display writes during an import of `all` articles. The import reports to
 * the display that 50, 100, … 500 articles are done, and finally that all are done. Each report comes 1.5
 * seconds after the previous one.
 */
function written(isTTY: boolean, silent = false, all = 1000): string[] {
  const texts: string[] = []
  let now = 1000
  const progress = progressOf(all, { isTTY, write: (text) => texts.push(text) }, () => now, silent)
  for (let done = 50; done <= 500; done += 50) {
    now += 1500
    progress.reach(done)
    progress.clear()
  }
  now += 1500
  progress.reach(all)
  return texts
}

const away = '\r\u001B[K'

test('on a terminal it is one line, taken away before anything else is written, and at the end', () => {
  const texts = written(true)
  expect(texts.slice(0, 4)).toEqual([
    '50 of 1000 (5 %), 33 a second',
    away,
    '100 of 1000 (10 %), 33 a second',
    away,
  ])
  expect(texts.at(-1)).toBe(away)
  expect(texts.filter((text) => text.includes('\n'))).toEqual([])
})

test('elsewhere it is a line each some seconds, without codes of a terminal', () => {
  expect(written(false)).toEqual(['200 of 1000 (20 %), 33 a second\n', '400 of 1000 (40 %), 33 a second\n'])
})

test.each([
  ['what is short', false, 99],
  ['where only results are wanted', true, 1000],
])('of %s nothing is said', (_, silent, all) => {
  expect(written(true, silent, all)).toEqual([])
  expect(written(false, silent, all)).toEqual([])
})
