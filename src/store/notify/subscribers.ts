import { erasedLifetimeMilliseconds } from '../../domain/erased.ts'
import {
  maxLaterConsents,
  maxWaitMilliseconds,
  newComments,
  newReplies,
  shownMilliseconds,
} from '../../domain/notify.ts'
import type { ErasedPerson, NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { statementMilliseconds } from '../../domain/statement.ts'
import { rowsOf } from '../hub/rows.ts'
import { listAsErased, listErased } from './erased-list.ts'
import { lookupOn } from './lookup.ts'
import { eraseStatementsSql, expireStatementsSql } from './statement-rows.ts'
import { forgetToldSql, toldLifetimeMilliseconds } from './told-articles.ts'

/** Milliseconds for which the links of a subscriber work after its last mail (CASL asks for 60 days). */
const linkLifetimeMilliseconds = 60 * 86_400_000

export type Run = (sql: string, ...values: unknown[]) => D1PreparedStatement

/** SQL for the proof of a subscriber with a further consent; `given` is SQL for the JSON of the consent. */
export const withConsent = (given: string): string => `json_set(
  iif(json_array_length(subscriber.proof, '$.later') >= ${maxLaterConsents}, json_remove(subscriber.proof, '$.later[0]'), subscriber.proof),
  '$.later[#]', json(${given}))`

/** SQL for the proof of a subscriber with all consents of another proof, `given`; as many as are kept, the latest. */
export const withConsents = (given: string): string => `json_set(subscriber.proof, '$.later', (
  SELECT json_group_array(json(consent)) FROM (SELECT consent FROM (SELECT consent FROM (
      SELECT value AS consent FROM json_each(subscriber.proof, '$.later')
      UNION ALL SELECT json_remove(${given}, '$.later') UNION ALL SELECT value FROM json_each(${given}, '$.later'))
    ORDER BY consent ->> 'at' DESC LIMIT ${maxLaterConsents}) ORDER BY consent ->> 'at')))`

/**
 * The statements that end the subscribers of an SQL condition, erase everything by which one could be recognized, and list the
 * hashes of their addresses as erased, so that they stay erased after a restore of the database. The row stays for the links in
 * mails. The last statement returns the numbers of the subscribers.
 */
export const endStatements = (
  run: Run,
  isMeant: string,
  now: number,
  ...values: unknown[]
): D1PreparedStatement[] => [
  run(listAsErased(isMeant, now), ...values),
  ...eraseStatements(run, isMeant, now, ...values),
]

/** Like `endStatements`, for subscribers whose addresses are listed as erased already. */
export function eraseStatements(
  run: Run,
  isMeant: string,
  now: number,
  ...values: unknown[]
): D1PreparedStatement[] {
  return [
    eraseOptIns(
      run,
      `address COLLATE NOCASE IN (SELECT address FROM subscriber WHERE ${isMeant})`,
      ...values,
    ),
    ...eraseRows(run, isMeant, now, ...values),
  ]
}

/** The statements that end the subscribers of an SQL condition, but for the requests that others may have made for their addresses. */
function eraseRows(run: Run, isMeant: string, now: number, ...values: unknown[]): D1PreparedStatement[] {
  const numbers = `SELECT number FROM subscriber WHERE ${isMeant}`
  const tables = ['choice', 'rest', 'notification', 'shown_article', 'told_article']
  return [
    ...tables.map((table) => run(`DELETE FROM ${table} WHERE subscriber IN (${numbers})`, ...values)),
    eraseOptIns(run, `subscriber IN (${numbers})`, ...values),
    run(endSql(isMeant, now), ...values),
  ]
}

/**
 * The statements that end those subscribers of an SQL condition who have no choice any more, because the comments ended whose replies
 * they had chosen. Requests for the same addresses stay: who confirms one subscribes anew.
 */
export function endWithoutChoice(
  run: Run,
  isMeant: string,
  now: number,
  ...values: unknown[]
): D1PreparedStatement[] {
  const hasNone = `${isMeant} AND state <> 'ended' AND NOT EXISTS (SELECT 1 FROM choice WHERE choice.subscriber = subscriber.number)`
  return [run(listAsErased(hasNone, now), ...values), ...eraseRows(run, hasNone, now, ...values)]
}

/** SQL that ends the subscribers of an SQL condition, and erases what their rows say of them. */
export const endSql = (isMeant: string, now: number): string =>
  `UPDATE subscriber SET state = 'ended', ended = ${Math.trunc(now)}, address = NULL, address_hash = NULL, confirmed = 0,
     keys = NULL, proof = NULL, failure = NULL, refused = NULL, paused = NULL, former = NULL, shown = NULL
   WHERE ${isMeant} RETURNING number`

/**
 * Erases what requests of an SQL condition say of a person. The rows stay for 48 hours, because they limit the mails to an address, and
 * so that the link of a mail can say that nothing is left.
 */
export const eraseOptIns = (run: Run, isMeant: string, ...values: unknown[]): D1PreparedStatement =>
  run(`UPDATE opt_in SET address = '', choices = '[]', words = '', done = 1 WHERE ${isMeant}`, ...values)

/** SQL for whether a request that waits asks only for comments or replies, so that it ends with the comments of the person. */
export const asksOnlyForComments = `done = 0 AND choices <> '[]' AND NOT EXISTS (SELECT 1 FROM json_each(opt_in.choices) AS one
  WHERE coalesce(iif(one.type = 'object', one.value ->> 'selection', NULL), '') NOT IN ('${newComments}', '${newReplies}'))`

/**
 * Closes requests of an SQL condition that another one has replaced, and erases what they say of a person: their links are not valid
 * any more. The rows stay for 48 hours, because they limit the mails to an address.
 */
export const closeOptIns = (run: Run, isMeant: string, ...values: unknown[]): D1PreparedStatement =>
  run(
    `UPDATE opt_in SET address = '', choices = '[]', words = '', done = 1, token_hash = NULL, earlier_hash = NULL WHERE ${isMeant}`,
    ...values,
  )

type SubscriberStore = Pick<NotifyStore, 'end' | 'erase' | 'expire' | 'hasAny'>

/** The part of the store that concerns the subscribers themselves. */
export function subscribersOn(database: D1Database, clock: Clock): SubscriberStore {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  const { find } = lookupOn(database)
  return {
    async end(id) {
      // The same address in another letter case has the same hash, and belongs to the same person.
      const same = '(SELECT address_hash FROM subscriber WHERE id = ?1 AND address_hash IS NOT NULL)'
      const results = await database.batch(
        endStatements(run, `id = ?1 OR address_hash IN ${same}`, clock(), id),
      )
      return rowsOf(results.at(-1)).length > 0 || (await find(id)) !== undefined
    },

    async erase(address, hashes) {
      const now = clock()
      // People write their address in whatever letter case.
      const isMeant = 'address = ?1 COLLATE NOCASE'
      const results = await database.batch([
        run(`SELECT count(*) AS requests FROM opt_in WHERE ${isMeant} AND done = 0`, address),
        run(listErased, JSON.stringify(hashes.map((hash) => ({ hash, at: now })))),
        eraseOptIns(run, isMeant, address),
        run(eraseStatementsSql, address, JSON.stringify(hashes)),
        ...endStatements(run, isMeant, now, address),
      ])
      const [waited] = rowsOf<Pick<ErasedPerson, 'requests'>>(results[0])
      return { erased: rowsOf(results.at(-1)).length, requests: waited?.requests ?? 0 }
    },

    async hasAny() {
      const kept = ['subscriber', 'opt_in', 'capped', 'erased', 'digest', 'statement']
      const isKept = kept.map((table) => `EXISTS (SELECT 1 FROM ${table})`).join(' OR ')
      const found = await run(`SELECT ${isKept} AS found`).first<{ found: number }>()
      return found?.found === 1
    },

    async expire() {
      const now = clock()
      await database.batch([
        run(
          `DELETE FROM opt_in WHERE asked <= ?1 AND (due <= ?1 OR ${isOutOfTurn})`,
          ...[now - optInLifetimeMilliseconds, now],
        ),
        run('DELETE FROM capped WHERE hour <= ?1', now - optInLifetimeMilliseconds),
        run(
          `DELETE FROM subscriber WHERE state = 'ended' AND ended <= ?1 AND coalesce(told, 0) <= ?1
             AND NOT EXISTS (SELECT 1 FROM subscriber AS kept WHERE kept.id = subscriber.joined AND kept.state <> 'ended')`,
          now - linkLifetimeMilliseconds,
        ),
        run('DELETE FROM digest WHERE until <= ?1', now - linkLifetimeMilliseconds),
        // Articles that could not be told at once are in the next digest, if there is one.
        run(`DELETE FROM notification WHERE ${isTooLongPaused}`, now),
        run('DELETE FROM shown_article WHERE at <= ?1', now - shownMilliseconds('now')),
        run(forgetToldSql, now - toldLifetimeMilliseconds),
        run('DELETE FROM erased WHERE at <= ?1', now - erasedLifetimeMilliseconds),
        run(expireStatementsSql, now - statementMilliseconds),
      ])
    },
  }
}

/**
 * SQL for what has waited for too long at the instant ?1 because its subscriber has paused. What else is not due for a day is nothing:
 * attempts follow each other sooner. A digest is not meant, as the next one takes its place.
 */
const isTooLongPaused = `channel IN ('email', 'webpush') AND next > ?1 + 86400000 AND since < ?1 - ${maxWaitMilliseconds}
  AND event NOT GLOB 'digest/*'
  AND EXISTS (SELECT 1 FROM subscriber WHERE number = notification.subscriber AND state = 'paused')`

/**
 * SQL for whether a request still waits at the instant ?2 for its turn among those for one address. The time of a request begins with its
 * turn, so that without this, a request would be kept as long as others are made.
 */
const isOutOfTurn = 'sent IS NULL AND done = 0 AND token_hash IS NULL AND due > ?2'

/** Milliseconds for which a request to be told waits for its confirmation, and before, at most, for its turn. */
export const optInLifetimeMilliseconds = 48 * 3_600_000
