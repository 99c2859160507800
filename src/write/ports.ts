// No input or output: types only.
import type { Clock, Invalidate } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'

export interface PublishPorts {
  site: Site
  store: Store
  clock: Clock
  invalidate: Invalidate
  /** Notifies subscribers of a save; the outbox row that the save added says which selections changed. */
  push?: () => Promise<void>
}
