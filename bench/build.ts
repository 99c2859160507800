import { bundleWorker } from '../scripts/worker-bundle.ts'

/**
 * A module of a built Worker, in the form that Miniflare accepts. In a list of modules, the first is the entry
 * module.
 */
export type Module =
  | { type: 'ESModule'; path: string; contents: string }
  | { type: 'Data'; path: string; contents: Uint8Array }

/** Builds a Worker in the same way as a deployment, and returns the modules. */
export async function build(entry: string): Promise<Module[]> {
  const files = await bundleWorker(entry)
  return files
    .filter(({ name }) => name.endsWith('.mjs'))
    .map(({ name, text }) => ({ type: 'ESModule', path: name, contents: text }))
}
