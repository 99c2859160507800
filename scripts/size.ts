import { spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { quiet, root, wrangler } from '../src/cli/paths.ts'

/** The most that the Worker may weigh, in KiB, gzipped. */
const most = 300

const folder = mkdtempSync(join(tmpdir(), 'kiosque-size-'))
const run = spawnSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', folder], {
  cwd: root,
  env: { ...process.env, ...quiet, WRANGLER_LOG: 'log' },
  encoding: 'utf8',
})
rmSync(folder, { recursive: true })
const [, size] = /gzip: ([\d.]+) KiB/.exec(run.stdout) ?? []
if (run.status !== 0 || size === undefined)
  throw new Error(`Cannot build the Worker:\n${run.stdout}${run.stderr}`)
console.log(`size: the Worker is ${size} KiB gzipped, of ${most} at most`)
if (Number(size) > most) process.exit(1)
