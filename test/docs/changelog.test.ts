import { expect, test } from 'vitest'
import { version } from '../../package.json'
import { textOf } from '../source.ts'

test('the newest section of the changelog with a date is the version of package.json', () => {
  const [, newest, date = ''] =
    /^## (\d+\.\d+\.\d+) \((\d{4}-\d\d-\d\d)\)$/m.exec(textOf('CHANGELOG.md')) ?? []
  expect(newest).toBe(version)
  expect(Number.isNaN(Date.parse(date))).toBe(false)
})
