import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { quiet, root, wrangler } from '../src/cli/paths.ts'

/** The most bytes that the Worker may weigh, gzipped: 300 kB, of a thousand bytes each. */
const most = 300_000

/** What a deployment leaves beside the modules: the source maps, and a page that says what the folder is. */
const beside = /(\.map|^README\.md)$/

const folder = mkdtempSync(join(tmpdir(), 'kiosque-size-'))
try {
  const bytes = modulesIn(folder).reduce((sum, module) => sum + gzipSync(module).byteLength, 0)
  console.log(
    `size: the Worker is ${bytes.toLocaleString('en')} bytes gzipped, of ${most.toLocaleString('en')} at most`,
  )
  if (bytes > most) process.exitCode = 1
} finally {
  rmSync(folder, { recursive: true })
}

/** Every module that a deployment would send, built into that folder by wrangler's settings. */
function modulesIn(outdir: string): Buffer[] {
  const run = spawnSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', outdir], {
    cwd: root,
    env: { ...process.env, ...quiet },
    encoding: 'utf8',
  })
  const names = run.status === 0 ? readdirSync(outdir).filter((name) => !beside.test(name)) : []
  if (names.length === 0) throw new Error(`Cannot build the Worker:\n${run.stdout}${run.stderr}`)
  return names.map((name) => readFileSync(join(outdir, name)))
}
