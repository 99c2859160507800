import type { NotifyStore } from '../../domain/notify.ts'
import { type SubscriberRow, subscriberColumns, subscriberIn } from './subscriber-row.ts'

/**
 * SQL for the number of the subscriber that has an e-mail address in whatever letter case; `given` is SQL for the address. If there
 * are two, of an earlier version, it is the one with the same letters, else the first. The plus sign keeps SQLite from the index of
 * all e-mail addresses.
 */
export const numberWith = (given: string): string => `(SELECT number FROM subscriber AS same
  WHERE same.address = ${given} COLLATE NOCASE AND same.address IS NOT NULL AND +same.channel = 'email'
  ORDER BY same.address <> ${given}, number LIMIT 1)`

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
      const isMeant =
        channel === 'email' ? `number = ${numberWith('?1')}` : `channel = 'webpush' AND address = ?1`
      const found = await subscriberWith(isMeant, address)
      return found?.state === 'ended' ? undefined : found
    },
  }
}
