import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { DatabaseSync } from 'node:sqlite'

/** A local store that no other process works on until it is let go. */
export interface Lock {
  release: () => void
}

/**
 * Keeps a local store for this process, or undefined where another still has it after `milliseconds`. The
 * lock is SQLite's, which the system takes back however its process ends.
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
