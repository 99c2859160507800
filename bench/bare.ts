import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Module } from './build.ts'
import { type Running, run } from './worker.ts'

/** Headers that the runtime or the connection adds to every answer. */
const added = /^(?:content-length|connection|keep-alive|transfer-encoding|date)$/

/**
 * Requests `url` once, and runs the bare Worker (`baselines/bare.js`), which repeats the answer to this
 * request.
 */
export async function runBare(url: string): Promise<Running> {
  const answer = await fetch(url)
  const headers = [...answer.headers].filter(([name]) => !added.test(name))
  const module = [
    `export const headers = new Headers(${JSON.stringify(headers)})`,
    `export const etag = headers.get('ETag')`,
    `export const lastModified = Date.parse(headers.get('Last-Modified'))`,
  ].join('\n')
  const source = readFileSync(join(import.meta.dirname, 'baselines', 'bare.js'), 'utf8')
  const modules: Module[] = [
    { type: 'ESModule', path: 'bare.js', contents: source },
    { type: 'ESModule', path: 'answer.js', contents: module },
    { type: 'Data', path: 'body.bin', contents: new Uint8Array(await answer.arrayBuffer()) },
  ]
  return run(modules)
}
