import type { BackupStore } from '../domain/backup.ts'
import { nextSecond } from '../domain/instant.ts'
import type { Clock } from '../domain/ports.ts'
import { restoredStatements } from './restored.ts'

/** The part of the store in D1 that backups, and restores of the database, need. */
export function d1Backups(database: D1Database, clock: Clock): BackupStore {
  return {
    async restored() {
      const now = clock()
      const results = await database.batch<{ revision: number }>(
        restoredStatements(database, now, nextSecond(now)),
      )
      return results.at(-1)?.results[0]?.revision ?? 0
    },
  }
}
