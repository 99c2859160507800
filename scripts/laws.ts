import { spawnSync } from 'node:child_process'
import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/**
 * Runs each test file that contains a property test, and tries at least the given number of random examples of
 * each property: `npm run laws -- 500`. With another seed, the examples are different: `SEED=7 npm run laws -- 500`.
 */
const runs = process.argv[2] ?? '100'
if (!/^[1-9]\d*$/.test(runs))
  throw new Error(`"${runs}" is not a number of examples; give a whole number, as in: npm run laws -- 500`)
const root = join(import.meta.dirname, '..')
const files = globSync('test/**/*.test.ts', { cwd: root }).filter((file) =>
  readFileSync(join(root, file), 'utf8').includes("from 'fast-check'"),
)
const vitest = join(root, 'node_modules', 'vitest', 'vitest.mjs')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', ...['unit', 'workerd', 'thorough'].map((project) => `--project=${project}`), ...files],
  { cwd: root, stdio: 'inherit', env: { ...process.env, RUNS: runs } },
)
process.exitCode = status ?? 1
