import { type ChildProcess, type SpawnOptions, spawn } from 'node:child_process'
import { once } from 'node:events'

/** A process that a script started (the leader), and all processes that the leader starts. */
export interface ProcessGroup {
  leader: ChildProcess
  /** Sends a signal to every process of the group; does nothing if no process is left. */
  signal: (name: NodeJS.Signals) => void
  /** Rejects when the leader ends, so that a caller that waits for the leader's output does not wait for ever. */
  failed: Promise<never>
  /** Waits until the leader has ended. */
  ended: () => Promise<void>
  /**
   * Kills every process of the group that still runs, and removes the handler that kills the group when this
   * process ends.
   */
  forget: () => void
}

/**
 * Starts a group of processes. The group is killed when this process ends, even if this process ends by an
 * error or a signal.
 */
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

/**
 * The signals that by default end a process without running its `exit` handlers. This process handles these
 * signals, so that its `exit` handlers run and kill the group.
 */
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
