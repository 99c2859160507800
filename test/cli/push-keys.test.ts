import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { localKeys } from '../../src/cli/local-mail.ts'
import { linesOfKeys, writeKeys } from '../../src/cli/push-keys.ts'
import { parseConfig } from '../../src/config/settings.ts'
import { makeVapidKeys } from '../../src/notify/push/vapid.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-keys-'))
afterAll(() => rmSync(folder, { recursive: true }))

test('the keys that the command prints are accepted as the setting', async () => {
  const keys = await makeVapidKeys()
  const line = linesOfKeys(keys).find((one) => one.trim() === writeKeys(keys))
  const config = parseConfig({ SITE_URL: 'https://kiosque.example', VAPID_KEYS: line?.trim() ?? '' })
  expect(config.ok && config.value.vapidKeys).toEqual([keys])
})

test('with --json, the keys are one line of JSON', async () => {
  const keys = await makeVapidKeys()
  expect(linesOfKeys(keys, true).map((line) => JSON.parse(line))).toEqual([
    { ...keys, setting: writeKeys(keys) },
  ])
})

test('a local run makes its keys once, and keeps them where only the owner reads', async () => {
  const file = join(folder, 'new', 'vapid-keys')
  const keys = await localKeys(file)
  expect(await localKeys(file)).toBe(keys)
  expect(statSync(file).mode & 0o777).toBe(0o600)
  writeFileSync(file, 'broken')
  const others = await localKeys(file)
  expect(others).not.toBe(keys)
  expect(readFileSync(file, 'utf8')).toBe(`${others}\n`)
})
