import { spawnSync } from 'node:child_process'
import { mkdtempSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'

test('an import whose output nobody reads to its end goes on to the end', () => {
  const file = join(mkdtempSync(join(tmpdir(), 'kiosque-unread-')), 'many.ndjson')
  const lines = Array.from({ length: 20_000 }, (_, at) => `{"title":"Article ${at}"}`)
  writeFileSync(file, lines.join('\n'))
  const command = `"${process.execPath}" src/cli/kiosque.ts import "${file}" --dry-run | head -n 1`
  const { stdout, stderr } = spawnSync('bash', ['-c', command], { encoding: 'utf8' })
  expect(stdout).toMatch(/^would be saved article-0 .*\n$/)
  expect(stderr).toContain('20000 would be saved')
})
