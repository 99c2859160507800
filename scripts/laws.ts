import { spawnSync } from 'node:child_process'
import { join } from 'node:path'

/**
 * Runs each law (a property test) with the given number of random examples: `npm run laws -- 500`. With another
 * seed, the examples are different: `SEED=7 npm run laws -- 500`.
 */
const runs = process.argv[2] ?? '100'
if (!/^[1-9]\d*$/.test(runs))
  throw new Error(`How many examples? "${runs}" is no number: npm run laws -- 500`)
const vitest = join(import.meta.dirname, '..', 'node_modules', 'vitest', 'vitest.mjs')
const { status } = spawnSync(
  process.execPath,
  [vitest, 'run', '--project', 'unit', '--project', 'workerd', '-t', '\\blaws?\\b'],
  { stdio: 'inherit', env: { ...process.env, RUNS: runs } },
)
process.exitCode = status ?? 1
