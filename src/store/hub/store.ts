import type { HubStore } from '../../domain/hub-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { deliveriesOn } from './deliveries.ts'
import { subscriptionsOn } from './subscriptions.ts'
import { verificationsOn } from './verifications.ts'

/** The hub's store in D1. */
export const hubStore = (database: D1Database, clock: Clock): HubStore => ({
  ...verificationsOn(database, clock),
  ...deliveriesOn(database, clock),
  ...subscriptionsOn(database, clock),
})
