import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** The exclusive lock on a local store; other processes must wait until it is released. */
export interface Lock {
  release: () => void
}

/**
 * Locks a local store for this process; undefined if another process still holds the lock after `milliseconds`.
 * SQLite holds the lock, and the operating system releases it however the process ends.
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
