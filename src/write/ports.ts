// I/O: none; this file contains only types.
import type { Clock, Invalidate } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'

export interface PublishPorts {
  site: Site
  store: Store
  clock: Clock
  invalidate: Invalidate
  /** Marks all copies in the edge cache as stale, at once. A local store has no edge cache. */
  invalidateEverything?: () => Promise<void>
  /**
   * Starts the notification of subscribers after a save. The changed selections are not passed, because the
   * outbox row of the save names them.
   */
  push?: () => Promise<void>
}
