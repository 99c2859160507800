import { type BackupStore, lineKinds } from '../domain/backup.ts'
import { nextSecond } from '../domain/instant.ts'
import type { Clock } from '../domain/ports.ts'
import { readLines, readState } from './exported.ts'
import { completeStatements, isRestoring, openBackup, restoredCounts, restoreLines } from './restore.ts'
import { restoredStatements } from './restored.ts'

/** The revision that the last statement of a batch has read. */
const revisionOf = (results: readonly D1Result[]): number =>
  (results.at(-1)?.results[0] as { revision: number } | undefined)?.revision ?? 0

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
      const isExact = exact && isWhole
      const statements = completeStatements(database, backup.revision, isExact, times())
      return { exact: isExact, revision: revisionOf(await database.batch(statements)) }
    },

    async restored() {
      const at = times()
      const open = await database
        .prepare(`SELECT restoring FROM site WHERE ${isRestoring}`)
        .first<{ restoring: number }>()
      return revisionOf(
        await database.batch([
          ...(open ? completeStatements(database, open.restoring, false, at) : []),
          ...restoredStatements(database, at.now, at.next),
        ]),
      )
    },
  }
}
