import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../src/cli/paths.ts'
import { bundleWorker } from './worker-bundle.ts'

/*
 * Writes the Worker's modules into `dist/`, from which wrangler deploys. Wrangler runs this script by `[build]`
 * in wrangler.toml, sometimes twice at once. Therefore the script leaves unchanged files alone, replaces each
 * file in one step, and removes the files of former builds last.
 */

const folder = join(root, 'dist')

const files = await bundleWorker('src/index.ts').catch(() => process.exit(1)) // esbuild has already printed why the bundling failed.
mkdirSync(folder, { recursive: true })
for (const { name, text } of files) {
  const path = join(folder, name)
  if (existsSync(path) && readFileSync(path, 'utf8') === text) continue
  writeFileSync(`${path}.${process.pid}`, text)
  renameSync(`${path}.${process.pid}`, path)
}
const names = new Set(files.map(({ name }) => name))
for (const name of readdirSync(folder).filter((one) => /\.mjs(\.map)?$/.test(one) && !names.has(one)))
  rmSync(join(folder, name), { force: true })
