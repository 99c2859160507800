import { spawnSync } from 'node:child_process'
import { quiet, root, wrangler } from './paths.ts'

/**
 * Applies the migrations of a checkout (by default, this one) to the local store. Creates the store if there is
 * none.
 */
export function migrate(persistTo: string, checkout = root): void {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [wrangler, 'd1', 'migrations', 'apply', 'DB', '--local', '--persist-to', persistTo],
    { cwd: checkout, env: { ...process.env, ...quiet }, encoding: 'utf8' },
  )
  if (status !== 0)
    throw new Error(`Cannot apply the migrations to the local store ${persistTo}:\n${stdout}${stderr}`)
}
