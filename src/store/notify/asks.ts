import { newReplies } from '../../domain/notify.ts'
import { maxChoices } from '../../domain/notify-choice.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import { rowsOf } from '../hub/rows.ts'
import { listOfChoices } from './choices.ts'
import { closeOptIns, type Run } from './subscribers.ts'

/** Milliseconds in which an address gets at most one mail that asks for a confirmation, and in which the site's cap counts. */
const askMilliseconds = 3_600_000

/** Milliseconds for which a job has claimed a request, so that no other job sends its mail. */
const claimMilliseconds = 600_000

/** `next` of a request whose mail is not tried again. */
export const neverAgain = Number.MAX_SAFE_INTEGER

/** SQL for the instant from which the time of a request counts: that of the request, or that at which its mail is due. */
export const beganAt = 'max(asked, due)'

/** The parameters of the statements of `ask`. */
const given = {
  address: '?1',
  subscriber: '?2',
  language: '?3',
  choices: '?4',
  words: '?5',
  now: '?6',
  hash: '?7',
  hourAgo: '?8',
  cap: '?9',
}

/** SQL for whether a request is one for the address, of this hour, that can still be confirmed. */
const isRecent = `address_hash = ${given.hash} AND done = 0 AND next < ${neverAgain} AND ${beganAt} > ${given.hourAgo}`

/**
 * SQL for whether no job has made the mail of a request of the same kind: what is added to the request will be in that mail. What
 * subscribers ask for, and what the form does, never become one request, so that nobody can put a request in another one's place.
 */
const waits = `${isRecent} AND sent IS NULL AND token_hash IS NULL AND subscriber IS ${given.subscriber}`

/** SQL for whether a request has all that is asked for. */
const covers = `${isRecent} AND subscriber IS ${given.subscriber} AND NOT EXISTS (
  SELECT 1 FROM json_each(${given.choices}) AS one
  WHERE NOT EXISTS (SELECT 1 FROM json_each(opt_in.choices) AS had WHERE had.value = one.value))`

const isNew = `NOT EXISTS (SELECT 1 FROM opt_in WHERE ${covers})`
const isAlone = `NOT EXISTS (SELECT 1 FROM opt_in WHERE ${waits})`

/**
 * SQL for the number of addresses that get a mail in this hour, or later: each gets at most one in an hour. The plus sign keeps SQLite
 * from the index of all addresses.
 */
const mails = `((SELECT count(DISTINCT +address_hash) FROM opt_in WHERE asked > ${given.hourAgo} AND due = 0)
  + (SELECT count(DISTINCT +address_hash) FROM opt_in WHERE due > ${given.hourAgo} AND due > 0))`

/**
 * SQL that adds what is asked for to the request that waits. The choices that were added last are kept if there are too many of replies,
 * or of all others.
 */
const add = `UPDATE opt_in SET address = ${given.address}, language = ${given.language}, words = ${given.words},
    choices = (SELECT json_group_array(json(one)) FROM (SELECT one FROM (
      SELECT one, place, row_number() OVER (PARTITION BY one ->> 'selection' = '${newReplies}' ORDER BY place) AS rank FROM (
        SELECT value AS one, key AS place FROM json_each(${given.choices})
        UNION ALL SELECT had.value, ${2 * maxChoices} + had.key FROM json_each(opt_in.choices) AS had WHERE NOT EXISTS (
          SELECT 1 FROM json_each(${given.choices}) AS one
          WHERE one.value ->> 'selection' = had.value ->> 'selection' AND one.value ->> 'article' = had.value ->> 'article')))
      WHERE rank <= ${maxChoices} ORDER BY place))
  WHERE ${waits} AND ${isNew} RETURNING number`

/**
 * SQL for the instant until which the address has had its mail of an hour, also one that is being made; null without one. Requests that
 * wait for the end of the hour do not count: they take turns.
 */
const freeAt = `(SELECT max(max(iif(due > 0 AND sent IS NULL AND token_hash IS NULL, 0, asked), coalesce(sent, 0),
    iif(sent IS NULL AND done = 0 AND token_hash IS NOT NULL AND next < ${neverAgain}, next, 0)))
  FROM opt_in WHERE address_hash = ${given.hash}) + ${askMilliseconds}`

/** SQL that stores a request, unless one of the same kind waits or has all of it. Its mail is due when the hour is over. */
const insert = `INSERT INTO opt_in (address, subscriber, language, choices, words, asked, address_hash, due, next)
  SELECT ${given.address}, ${given.subscriber}, ${given.language}, ${given.choices}, ${given.words}, ${given.now}, ${given.hash},
    iif(free > ${given.now}, free, 0), iif(free > ${given.now}, free, 0)
  FROM (SELECT ${freeAt} AS free) WHERE ${isAlone} AND ${isNew} AND ${mails} < ${given.cap}
  RETURNING due`

