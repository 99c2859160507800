import { newReplies, type OptIn } from '../../domain/notify.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { rowsOf } from '../hub/rows.ts'
import { asksOn, beganAt, claimTurns, isItsTurn, neverAgain } from './asks.ts'
import { chooseStatements } from './choices.ts'
import { withFormer } from './erased-list.ts'
import { isHeld } from './holds.ts'
import { joinStatements } from './joined.ts'
import { numberWith } from './lookup.ts'
import { choicesIn, type SubscriberRow, subscriberColumns, subscriberIn } from './subscriber-row.ts'
import { closeOptIns, endWithoutChoice, optInLifetimeMilliseconds, withConsent } from './subscribers.ts'

/** SQL that gives a request the token of its last mail that may have arrived; null if there is none. */
const takeBack = 'token_hash = earlier_hash, earlier_hash = NULL'

interface Row {
  number: number
  address: string
  subscriber: number | null
  language: string
  choices: string
  words: string
  asked: number
  attempts: number
  done: number
}

const columns = 'number, address, subscriber, language, choices, words, asked, attempts, done'

const optInOf = ({ subscriber, choices, done, ...row }: Row): OptIn => ({
  ...row,
  isDone: done === 1,
  choices: choicesIn(choices),
  ...(subscriber !== null && { subscriber }),
})

type OptInStore = Pick<
  NotifyStore,
  'ask' | 'keepAddress' | 'claimOptIns' | 'releaseOptIns' | 'recordOptIn' | 'optIn' | 'confirm'
>

