import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitsPage } from '../../scripts/limits-page.ts'
import { type Billed, dollarsFor, pricedSites, useOf } from '../../scripts/prices.ts'
import { limits } from '../../src/domain/limits.ts'
import { kinds } from '../worker/kinds.ts'

test('docs/limits.md is made from the tables: run `npm run docs`', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/limits.md'), 'utf8')).toBe(limitsPage())
})

test('every kind of invocation fits Workers Paid, as a rule and at most', () => {
  const beyond = kinds.filter(
    ({ statements: [usual, most], fetches = 0 }) =>
      usual > most || most > limits.statements.paid || fetches > limits.fetches.paid,
  )
  expect(beyond.map(({ kind }) => kind)).toEqual([])
})

const dollars: [what: Billed, used: number, dollars: number][] = [
  ['requests', 9e6, 0],
  ['requests', 10e6, 0],
  ['requests', 57_600_000, 14.28],
  ['cpuMilliseconds', 130e6, 2],
  ['rowsRead', 26e9, 1],
  ['rowsWritten', 51e6, 1],
  ['operations', 2.5e6, 0.6],
  ['logBytes', 52e9, 0.5],
]
test.for(dollars)('a month with %s: %d costs %d dollars more than the plan', ([what, used, expected]) => {
  expect(dollarsFor(what, used)).toBeCloseTo(expected, 6)
})

test('a daily’s month is worked out as by hand', () => {
  const daily = pricedSites[1]
  // 20,000 pollers × 96 × 30, 100 saves × 30, 1,000 subscribers, 43,200 runs of cron, 5 of 100 polls missed.
  expect(daily && useOf(daily)).toEqual({
    requests: 57_603_000,
    cpuMilliseconds: 2_880_000 * 3 + 3000 * 50 + 3_000_000 * 2 + 43_200 * 10,
    rowsRead: 2_880_000 * 60 + 3000 * 2500 + 3_000_000 * 20 + 43_200 * 50,
    rowsWritten: 3000 * 150 + 3_000_000 * 2,
    operations: 3000 * (3 + 25) * 3,
    logBytes: 3000 * (3 + 25) * 500,
  })
})