/** SQL that counts a request that only the cap refuses. One that was stored just now has all of itself. */
const count = `INSERT INTO capped (hour, requests)
  SELECT ${given.now} - ${given.now} % ${askMilliseconds}, 1 WHERE ${isAlone} AND ${isNew} AND ${mails} >= ${given.cap}
  ON CONFLICT (hour) DO UPDATE SET requests = requests + 1 RETURNING requests`

/** SQL for whether the last mail to the address of a request was one of the same kind: asked for by a form, or by a subscriber. */
const isAgain = (
  row: string,
): string => `(${row}.subscriber IS NULL) IS (SELECT had.subscriber IS NULL FROM opt_in AS had
  WHERE had.address_hash = ${row}.address_hash AND had.sent IS NOT NULL ORDER BY had.sent DESC LIMIT 1)`

/**
 * SQL for whether a request that is due at the instant ?1 may have the mail that its address gets in an hour. Of several, those come first
 * that were tried less often, then those whose kind had not the last mail, then those that were asked for first. ?2 is the instant
 * before which requests have expired.
 */
export const isItsTurn = `NOT EXISTS (SELECT 1 FROM opt_in AS other
  WHERE other.address_hash = opt_in.address_hash AND other.number <> opt_in.number AND (
    other.sent > ?1 - ${askMilliseconds}
    OR other.sent IS NULL AND other.done = 0 AND (
      other.token_hash IS NOT NULL AND other.next > ?1 AND other.next < ${neverAgain}
      OR other.next <= ?1 AND max(other.asked, other.due) > ?2
        AND (other.attempts, ${isAgain('other')}, other.number) < (opt_in.attempts, ${isAgain('opt_in')}, opt_in.number))))`

/**
 * SQL that claims the requests in ?1 at the instant ?2, unless another job has done so, and puts off the other ones for their addresses
 * until the next mail. ?1 is a JSON list of the numbers of the requests and the hashes of their tokens. Only what is claimed gets one; an
 * earlier one, of a mail that may have arrived, stays valid.
 */
export const claimTurns = `UPDATE opt_in SET token_hash = iif(opt_in.number = claimed.number, given.value ->> 1, NULL),
    earlier_hash = iif(opt_in.number = claimed.number, coalesce(opt_in.token_hash, opt_in.earlier_hash), opt_in.earlier_hash),
    attempts = opt_in.attempts + (opt_in.number = claimed.number),
    due = iif(opt_in.number = claimed.number, opt_in.due, ?2 + ${claimMilliseconds + askMilliseconds}),
    next = ?2 + iif(opt_in.number = claimed.number, ${claimMilliseconds}, ${claimMilliseconds + askMilliseconds})
  FROM json_each(?1) AS given JOIN opt_in AS claimed ON claimed.number = given.value ->> 0
    AND claimed.sent IS NULL AND claimed.done = 0 AND claimed.next <= ?2
  WHERE opt_in.address_hash = claimed.address_hash AND opt_in.sent IS NULL AND opt_in.done = 0 AND opt_in.next <= ?2
    AND (opt_in.number = claimed.number OR opt_in.token_hash IS NULL)`

/** The part of the store that takes requests. */
export function asksOn(database: D1Database): Pick<NotifyStore, 'ask' | 'keepAddress'> {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  return {
    async ask({ address, addressHash, subscriber, language, choices, words, asked }, cap) {
      const values = [
        address,
        subscriber ?? null,
        language,
        listOfChoices(choices),
        words,
        asked,
        addressHash,
      ]
      const hourAgo = asked - askMilliseconds
      const [added, stored, capped] = await database.batch([
        run(add, ...values, hourAgo),
        run(insert, ...values, hourAgo, cap),
        run(count, ...values, hourAgo, cap),
        // The address that was named last counts: an earlier one may be a slip, which somebody else could confirm.
        ...(subscriber === undefined
          ? []
          : [
              closeOptIns(
                run,
                `subscriber = ?1 AND done = 0 AND address_hash <> ?2
                   AND EXISTS (SELECT 1 FROM opt_in AS last WHERE last.address_hash = ?2 AND last.subscriber = ?1 AND last.asked = ?3)`,
                ...[subscriber, addressHash, asked],
              ),
            ]),
      ])
      if (rowsOf(added).length > 0) return { kind: 'waiting' }
      const [row] = rowsOf<{ due: number }>(stored)
      if (row) return { kind: row.due === 0 ? 'stored' : 'waiting' }
      const [counted] = rowsOf<{ requests: number }>(capped)
      return counted ? { kind: 'capped', requests: counted.requests } : { kind: 'recent' }
    },

    async keepAddress(number) {
      await closeOptIns(run, 'subscriber = ?1 AND done = 0', number).run()
    },
  }
}
