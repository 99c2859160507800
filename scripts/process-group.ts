import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process that was started here, with every process that it starts itself. */
export interface ProcessGroup {
  leader: ChildProcess
  /** Sends a signal to every process of the group; does nothing if none is left. */
  signal: (name: NodeJS.Signals) => void
  /** Rejects when the first process ends, so that waiting for its output does not last for ever. */
  failed: Promise<never>
  /** Waits until the first process has ended. */
  ended: () => Promise<void>
  /** Kills every process that is left, and removes the group's exit handler. */
  forget: () => void
}

/** Starts a group of processes. They are killed when this process ends, also by an error or a signal. */
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

/** Signals that would end this process without its `exit` handlers if it had no handler for the signal. */
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
