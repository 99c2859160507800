import { readFileSync, renameSync, watchFile, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from './paths.ts'

/** The configuration of the deployed Worker. */
const deployed = join(root, 'wrangler.toml')

/** The configuration of local runs. It is beside wrangler.toml, because the paths in it are relative to its folder. */
const local = join(root, 'wrangler.local.toml')

/**
 * The table that binds static files, without the folder, which the argument `--assets` names. With `run_worker_first`, the
 * Worker answers requests for static files itself, by the same conditions as all other requests (RFC 9110 §13). Without it,
 * the platform would answer them, and the platform reads neither lists of ETags nor `*`.
 */
const assets = `
[assets]
binding = "ASSETS"
run_worker_first = true
html_handling = "none"
`

/** The configuration of a local run: that of the deployed Worker, with static files if it has none. */
export const localConfig = (text: string): string => (/^\[assets\]/m.test(text) ? text : text + assets)

/**
 * Writes the configuration of local runs, writes it again whenever wrangler.toml changes, and returns its file.
 */
export function writeLocalConfig(): string {
  const write = () => {
    const temporary = `${local}.${process.pid}`
    writeFileSync(temporary, localConfig(readFileSync(deployed, 'utf8')))
    renameSync(temporary, local)
  }
  write()
  watchFile(deployed, { interval: 1000, persistent: false }, write)
  return local
}
