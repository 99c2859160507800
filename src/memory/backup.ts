import type { BackupStore } from '../domain/backup.ts'
import { type Drop, dropAfter } from './drop.ts'

/** Wraps the store of backups: after each change, this isolate reads every head again before it uses the head. */
export const rememberingBackups = (backups: BackupStore, drop: Drop): BackupStore => ({
  ...backups,
  restore: (revision, lines) =>
    dropAfter(
      drop,
      () => backups.restore(revision, lines),
      () => [],
    ),
  complete: (backup, exact) =>
    dropAfter(
      drop,
      () => backups.complete(backup, exact),
      () => [],
    ),
  restored: () => dropAfter(drop, backups.restored, () => []),
})
