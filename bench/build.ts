import { bundleWorker } from '../scripts/worker-bundle.ts'

/** A module of a built Worker, as Miniflare takes it. The first module of a list is the entry. */
export type Module =
  | { type: 'ESModule'; path: string; contents: string }
  | { type: 'Data'; path: string; contents: Uint8Array }

/** Builds a Worker like a deployment, and returns its modules. */
export async function build(entry: string): Promise<Module[]> {
  const files = await bundleWorker(entry)
  return files
    .filter(({ name }) => name.endsWith('.mjs'))
    .map(({ name, text }) => ({ type: 'ESModule', path: name, contents: text }))
}
