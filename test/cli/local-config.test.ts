import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { unstable_readConfig as readConfig } from 'wrangler'
import { localConfig } from '../../src/cli/local-config.ts'
import { parseConfig } from '../../src/config/settings.ts'
import { textOf } from '../source.ts'

const folder = mkdtempSync(join(tmpdir(), 'kiosque-config-'))
afterAll(() => rmSync(folder, { recursive: true }))

/** What wrangler reads from a configuration, without the paths of its files. */
function read(text: string) {
  const config = join(folder, 'wrangler.toml')
  writeFileSync(config, text)
  return readConfig({ config })
}

const deployed = textOf('wrangler.toml')

/** wrangler.toml with its commented table of static files. */
const withFiles = deployed.replace(/^# \[assets\]\n(?:# .*\n)+/m, (table) => table.replace(/^# /gm, ''))

/** wrangler.toml with its commented settings. */
const withSettings = deployed.replace(/^# \[vars\]\n(?:# .*\n)+/m, (table) => table.replace(/^# /gm, ''))

test('the commented settings of wrangler.toml are valid, and name what links, mails and digests need', () => {
  const { vars, ...others } = read(withSettings)
  expect({ vars: {}, ...others }).toEqual(read(deployed))
  expect(parseConfig(vars)).toMatchObject({ ok: true })
  expect(Object.keys(vars)).toEqual([
    ...['SITE_URL', 'TIME_ZONE', 'SITE_CONTACT', 'MAIL_FROM', 'SITE_POSTAL', 'DIGEST_HOUR'],
  ])
})

test('a local run has the configuration of the deployed Worker, and static files that the Worker answers', () => {
  const { assets, ...local } = read(localConfig(deployed))
  const { assets: none, ...others } = read(deployed)
  expect([local, none]).toEqual([others, undefined])
  expect(assets).toEqual({ binding: 'ASSETS', run_worker_first: true, html_handling: 'none' })
})

test('the commented table of wrangler.toml binds static files as a local run does, and a local run keeps it', () => {
  expect(read(withFiles).assets).toEqual({
    ...read(localConfig(deployed)).assets,
    directory: 'public',
  })
  expect(localConfig(withFiles)).toBe(withFiles)
})
