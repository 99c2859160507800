import { type ErasedAddress, type ErasedStore, maxErasedAddresses } from '../../domain/erased.ts'
import type { Clock } from '../../domain/ports.ts'
import { rowsOf } from '../hub/rows.ts'
import { listErased } from './erased-list.ts'
import { eraseOptIns, eraseStatements, type Run } from './subscribers.ts'

/** SQL for the numbers of the subscribers who confirmed an address before the erasures in ?1, a JSON list. */
const confirmedBefore = `SELECT subscriber.number FROM json_each(?1) AS given
  CROSS JOIN subscriber ON subscriber.address_hash = given.value ->> 'hash'
  WHERE subscriber.confirmed < given.value ->> 'at'`

/** SQL for the numbers of the requests that were made before the erasures in ?1. */
const askedBefore = `SELECT opt_in.number FROM json_each(?1) AS given
  CROSS JOIN opt_in ON opt_in.address_hash = given.value ->> 'hash' AND opt_in.asked < given.value ->> 'at'`

/** The part of the store that concerns the addresses that were erased. */
export function erasedOn(database: D1Database, clock: Clock): ErasedStore {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  const listed = async (sql: string, value: unknown): Promise<ErasedAddress[]> =>
    (await run(sql, value).all<{ hash: string; at: number }>()).results
  return {
    listErased: (after) =>
      listed(`SELECT hash, at FROM erased WHERE hash > ?1 ORDER BY hash LIMIT ${maxErasedAddresses}`, after),

    unkeptErased: (limit) => listed('SELECT hash, at FROM erased WHERE kept = 0 ORDER BY at LIMIT ?1', limit),

    async markErasedKept(kept) {
      await run(
        `UPDATE erased SET kept = 1 WHERE (hash, at) IN (SELECT value ->> 'hash', value ->> 'at' FROM json_each(?1))`,
        JSON.stringify(kept),
      ).run()
    },

    async eraseAgain(addresses) {
      const list = JSON.stringify(addresses.map(({ hash, at }) => ({ hash, at })))
      const results = await database.batch([
        run(listErased, list),
        eraseOptIns(run, `number IN (${askedBefore})`, list),
        ...eraseStatements(run, `number IN (${confirmedBefore})`, clock(), list),
      ])
      return rowsOf(results.at(-1)).length
    },
  }
}
