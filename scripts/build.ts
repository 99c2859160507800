import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { root } from '../src/cli/paths.ts'
import { bundleWorker } from './worker-bundle.ts'

/*
 * Writes the Worker into dist/, from where wrangler takes it. Wrangler runs this itself (`[build]` in wrangler.toml), at
 * times twice at once: so a file that is the same is left alone, no file is ever half written, and files of former builds
 * are removed last.
 */

const folder = join(root, 'dist')

const files = await bundleWorker('src/index.ts').catch(() => process.exit(1)) // esbuild has said why
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
