import { type BackupStore, lineKinds } from '../domain/backup.ts'
import { nextSecond } from '../domain/instant.ts'
import type { Clock } from '../domain/ports.ts'
import { readLines, readState } from './exported.ts'
import { completeStatements, openBackup, restoredCounts, restoreLines } from './restore.ts'
import { restoredStatements } from './restored.ts'

/** The part of the store in D1 that backups, and restores of the database, need. */
export function d1Backups(database: D1Database, clock: Clock): BackupStore {
  const times = () => {
    const now = clock()
    return { now, next: nextSecond(now) }
  }
  return {
    state: () => readState(database),

    list: (kind, after, since) => readLines(database, kind, after, since),

    async open({ revision }) {
      const { meta } = await database.prepare(openBackup).bind(revision, clock()).run()
      return meta.changes > 0
    },

    restore: (revision, lines) => restoreLines(database, revision, lines, times()),

    async complete(backup, exact) {
      const counts = await database.prepare(restoredCounts).first<Record<string, unknown>>()
      const isWhole = lineKinds.every((kind) => counts?.[kind] === backup[kind])
      await database.batch(completeStatements(database, backup.revision, exact && isWhole, times()))
      return exact && isWhole
    },

    async restored() {
      const now = clock()
      const site = await database.prepare('SELECT restoring FROM site').first<{ restoring: number | null }>()
      if (site && site.restoring !== null) {
        await database.batch(completeStatements(database, site.restoring, false, times()))
      }
      const results = await database.batch<{ revision: number }>(
        restoredStatements(database, now, nextSecond(now)),
      )
      return results.at(-1)?.results[0]?.revision ?? 0
    },
  }
}
