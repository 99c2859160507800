import { spawnSync } from 'node:child_process'
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../src/cli/paths.ts'

/** A release: its last commit, and its name. */
interface Release {
  commit: string
  name: string
}

/** The release with whose start time the present start time is compared. */
export const firstRelease: Release = {
  commit: 'fa1568479d4bef7773626f069e3abf5ebb828192',
  name: 'version 0.1',
}

/** The release from which deployments are upgraded, and to which they go back. */
export const previousRelease: Release = firstRelease

/**
 * Checks out a release from the git history into a new folder inside `folder`. The release gets the
 * libraries of this checkout. Returns the folder; undefined if the clone's history does not contain the release.
 */
export function checkOut({ commit, name }: Release, folder: string): string | undefined {
  const archive = join(folder, 'former.tar')
  const checkout = join(folder, 'former')
  const parts = ['src', 'migrations', 'wrangler.toml', 'tsconfig.json', 'package.json']
  const words = ['archive', '--output', archive, commit, ...parts]
  if (spawnSync('git', words, { cwd: root }).status !== 0) return undefined
  mkdirSync(checkout)
  const { status, stderr } = spawnSync('tar', ['-xf', archive, '-C', checkout], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`Cannot unpack ${name}: ${stderr}`)
  symlinkSync(join(root, 'node_modules'), join(checkout, 'node_modules'), 'junction')
  return checkout
}
