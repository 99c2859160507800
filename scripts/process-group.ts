import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process that was started here, with all that it starts. */
export interface ProcessGroup {
  leader: ChildProcess
  /** Sends a signal to each of them; to none where none is left. */
  signal: (name: NodeJS.Signals) => void
  /** Rejects when the leader ends, saying how; for what would else be waited for in vain. */
  failed: Promise<never>
  /** Waits until the leader has ended. */
  ended: () => Promise<void>
  /** Kills whatever is left, and thinks no more of it. */
  forget: () => void
}

/** Starts a group, no process of which outlives this one, whether that ends well, by a fault or by a signal. */
export function startGroup(command: string, words: string[], options: SpawnOptions): ProcessGroup {
  const leader = spawn(command, words, { ...options, detached: true })
  const signal = (name: NodeJS.Signals) => signalGroup(leader, name)
  const killAll = () => signal('SIGKILL')
  const isOver = () => leader.exitCode !== null || leader.signalCode !== null
  const over = once(leader, 'exit')
  const failed = over.then(([code, by]) => {
    throw new Error(`${command} ended by itself: ${by ?? code}`)
  })
  failed.catch(() => {})
  process.once('exit', killAll)
  for (const name of quitting) if (process.listenerCount(name, quit) === 0) process.on(name, quit)
  return {
    leader,
    signal,
    failed,
    ended: async () => {
      if (!isOver()) await over
    },
    forget: () => {
      killAll()
      process.off('exit', killAll)
    },
  }
}

/** Signals that end a process without its `exit` handlers, unless somebody listens. */
const quitting = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const
const quit = () => process.exit(1)

function signalGroup({ pid }: ChildProcess, name: NodeJS.Signals): void {
  if (pid === undefined) return
  try {
    process.kill(-pid, name)
  } catch (fault) {
    if ((fault as NodeJS.ErrnoException).code !== 'ESRCH') throw fault
  }
}
