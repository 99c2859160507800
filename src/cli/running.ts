import { readFileSync } from 'node:fs'
import { serverFile } from './paths.ts'

/** The address, token and process id that a local server wrote into its file. */
export interface RunningServer {
  address: string
  token: string
  process: number
}

/**
 * Reads the file that the last local server wrote; returns undefined if the file is absent or unreadable. The
 * server may have ended after it wrote the file.
 */
export function writtenServer(): RunningServer | undefined {
  try {
    return JSON.parse(readFileSync(serverFile, 'utf8')) as RunningServer
  } catch {
    return undefined
  }
}

/** Milliseconds to wait for an answer of the local server, which may be busy with an import. */
const answerTimeoutMilliseconds = 5000

/**
 * Returns the running local server; undefined if its process does not exist or does not answer. The process is
 * checked because another program may use the server's port by now, and that program must not get the token.
 */
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
