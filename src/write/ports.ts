// I/O: none; this file contains only types.
import type { Clock, Invalidate } from '../domain/ports.ts'
import type { Site } from '../domain/site.ts'
import type { Store } from '../domain/store.ts'

export interface PublishPorts {
  site: Site
  store: Store
  clock: Clock
  invalidate: Invalidate
  /**
   * Starts the notification of subscribers after a save, without waiting. The changed selections are not passed,
   * because the row of the effect `websub` names them. Absent if the hub is switched off.
   */
  push?: () => void
  /**
   * Starts to take up the effects of earlier saves, without waiting. A caller calls it when an earlier save may
   * have been committed although its answer was lost.
   */
  takeUp?: () => void
  /** Whether the request may not save anything more, because it would pass a limit of the platform (`budget.ts`). */
  isSpent?: () => boolean
}
