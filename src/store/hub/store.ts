import type { HubStore } from '../../domain/hub-store.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Tell } from '../bad-row.ts'
import { deliveriesOn } from './deliveries.ts'
import { subscriptionsOn } from './subscriptions.ts'
import { verificationsOn } from './verifications.ts'

/** The hub's store in D1. It calls `tell` for each row that it leaves out because the row is bad. */
export const hubStore = (database: D1Database, clock: Clock, tell: Tell = () => {}): HubStore => ({
  ...verificationsOn(database, clock, tell),
  ...deliveriesOn(database, clock, tell),
  ...subscriptionsOn(database, clock, tell),
})
