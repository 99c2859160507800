import type { ErasedStore } from '../../domain/erased.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import type { SubscriberBackups } from '../../domain/subscriber-line.ts'
import type { Tell } from '../bad-row.ts'
import { choicesOn } from './choices.ts'
import { claimsOn } from './claims.ts'
import { discussedOn } from './discussed.ts'
import { erasedOn } from './erased.ts'
import { holdsOn } from './holds.ts'
import { lookupOn } from './lookup.ts'
import { notificationsOn } from './notifications.ts'
import { optInsOn } from './opt-ins.ts'
import { pausesOn } from './pauses.ts'
import { pushesOn } from './pushes.ts'
import { reportOn } from './report.ts'
import { statementsOn } from './statements.ts'
import { subscriberBackupsOn } from './subscriber-backup.ts'
import { subscribersOn } from './subscribers.ts'

/** The store of subscribers and of what they have yet to be told, in D1. It calls `tell` for each bad row that it leaves out. */
export const notifyStore = (
  database: D1Database,
  clock: Clock,
  tell: Tell = () => {},
): NotifyStore & ErasedStore & SubscriberBackups => {
  const lookup = lookupOn(database)
  return {
    ...lookup,
    ...subscribersOn(database, clock),
    ...choicesOn(database, clock),
    ...pausesOn(database, clock),
    ...optInsOn(database, clock),
    ...erasedOn(database, clock),
    ...subscriberBackupsOn(database, clock),
    ...pushesOn(database, clock, lookup),
    ...notificationsOn(database, clock),
    ...discussedOn(database, clock),
    ...statementsOn(database, clock),
    ...holdsOn(database, clock),
    ...claimsOn(database, clock, tell),
    ...reportOn(database, clock),
  }
}
