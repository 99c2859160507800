import { readFileSync } from 'node:fs'
import { serverFile } from './paths.ts'

/** A local server as it wrote itself down: its address, its own token and its process. */
export interface RunningServer {
  address: string
  token: string
  process: number
}

/** What the last local server wrote; it may be gone, and what cannot be read is nothing. */
export function writtenServer(): RunningServer | undefined {
  try {
    return JSON.parse(readFileSync(serverFile, 'utf8')) as RunningServer
  } catch {
    return undefined
  }
}

/** How long a local server may take to answer; it may be at work on an import. */
const answerTimeoutMilliseconds = 5000

/** The local server, where its process lives and it answers: whatever else has its port gets no token. */
export async function runningServer(): Promise<RunningServer | undefined> {
  const server = writtenServer()
  if (!server || !isAlive(server.process)) return undefined
  const signal = AbortSignal.timeout(answerTimeoutMilliseconds)
  const answered = await fetch(`${server.address}/favicon.ico`, { signal }).catch(() => undefined)
  await answered?.body?.cancel()
  return answered && server
}

function isAlive(process_: number): boolean {
  try {
    return process.kill(process_, 0)
  } catch {
    return false
  }
}
