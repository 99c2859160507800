import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { bundlePush, renderPushModule } from '../../scripts/element-bundle.ts'
import { pushPage, pushWorker } from '../../src/element/push/bundle.ts'

const scripts = [
  ['service worker', pushWorker.text],
  ['script of pages', pushPage.text],
] as const

test.for(scripts)('the %s is small', ([, text]) => {
  expect(gzipSync(text, { level: 9 }).length).toBeLessThanOrEqual(1500)
})

test('the scripts that the Worker serves are made of their sources (npm run bundle)', async () => {
  const file = join(import.meta.dirname, '../../src/element/push/bundle.ts')
  expect(readFileSync(file, 'utf8')).toBe(renderPushModule(await bundlePush()))
})

test.for(scripts)('the %s names no other place than its own, and writes no markup', ([, text]) => {
  expect(text).not.toMatch(/document\.cookie|innerHTML|eval\(|https?:\/\//)
})

test('the service worker answers no request of pages, so that it changes no page', () => {
  expect(pushWorker.text).not.toMatch(/addEventListener\("fetch"|onfetch|respondWith/)
  expect(pushWorker.text).not.toMatch(/^import|\bexport\b/m)
})
