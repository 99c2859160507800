import { globSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as pause } from 'node:timers/promises'
import { freePort } from './ports.ts'
import { type ProcessGroup, startGroup } from './process-group.ts'

/** A Worker that was started as a new user would start it, by `npm start`. */
export interface LocalServer {
  address: string
  /** The text that the server printed until it was ready. */
  firstWords: string
  /** Stops the server and every process that it started; rejects if its port still answers afterwards. */
  stop: () => Promise<void>
}

/** Makes a temporary folder for a store, and a function that removes it. */
export function temporaryStore(): { store: string; remove: () => void } {
  const store = mkdtempSync(join(tmpdir(), 'kiosque-'))
  // The removal is retried, because a process that was just killed may still have created a file.
  return { store, remove: () => rmSync(store, { recursive: true, force: true, maxRetries: 10 }) }
}

/** The file of the database in a store. */
export function databaseFileIn(store: string): string {
  const files = globSync(join(store, 'v3', 'd1', '**', '*.sqlite'))
  const [file, ...others] = files.filter((name) => !name.includes('metadata'))
  if (file === undefined || others.length > 0) throw new Error(`Not one database: ${files.join(', ')}`)
  return file
}

/** Starts the Worker on a free port with the given store, and with settings besides those of `npm start`. */
export async function startServer(
  store: string,
  settings: Readonly<Record<string, string>> = {},
): Promise<LocalServer> {
  const port = await freePort()
  const address = `http://localhost:${port}`
  const variables = Object.entries(settings).flatMap(([name, value]) => ['--var', `${name}:${value}`])
  const words = ['start', '--silent', '--', '--port', String(port), '--persist-to', store, ...variables]
  const server = startGroup('npm', words, { stdio: ['ignore', 'pipe', 'inherit'] })
  try {
    const output = server.leader.stdout as Readable
    const firstWords = await Promise.race([readTo(output, lastOfFirstWords), server.failed])
    output.resume()
    return { address, firstWords, stop: () => stop(server, address) }
  } catch (fault) {
    server.forget()
    throw fault
  }
}

const lastOfFirstWords = 'Ctrl-C stops it.\n'

/** Reads output until it contains the given text, and returns what was read. */
async function readTo(output: Readable, words: string): Promise<string> {
  let read = ''
  output.setEncoding('utf8')
  for await (const part of output.iterator({ destroyOnReturn: false })) {
    read += part
    if (read.includes(words)) return read
  }
  throw new Error(`npm start ended after it said: ${read}`)
}

/** The maximum number of checks whether a stopped server still answers; there are ten checks a second. */
const looks = 600

async function stop(server: ProcessGroup, address: string): Promise<void> {
  try {
    server.signal('SIGTERM')
    await server.ended()
    for (let look = 0; look < looks; look++) {
      if (!(await answers(address))) return
      await pause(100)
    }
    throw new Error(`${address} still answers after npm start was stopped`)
  } finally {
    server.forget()
  }
}

/**
 * Tells whether a server answers at the address. A server that accepts a request and stays silent counts as
 * answering.
 */
export async function answers(address: string): Promise<boolean> {
  try {
    const response = await fetch(address, { signal: AbortSignal.timeout(10_000) })
    await response.body?.cancel()
    return true
  } catch (fault) {
    return (fault as Error).name === 'TimeoutError'
  }
}
