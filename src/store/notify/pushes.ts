import { type AddedPush, eventOf, type MovedPush, type RecordedPush } from '../../domain/notify.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { chooseStatements } from './choices.ts'
import { withFormer } from './erased-list.ts'
import { joinStatements } from './joined.ts'
import { isFollowed } from './notifications.ts'
import { coverSql, endRestsSql, isNotPaused } from './rests.ts'
import { endSql, type Run, withConsent } from './subscribers.ts'
import { isKeptAsTold, toldAtOnceSql } from './told-articles.ts'
import { showArticlesSql, showReachedSql, takeBackShownSql, takenBackSql } from './withdrawals.ts'

type PushStore = Pick<NotifyStore, 'addPush' | 'movePush' | 'pushesSince' | 'recordAll' | 'drop'>

/** The notifications in the JSON list ?1, unless the same has happened again meanwhile. */
const named = "(SELECT value ->> 'subscriber', value ->> 'event', value ->> 'since' FROM json_each(?1))"

/**
 * SQL that joins the JSON list ?1 with those subscribers who still have the endpoint to which a message was sent. A browser may have
 * moved meanwhile: what became of its former endpoint says nothing of the present one.
 */
const hasEndpoint = `subscriber.number = given.value ->> 'subscriber' AND subscriber.address = given.value ->> 'address'
  AND json(subscriber.keys) = given.value -> 'keys'`
const those = `json_each(?1) AS given CROSS JOIN subscriber ON ${hasEndpoint}`
const numbers = `(SELECT subscriber.number FROM ${those})`

/** The part of the store that concerns browsers. `known` finds the one with an endpoint. */
export function pushesOn(
  database: D1Database,
  clock: Clock,
  { known }: Pick<NotifyStore, 'known'>,
): PushStore {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  const findBy = (address: string) => known('webpush', address)
  return {
    async addPush({ id, address, addressHash, keys, language, created, proof, choices }: AddedPush) {
      await database.batch([
        run(
          `INSERT INTO subscriber (id, channel, address, keys, language, state, created, proof, address_hash, confirmed)
           VALUES (?1, 'webpush', ?2, ?3, ?4, 'active', ?5, ?6, ?7, ?5)
           ON CONFLICT (channel, address) WHERE address IS NOT NULL DO UPDATE SET
             told = iif(keys = excluded.keys, told, NULL), keys = excluded.keys, language = excluded.language, state = 'active', failures = 0, failure = NULL, confirmed = excluded.confirmed,
             proof = ${withConsent('excluded.proof')}`,
          ...[id, address, JSON.stringify(keys), language, created, JSON.stringify(proof), addressHash],
        ),
        ...chooseStatements(run, "subscriber.channel = 'webpush' AND subscriber.address = ?3", choices, {
          ...{ now: created, meant: address },
        }),
      ])
      const found = await findBy(address)
      if (!found) throw new Error('The subscriber that was stored is gone')
      return found
    },

    async movePush(former: string, { address, addressHash, keys }: MovedPush) {
      const [from, into] = await Promise.all([findBy(former), findBy(address)])
      const now = clock()
      if (from && into && from.number !== into.number)
        await database.batch([
          run(
            `UPDATE subscriber SET told = iif(json(keys) = json(?2), told, NULL), keys = ?2 WHERE channel = 'webpush' AND address = ?1`,
            ...[address, JSON.stringify(keys)],
          ),
          ...joinStatements(run, { from: from.number, into: into.number, address, now }),
        ])
      else
        await run(
          `UPDATE OR IGNORE subscriber SET former = ${withFormer(now)}, address = ?2, address_hash = ?4, keys = ?3,
             told = NULL, failures = 0, failure = NULL
           WHERE channel = 'webpush' AND address = ?1`,
          ...[former, address, JSON.stringify(keys), addressHash],
        ).run()
      return findBy(address)
    },

    async pushesSince(created) {
      const found = await run(
        "SELECT count(*) AS made FROM subscriber WHERE channel = 'webpush' AND created > ?1",
        created,
      ).first<{ made: number }>()
      return found?.made ?? 0
    },

    async recordAll(results) {
      if (results.length > 0) await database.batch(recordStatements(run, results, clock()))
    },

    async drop(channel, before) {
      await run('DELETE FROM notification WHERE channel = ?1 AND since < ?2', channel, before).run()
    },
  }
}

/** SQL that stores which articles of a digest the browsers in ?1 show. */
const showSql = `UPDATE subscriber SET shown = json_set(coalesce(shown, '{}'), '$.' || (given.value ->> '$.shows.schedule'),
    json_object('at', given.value ->> '$.shows.at', 'articles', json(given.value -> '$.shows.articles'),
      'isCut', json(given.value -> '$.shows.isCut')))
  FROM json_each(?1) AS given WHERE ${hasEndpoint} AND given.value ->> '$.shows.schedule' IN ('daily', 'weekly')`

/** SQL that owes another message of a digest of which an article was withdrawn while it was sent, and so was not known to be shown. */
const replaceSql = `INSERT INTO notification (subscriber, event, channel, since, next)
  SELECT DISTINCT subscriber.number, 'replaced/' || (given.value ->> '$.shows.schedule'), subscriber.channel, ?2, ?2
  FROM ${those} CROSS JOIN json_each(given.value, '$.shows.articles') AS one CROSS JOIN article ON article.id = one.value
  WHERE article.shown = 0 ON CONFLICT DO NOTHING`

