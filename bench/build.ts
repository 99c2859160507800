import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { quiet, root, wrangler } from '../src/cli/paths.ts'

/** A module of a built Worker, as Miniflare takes it. The first module of a list is the entry. */
export type Module =
  | { type: 'ESModule'; path: string; contents: string }
  | { type: 'Data'; path: string; contents: Uint8Array }

/** Builds a Worker like a deployment, and returns the single module of the build. */
export function build(entry: string, folder: string): Module[] {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    [wrangler, 'deploy', join(root, entry), '--dry-run', '--outdir', folder],
    { cwd: root, env: { ...process.env, ...quiet }, encoding: 'utf8' },
  )
  const names = status === 0 ? readdirSync(folder).filter((name) => /\.m?js$/.test(name)) : []
  const [name] = names
  if (name === undefined || names.length > 1) throw new Error(`Cannot build ${entry}:\n${stdout}${stderr}`)
  return [{ type: 'ESModule', path: name, contents: readFileSync(join(folder, name), 'utf8') }]
}
