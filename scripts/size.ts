import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { quiet, root, wrangler } from '../src/cli/paths.ts'

/** The largest gzipped size of the Worker: 300 kB of 1000 bytes each. */
const most = 300_000

/** Files in the build folder that are not deployed: source maps, and wrangler's README. */
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

/** Builds every module that a deployment would send, and returns their bytes. */
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
