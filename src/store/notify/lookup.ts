import type { NotifyStore } from '../../domain/notify.ts'
import { type SubscriberRow, subscriberColumns, subscriberIn } from './subscriber-row.ts'

/** The part of the store that finds one subscriber. */
export function lookupOn(database: D1Database): Pick<NotifyStore, 'find' | 'known'> {
  const subscriberWith = async (isMeant: string, ...values: unknown[]) => {
    const row = await database
      .prepare(`SELECT ${subscriberColumns} FROM subscriber WHERE ${isMeant}`)
      .bind(...values)
      .first<SubscriberRow & Record<string, unknown>>()
    return row ? subscriberIn(row) : undefined
  }
  return {
    find: (id) => subscriberWith('id = ?1', id),

    async known(channel, address) {
      const found = await subscriberWith('channel = ?1 AND address = ?2', channel, address)
      return found?.state === 'ended' ? undefined : found
    },
  }
}
