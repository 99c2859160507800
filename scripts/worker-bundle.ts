import { basename } from 'node:path'
import { build } from 'esbuild'
import { root } from '../src/cli/paths.ts'

/** A file of a built Worker: a module, or its source map. */
export interface BuiltFile {
  name: string
  text: string
}

/**
 * Bundles a Worker from its entry file (a path from the project's folder) into modules of one folder. Each file
 * that the source imports with `import()` becomes a module that is loaded at its first use. Code that several
 * modules need becomes one shared module. The first file of the result is the entry module. The options are the
 * same as in wrangler's own bundler, which cannot split code.
 */
export async function bundleWorker(entry: string): Promise<BuiltFile[]> {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    outdir: 'dist',
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    minify: true,
    sourcemap: true,
    write: false,
    format: 'esm',
    target: 'es2024',
    supported: { using: true },
    platform: 'browser',
    conditions: ['workerd', 'worker', 'browser'],
    define: { 'process.env.NODE_ENV': '"production"' },
    external: ['cloudflare:*'],
    logLevel: 'warning',
  })
  const files = outputFiles.map(({ path, text }) => ({ name: basename(path), text }))
  const first = basename(entry).replace(/\.\w+$/, '.mjs')
  return files.toSorted((one, other) => Number(other.name === first) - Number(one.name === first))
}

/**
 * The names of the modules that are loaded when the Worker starts: the entry module, and all modules that it
 * reaches by `import` statements.
 */
export async function modulesAtStart(folder: string, entry = 'index.mjs'): Promise<string[]> {
  const { metafile } = await build({
    absWorkingDir: folder,
    entryPoints: [entry],
    bundle: true,
    write: false,
    metafile: true,
    format: 'esm',
    external: ['cloudflare:*'],
    logLevel: 'error',
  })
  const names = [entry]
  for (const name of names) {
    for (const { path, kind, external } of metafile.inputs[name]?.imports ?? [])
      if (kind === 'import-statement' && !external && !names.includes(path)) names.push(path)
  }
  return names
}
