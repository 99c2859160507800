import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { quiet, root, wrangler } from '../src/cli/paths.ts'
import { compareStart } from './start-time.ts'
import { modulesAtStart } from './worker-bundle.ts'

/**
 * The maximum gzipped size of the modules that the Worker loads at its start, and the maximum gzipped size of
 * all modules.
 */
const maxStartBytes = 300_000
const maxBytes = 600_000

/** Files in the build folder that are not deployed: source maps, and wrangler's README. */
const beside = /(\.map|^README\.md)$/

const folder = mkdtempSync(join(tmpdir(), 'kiosque-size-'))
try {
  const bytes = bytesOfModules(folder)
  const atStart = await modulesAtStart(folder)
  for (const [name, length] of [...bytes].toSorted(([, one], [, other]) => other - one))
    console.log(
      `${figure(length).padStart(9)}  ${name}${atStart.includes(name) ? '' : ' (when first asked for)'}`,
    )
  check('loaded at start', atStart, maxStartBytes)
  check('all modules', [...bytes.keys()], maxBytes)
  if (!(await compareStart())) process.exitCode = 1

  function check(what: string, names: readonly string[], max: number): void {
    const sum = names.reduce((total, name) => total + (bytes.get(name) ?? 0), 0)
    console.log(`size: ${what}: ${figure(sum)} bytes gzipped, of ${figure(max)} at most`)
    if (sum > max) process.exitCode = 1
  }
} finally {
  rmSync(folder, { recursive: true })
}

function figure(bytes: number): string {
  return bytes.toLocaleString('en')
}

/**
 * Builds the Worker as a deployment does, with its modules in the given folder. Returns the number of gzipped
 * bytes of each module.
 */
function bytesOfModules(outdir: string): Map<string, number> {
  const run = spawnSync(process.execPath, [wrangler, 'deploy', '--dry-run', '--outdir', outdir], {
    cwd: root,
    env: { ...process.env, ...quiet },
    encoding: 'utf8',
  })
  const names = run.status === 0 ? readdirSync(outdir).filter((name) => !beside.test(name)) : []
  if (names.length === 0) throw new Error(`Cannot build the Worker:\n${run.stdout}${run.stderr}`)
  return new Map(names.map((name) => [name, gzipSync(readFileSync(join(outdir, name))).byteLength]))
}
