// I/O: writes the store, then calls the edge cache and the hub.
import type { BackupStore } from '../domain/backup.ts'
import type { PublishPorts } from './ports.ts'

/**
 * Does what is necessary after the database was restored to an earlier point in time: moves the store on, marks
 * all copies at the edge stale, and starts the notification of all subscribers. Returns the new revision.
 */
export async function moveOn(
  ports: Pick<PublishPorts, 'invalidateEverything' | 'push'>,
  backups: BackupStore,
): Promise<number> {
  const revision = await backups.restored()
  await ports.invalidateEverything?.()
  await ports.push?.()
  return revision
}
