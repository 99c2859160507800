// No input or output: types.
import type { Clock, Invalidate } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'

export interface PublishPorts {
  site: Site
  store: Store
  clock: Clock
  invalidate: Invalidate
  /** Has subscribers told of what was saved; the save's outbox row says what that is. */
  push?: () => Promise<void>
}
