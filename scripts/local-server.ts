import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** A Worker that was started as a new user would start it, by `npm start`. */
export interface LocalServer {
  address: string
  /** What it printed first. */
  firstWords: string
  /** Stops it and everything that it started; rejects when something goes on listening. */
  stop: () => Promise<void>
}

/** A folder for a store of its own, and how to take it away again. */
export function temporaryStore(): { store: string; remove: () => void } {
  const store = mkdtempSync(join(tmpdir(), 'kiosque-'))
  return { store, remove: () => rmSync(store, { recursive: true, force: true }) }
}

/** Starts the Worker on a free port with that store. */
export async function startServer(store: string): Promise<LocalServer> {
  const port = await freePort()
  const address = `http://localhost:${port}`
  const server = spawn('npm', ['start', '--silent', '--', '--port', String(port), '--persist-to', store], {
    stdio: ['ignore', 'pipe', 'inherit'],
    detached: true,
  })
  const firstWords = await firstOutput(server)
  return { address, firstWords, stop: () => stop(server, address) }
}

async function stop(server: ChildProcess, address: string): Promise<void> {
  if (server.pid) process.kill(-server.pid, 'SIGTERM')
  if (server.exitCode === null && server.signalCode === null) await once(server, 'exit')
  for (let attempt = 0; attempt < 50; attempt++) {
    const answered = await fetch(address).catch(() => undefined)
    if (!answered) return
    await answered.body?.cancel()
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`${address} still answers after npm start was stopped`)
}

async function firstOutput(server: ChildProcess): Promise<string> {
  const output = server.stdout && once(server.stdout, 'data')
  const ended = once(server, 'exit').then(([code]) => {
    throw new Error(`npm start ended with ${code} before it said anything`)
  })
  const [chunk] = (await Promise.race([output, ended])) as [Buffer]
  server.stdout?.resume()
  return chunk.toString()
}

/** A port that nobody listens on. */
export async function freePort(): Promise<number> {
  const probe = createServer().listen(0, 'localhost')
  await once(probe, 'listening')
  const { port } = probe.address() as { port: number }
  probe.close()
  return port
}
