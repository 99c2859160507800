import { setTimeout as pause } from 'node:timers/promises'
import { localTarget } from './local.ts'
import { type Lock, lockStore } from './lock.ts'
import { standardStore } from './paths.ts'
import { remoteTarget } from './remote.ts'
import { runningServer } from './running.ts'
import type { Target } from './target.ts'

/**
 * Opens the Kiosque on which a command works: the remote Kiosque at the address `to`; without `to`, the running
 * local server; without a running server, the local store itself.
 */
export async function openTarget(to: string | undefined): Promise<Target> {
  if (to !== undefined) {
    const address = checkedAddress(to)
    const token = process.env.KIOSQUE_TOKEN
    if (!token) throw new Error(`Cannot use "${to}": put its token into the environment as KIOSQUE_TOKEN`)
    return remoteTarget(address, token)
  }
  return nearestTarget()
}

/** Seconds to wait for a local server that is starting: the server has locked the store but does not answer yet. */
const startSeconds = 60

/**
 * Opens the running local server, or the local store if no server runs. A server that is starting has already
 * locked the store; the function waits until that server answers.
 */
async function nearestTarget(): Promise<Target> {
  for (let second = 0; second < startSeconds; second++) {
    const server = await runningServer()
    if (server) return remoteTarget(server.address, server.token)
    const lock = lockStore(standardStore)
    if (lock) return lockedTarget(lock)
    await pause(1000)
  }
  throw new Error(`Cannot open the local store: another process works on ${standardStore}`)
}

async function lockedTarget({ release }: Lock): Promise<Target> {
  const target = await localTarget({})
  return { ...target, close: () => target.close().finally(release) }
}

/**
 * Checks a remote address. The token must not be sent unencrypted, except to a host name that always means this
 * machine itself.
 */
function checkedAddress(to: string): string {
  const url = URL.canParse(to) ? new URL(to) : undefined
  const local = url?.protocol === 'http:' && ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname)
  if (!url || !(url.protocol === 'https:' || local)) {
    throw new Error(`Cannot use "${to}": it must be an https address`)
  }
  return url.origin
}
