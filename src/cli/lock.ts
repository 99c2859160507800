import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The exclusive lock on a local store; other processes must wait until it is released. */
export interface Lock {
  release: () => void
}

/**
 * Locks a local store for this process. Returns undefined if another process has not released the lock within
 * `milliseconds`. The lock is an open SQLite transaction, so the operating system releases the lock when the
 * process ends, however the process ends.
 */
export function lockStore(store: string, milliseconds = 0): Lock | undefined {
  mkdirSync(store, { recursive: true })
  const file = new DatabaseSync(join(store, 'kiosque.lock'), { timeout: milliseconds })
  try {
    file.exec('BEGIN EXCLUSIVE')
    return { release: () => file.close() }
  } catch (fault) {
    file.close()
    if ((fault as { errcode?: number }).errcode === busyStatus) return undefined
    throw fault
  }
}

const busyStatus = 5
