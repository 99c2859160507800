// I/O: writes the store, then calls the edge cache and the hub.
import type { BackupStore } from '../domain/backup.ts'
import { attemptSave, type SpreadPorts, spreadAll } from './spread.ts'

/**
 * Does what is necessary after the database was restored to an earlier point in time: moves the store on, marks
 * all copies at the edge stale, and starts the notification of all subscribers. Returns the new revision.
 */
export async function moveOn(ports: SpreadPorts, backups: BackupStore): Promise<number> {
  const revision = await attemptSave(ports, () => backups.restored())
  await spreadAll(ports, revision)
  return revision
}
