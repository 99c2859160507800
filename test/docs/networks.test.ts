import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { networksPage } from '../../scripts/networks-page.ts'

test('docs/networks.md is made from the tables: run `npm run docs`', () => {
  expect(readFileSync(join(import.meta.dirname, '../../docs/networks.md'), 'utf8')).toBe(networksPage())
})
