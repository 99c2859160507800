import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { apiPage } from '../../scripts/api-page.ts'

test('docs/api.md is made from the OpenAPI document: run `npm run docs`', () => {
  const page = readFileSync(join(import.meta.dirname, '../../docs/api.md'), 'utf8')
  expect(page).toBe(apiPage())
})

test('every link of the table leads to a heading', () => {
  const page = apiPage()
  const headings = [...page.matchAll(/^## (.+)$/gm)].map(([, heading = '']) =>
    heading
      .toLowerCase()
      .replace(/[^\w\s-]/g, '')
      .replaceAll(' ', '-'),
  )
  const links = [...page.matchAll(/\]\(#([^)]+)\)/g)].map(([, anchor]) => anchor)
  expect(links.length).toBeGreaterThan(8)
  expect(links.filter((anchor) => !headings.includes(anchor as string))).toEqual([])
})