/** The part of the store that concerns requests which wait for a confirmation. */
export function optInsOn(database: D1Database, clock: Clock): OptInStore {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  /** Finds a request by the hash of a token, with the hash of its last token. */
  const find = async (tokenHash: string): Promise<(OptIn & { tokenHash: string }) | undefined> => {
    const row = await run(
      `SELECT ${columns}, coalesce(token_hash, '') AS token_hash FROM opt_in
       WHERE (token_hash = ?1 OR earlier_hash = ?1) AND ${beganAt} > ?2`,
      ...[tokenHash, clock() - optInLifetimeMilliseconds],
    ).first<Row & { token_hash: string }>()
    if (!row) return undefined
    const { token_hash: last, ...found } = row
    return { ...optInOf(found), tokenHash: last }
  }
  return {
    ...asksOn(database),

    async claimOptIns(tokenHashes) {
      const now = clock()
      const { results } = await run(
        `SELECT number FROM opt_in WHERE sent IS NULL AND done = 0 AND next <= ?1 AND ${beganAt} > ?2
           AND NOT ${isHeld("'email'", '?1')} AND ${isItsTurn}
         ORDER BY next, number LIMIT ?3`,
        ...[now, now - optInLifetimeMilliseconds, tokenHashes.length],
      ).all<{ number: number }>()
      const given = results.map(({ number }, at) => [number, tokenHashes[at]])
      if (given.length === 0) return []
      const turns = await run(
        `${claimTurns} RETURNING ${columns}, token_hash, earlier_hash IS NOT NULL AS has_earlier`,
        ...[JSON.stringify(given), now],
      ).all<Row & { token_hash: string | null; has_earlier: number }>()
      const claimed = turns.results.flatMap(({ token_hash, ...row }) =>
        token_hash === null ? [] : [{ ...row, token_hash }],
      )
      const found = await run(
        `SELECT ${subscriberColumns} FROM subscriber
         WHERE number IN (SELECT ${numberWith('given.value')} FROM json_each(?1) AS given)`,
        JSON.stringify(claimed.map(({ address }) => address)),
      ).all<SubscriberRow & Record<string, unknown>>()
      const subscribers = found.results.map(subscriberIn).filter((one) => one.state !== 'ended')
      const inOrder = claimed.toSorted(
        (one, other) => tokenHashes.indexOf(one.token_hash) - tokenHashes.indexOf(other.token_hash),
      )
      return inOrder.map(({ token_hash, has_earlier, ...row }) => {
        const known =
          subscribers.find(({ address }) => address === row.address) ??
          subscribers.find(({ address }) => address.toLowerCase() === row.address.toLowerCase())
        return {
          ...optInOf(row),
          tokenHash: token_hash,
          hasEarlier: has_earlier === 1,
          ...(known && { known }),
        }
      })
    },

    async releaseOptIns(requests) {
      if (requests.length === 0) return
      await run(
        // What was never tried comes in its former order, before what has failed.
        `UPDATE opt_in SET next = iif(attempts > 1, ?2, due), ${takeBack}, attempts = attempts - 1
         WHERE number IN (SELECT value FROM json_each(?1)) AND sent IS NULL AND done = 0`,
        ...[JSON.stringify(requests.map(({ number }) => number)), clock()],
      ).run()
    },

    async recordOptIn(number, result) {
      if (result === 'sent')
        await run('UPDATE opt_in SET sent = ?2, failure = NULL WHERE number = ?1', number, clock()).run()
      else {
        const { next, failure, isMaybeSent } = result
        if (!isMaybeSent)
          await run(
            `UPDATE opt_in SET next = ?2, failure = ?3, ${takeBack} WHERE number = ?1`,
            ...[number, next ?? neverAgain, failure],
          ).run()
        else if (next === undefined)
          await run(
            'UPDATE opt_in SET sent = ?2, failure = ?3 WHERE number = ?1',
            number,
            clock(),
            failure,
          ).run()
        else
          await run(
            'UPDATE opt_in SET next = ?2, due = ?2, failure = ?3 WHERE number = ?1',
            ...[number, next, failure],
          ).run()
      }
    },

    async optIn(tokenHash) {
      const found = await find(tokenHash)
      if (!found) return undefined
      const { tokenHash: _, ...request } = found
      return request
    },

    async confirm(given, id, consent) {
      const asked = await find(given)
      if (!asked || asked.isDone) return undefined
      const { address, language, choices, subscriber, tokenHash } = asked
      const now = clock()
      const other =
        subscriber === undefined
          ? undefined
          : await run(
              `SELECT number FROM subscriber WHERE +channel = 'email' AND address = ?1 COLLATE NOCASE AND number <> ?2
               ORDER BY address <> ?1, number LIMIT 1`,
              ...[address, subscriber],
            )
              .first<{ number: number }>()
              .then((row) => row ?? undefined)
      const its = `subscriber.number = ${numberWith('?3')}`
      // Whether the request is still open is checked by each statement, because it may be confirmed twice at once.
      const open = `EXISTS (SELECT 1 FROM opt_in WHERE token_hash = ?1 AND done = 0)`
      const hash = `(SELECT address_hash FROM opt_in WHERE token_hash = ?1)`
      const making =
        subscriber === undefined
          ? [
              run(
                `UPDATE subscriber SET address = ?2, language = ?3, state = 'active', proof = ${withConsent('?5')}, confirmed = ?4,
                   failures = 0, failure = NULL
                 WHERE number = ${numberWith('?2')} AND ${open}`,
                ...[tokenHash, address, language, now, JSON.stringify(consent)],
              ),
              run(
                `INSERT INTO subscriber (id, channel, address, language, state, created, proof, confirmed, address_hash)
                 SELECT ?2, 'email', ?3, ?4, 'active', ?5, ?6, ?5, ${hash}
                 WHERE ${open} AND ${numberWith('?3')} IS NULL`,
                ...[tokenHash, id, address, language, now, JSON.stringify(consent)],
              ),
            ]
          : [
              // What else was asked by or for the former address is over.
              closeOptIns(
                run,
                `(subscriber = ?2 OR address_hash = (SELECT address_hash FROM subscriber WHERE number = ?2))
                   AND token_hash IS NOT ?1 AND ${open}`,
                ...[tokenHash, subscriber],
              ),
              ...(other === undefined
                ? [
                    run(
                      `UPDATE subscriber SET former = iif(address_hash = ${hash}, former, ${withFormer(now)}), address = ?2,
                   address_hash = ${hash}, confirmed = ?4, version = version + 1, failures = 0, failure = NULL
                 WHERE number = ?3 AND state <> 'ended'`,
                      ...[tokenHash, address, subscriber, now],
                    ),
                  ]
                : joinStatements(run, { from: subscriber, into: other.number, tokenHash, address, now })),
            ]
      const results = await database.batch([
        ...making,
        ...chooseStatements(run, its, choices, { now, meant: address }),
        run('UPDATE opt_in SET done = 1 WHERE token_hash = ?1', tokenHash),
        // The comments may be deleted whose replies were asked for.
        ...(choices.some(({ selection }) => selection === newReplies)
          ? endWithoutChoice(run, `number = ${numberWith('?1')}`, now, address)
          : []),
        run(`SELECT ${subscriberColumns} FROM subscriber WHERE number = ${numberWith('?1')}`, address),
      ])
      const [row] = rowsOf<SubscriberRow>(results.at(-1))
      const found = row && subscriberIn(row)
      return found && found.state !== 'ended' ? found : undefined
    },
  }
}