/** What the statements read of each result. */
const rowsIn = (results: readonly RecordedPush[]) =>
  results.map(
    ({ notification: { subscriber, happening, since }, told, isMaybeTaken, isUnanswered, shows }) => ({
      ...{ subscriber: subscriber.number, event: eventOf(happening), since, kind: told.kind },
      ...{ address: subscriber.address, keys: subscriber.keys },
      ...(told.kind === 'later' && { next: told.next, reached: isMaybeTaken ? 1 : 0 }),
      ...('failure' in told && { failure: told.failure, unanswered: isUnanswered ? 1 : 0 }),
      ...(happening.kind === 'digest' && { schedule: happening.schedule, begun: happening.until }),
      ...(shows && { shows }),
      ...((happening.kind === 'published' || happening.kind === 'corrected') && {
        shown: told.kind === 'nothing' ? 'perhaps' : told.kind === 'done' || isMaybeTaken === true,
      }),
      isKept: told.kind === 'done' && isKeptAsTold({ subscriber, happening }),
      isTakenBack: happening.kind === 'withdrawn' && told.kind === 'done',
      ...('covers' in told && told.covers !== undefined && { covers: told.covers }),
    }),
  )

type ResultRow = ReturnType<typeof rowsIn>[number]

/** Returns the statements for those of the results that are meant, if there are any. */
type StatementsFor = (
  isMeant: (row: ResultRow) => boolean,
  ...statements: readonly string[]
) => D1PreparedStatement[]

/** The statements that store what subscribers were told, so that they are not told of it again. */
const toldStatements = (statementsFor: StatementsFor): D1PreparedStatement[] => [
  ...statementsFor(({ isKept }) => isKept, toldAtOnceSql),
  ...statementsFor((row) => 'covers' in row, ...coverSql),
]

/** The statements that store which articles browsers show, and tell those of them of withdrawals that came while the message was sent. */
const shownStatements = (statementsFor: StatementsFor): D1PreparedStatement[] => [
  ...statementsFor(({ shown }) => shown === true, showArticlesSql),
  ...statementsFor(({ shown }) => shown === 'perhaps', showReachedSql),
  ...statementsFor(({ shown }) => Boolean(shown), takeBackShownSql),
  ...statementsFor(({ isTakenBack }) => isTakenBack, ...takenBackSql),
]

function recordStatements(run: Run, results: readonly RecordedPush[], now: number): D1PreparedStatement[] {
  const rows = rowsIn(results)
  const list = (isMeant: (row: ResultRow) => boolean) => {
    const those = rows.filter(isMeant)
    return those.length > 0 ? JSON.stringify(those) : undefined
  }
  const only = (json: string | undefined, ...statements: string[]) =>
    json === undefined
      ? []
      : statements.map((sql) => run(sql, ...(sql.includes('?2') ? [json, now] : [json])))
  const statementsFor: StatementsFor = (isMeant, ...statements) => only(list(isMeant), ...statements)
  return [
    ...shownStatements(statementsFor),
    ...only(
      list(({ kind }) => kind !== 'later' && kind !== 'gone' && kind !== 'nothing'),
      `DELETE FROM notification WHERE (subscriber, event, since) IN ${named}`,
    ),
    ...only(
      list(({ kind }) => kind === 'nothing'),
      `DELETE FROM notification WHERE (subscriber, event, since) IN ${named} AND ${isNotPaused}`,
    ),
    ...only(
      list(({ kind }) => kind === 'later'),
      `UPDATE notification SET next = given.value ->> 'next', claimed = NULL,
         reached = max(reached, given.value ->> 'reached') FROM json_each(?1) AS given
       WHERE notification.event = given.value ->> 'event' AND notification.subscriber = given.value ->> 'subscriber'`,
    ),
    ...only(
      list((row) => row.kind === 'later' && 'schedule' in row),
      `DELETE FROM notification WHERE (subscriber, event) IN
         (SELECT value ->> 'subscriber', value ->> 'event' FROM json_each(?1) WHERE ${isFollowed("value ->> 'schedule'", "value ->> 'begun'", '?2')})`,
    ),
    ...only(
      list((row) => 'failure' in row),
      `UPDATE subscriber SET failure = given.value ->> 'failure', failures = failures + (given.value ->> 'unanswered'),
         refused = iif(failures = 0, ?2, refused)
       FROM json_each(?1) AS given WHERE ${hasEndpoint}`,
    ),
    ...only(
      list(({ kind }) => kind === 'done'),
      `UPDATE subscriber SET told = ?2, failures = 0, failure = NULL FROM json_each(?1) AS given WHERE ${hasEndpoint}`,
    ),
    ...toldStatements(statementsFor),
    ...only(
      list((row) => 'shows' in row),
      showSql,
      replaceSql,
    ),
    ...only(
      list((row) => row.kind === 'nothing' && 'schedule' in row),
      endRestsSql,
    ),
    // What else waits for those who are gone is dropped when a job claims it. A browser that has moved is told at its new endpoint.
    ...only(
      list(({ kind }) => kind === 'gone'),
      `DELETE FROM notification WHERE (subscriber, event) IN
         (SELECT subscriber.number, given.value ->> 'event' FROM ${those})`,
      `UPDATE notification SET next = ?2, claimed = NULL WHERE (subscriber, event, since) IN ${named}`,
      `DELETE FROM choice WHERE subscriber IN ${numbers}`,
      `DELETE FROM rest WHERE subscriber IN ${numbers}`,
      `DELETE FROM shown_article WHERE subscriber IN ${numbers}`,
      `DELETE FROM told_article WHERE subscriber IN ${numbers}`,
      endSql(`number IN ${numbers}`, now),
    ),
  ]
}
