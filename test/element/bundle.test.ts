import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundleElement, renderModule } from '../../scripts/element-bundle.ts'
import { elementScript, elementStyles } from '../../src/element/bundle.ts'
import { hostOf } from '../../src/element/server.ts'

const sizes = [
  ['script', elementScript.text, 1500],
  ['styles', elementStyles.text, 1000],
] as const

test.for(sizes)('the element: its %s is small', ([, text, most]) => {
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(most)
})

test('the element that the Worker serves is made of its sources (npm run bundle)', async () => {
  const file = join(import.meta.dirname, '../../src/element/bundle.ts')
  expect(readFileSync(file, 'utf8')).toBe(renderModule(await bundleElement()))
})

test('the element names no class that blockers hide, and no other place than its own', () => {
  expect(elementStyles.text).not.toMatch(/\.[\w-]*(?:share|social)|url\(|@import/)
  expect(elementScript.text).not.toMatch(/document\.cookie|innerHTML|eval\(|https:\/\/(?!\$\{)/)
})

const hosts: [typed: string, host: string][] = [
  ['mastodon.quebec', 'mastodon.quebec'],
  [' https://mastodon.quebec/ ', 'mastodon.quebec'],
  ['HTTP://Mastodon.Quebec', 'mastodon.quebec'],
  ['https://mastodon.quebec/@nom', 'mastodon.quebec'],
  ['@nom@mastodon.quebec', 'mastodon.quebec'],
  ['nom@mastodon.quebec', 'mastodon.quebec'],
  ['localhost:3000', 'localhost:3000'],
  ['journal.example/wallabag/', 'journal.example/wallabag'],
  ['été.example', 'xn--t-9fab.example'],
  ['a b', ''],
  ['', ''],
  ['javascript:alert(1)', ''],
  ['user:password@evil.example', 'evil.example'],
]

test.for(hosts)('the server in %j is %j', ([typed, host]) => {
  expect(hostOf(typed)).toBe(host)
})
