import {
  type Channel,
  type Covered,
  type CoveredComments,
  channels,
  corrections,
  eventOf,
  maxNotifications,
  type Notification,
  newsMilliseconds,
  restOfDayMilliseconds,
  type Subscriber,
  type Told,
} from '../../domain/notify.ts'
import type { NotifyStore } from '../../domain/notify-store.ts'
import type { Clock } from '../../domain/ports.ts'
import { checkRow } from '../../domain/sound.ts'
import type { Stored } from '../../domain/store.ts'
import { isPublicSql, revisionIn, type StoredRow } from '../articles.ts'
import { selectionsOfArticle } from '../columns.ts'
import { rowsOf } from '../hub/rows.ts'
import { lastSettled } from '../revisions.ts'
import { isClaimed } from './claimed.ts'
import { coverComments, owedOfComments } from './discussed.ts'
import { isHeld, maxAheadMilliseconds } from './holds.ts'
import { coverSql, endRestsSql, isNotPaused, untold } from './rests.ts'
import { endStatements, eraseStatements, type Run } from './subscribers.ts'
import { isKeptAsTold, isToldElsewhere, toldAtOnceSql } from './told-articles.ts'
import { events, takeBackSql } from './withdrawals.ts'

/** The times that an address must be refused as unknown until the subscriber ends. */
const maxRefusals = 2

/** Milliseconds between the first and the last of them at least, because a server that is set up wrongly may refuse several at once. */
const minRefusalMilliseconds = 3_600_000

/** SQL for the instant that counts as the date of an article (`datedAt`). */
export const dated = `(article.published + iif(json_valid(article.json) AND article.json -> '$.dayOnly' IS NOT NULL, ${restOfDayMilliseconds}, 0))`

const owed = (from: string): string =>
  `SELECT DISTINCT subscriber.number, event.value, subscriber.channel, ?1, ?1 FROM ${from}`

const owe = (
  ...rows: readonly string[]
): string => `INSERT INTO notification (subscriber, event, channel, since, next)
  ${rows.join(' UNION ALL ')}
  ON CONFLICT (event, subscriber) DO UPDATE SET since = excluded.since`

/** The statements that turn the effects of saves into notifications; ?1 is the current time. */
const settling = [
  owe(
    owed(`${events}, json_each(${selectionsOfArticle}) AS named
    JOIN choice ON choice.selection = named.key AND choice.article = '' AND choice.schedule = 'now'
    JOIN subscriber ON subscriber.number = choice.subscriber AND subscriber.state = 'active'
    WHERE effect.effect = 'notify' AND event.value GLOB 'published/*'
      AND article.news > coalesce(choice.told, 0)
      AND ${dated} > max(choice.since, ?1 - ${newsMilliseconds})`),
    owed(`${events}
    JOIN choice ON choice.selection = '${corrections}' AND choice.article = article.id
    JOIN subscriber ON subscriber.number = choice.subscriber AND subscriber.state = 'active'
    WHERE effect.effect = 'notify' AND event.value GLOB 'corrected/*'`),
    ...owedOfComments,
  ),
  takeBackSql,
  "DELETE FROM effect WHERE effect IN ('notify', 'notify-comments')",
]

/** The statements that store a notification for each subscriber who is to be told of what saves have changed. */
export const settleStatements = (run: Run, now: number): D1PreparedStatement[] =>
  settling.map((sql) => (sql.includes('?1') ? run(sql, now) : run(sql)))

/**
 * SQL that counts what may be sent by a channel, but at most as many as the jobs that are begun at once can send; each job
 * begins the next one.
 */
const dueOf = (channel: Channel): string => `SELECT '${channel}' AS channel, count(*) AS due FROM
  (SELECT 1 FROM notification WHERE channel = '${channel}' AND next <= ?1 AND NOT ${isHeld(`'${channel}'`, '?1')}
   LIMIT ${maxNotifications})`

const dueSql = channels.map(dueOf).join(' UNION ALL ')

const countsIn = (result: D1Result | undefined): Record<Channel, number> => ({
  email: 0,
  webpush: 0,
  ...Object.fromEntries(
    rowsOf<{ channel: Channel; due: number }>(result).map(({ channel, due }) => [channel, due]),
  ),
})

/** SQL for whether the next digest of a schedule, which covers the one of the instant `until`, has been begun. */
export const isFollowed = (schedule: string, until: string, now: string): string =>
  `EXISTS (SELECT 1 FROM digest WHERE digest.schedule = ${schedule} AND digest.until BETWEEN ${until} + 1 AND ${now})`

/** SQL for whether the subscriber ?1 still has the address ?2 to which a mail was sent. */
const hasAddress = 'number = ?1 AND address = ?2'

const failed = `UPDATE subscriber SET failure = ?3 WHERE ${hasAddress}`

/** The statement that drops a digest that was not sent, if the next one, which covers it, has been begun. */
const dropFollowed = (
  run: Run,
  { subscriber, happening }: Pick<Notification, 'subscriber' | 'happening'>,
  now: number,
): D1PreparedStatement[] =>
  happening.kind === 'digest'
    ? [
        run(
          `DELETE FROM notification WHERE subscriber = ?1 AND event = ?2 AND ${isFollowed('?3', '?4', '?5')}`,
          ...[subscriber.number, eventOf(happening), happening.schedule, happening.until, now],
        ),
      ]
    : []

/** The statements that put a mail off. */
const laterStatements = (
  run: Run,
  { subscriber, happening }: Pick<Notification, 'subscriber' | 'happening'>,
  { next, failure, isMaybeTaken }: Extract<Told, { kind: 'later' }>,
  now: number,
): D1PreparedStatement[] => [
  run(
    'UPDATE notification SET next = ?3, claimed = NULL, reached = max(reached, ?4) WHERE subscriber = ?1 AND event = ?2',
    ...[subscriber.number, eventOf(happening), next, isMaybeTaken ? 1 : 0],
  ),
  run(failed, ...[subscriber.number, subscriber.address, failure]),
  ...dropFollowed(run, { subscriber, happening }, now),
]

/**
 * The statements that count a refusal of an address as unknown, and end the subscriber if it was the last. Otherwise the mail is tried
 * again when the next refusal is the last, because the server may be wrong. If the address was changed meanwhile, the mail goes to the
 * new one at once.
 */
function unknownStatements(
  run: Run,
  { subscriber, happening }: Pick<Notification, 'subscriber' | 'happening'>,
  failure: string,
  now: number,
): D1PreparedStatement[] {
  const { number, address } = subscriber
  return [
    run(
      `UPDATE notification SET claimed = NULL,
         next = ?4 + iif(EXISTS (SELECT 1 FROM subscriber WHERE ${hasAddress}), ${minRefusalMilliseconds}, 0)
       WHERE subscriber = ?1 AND event = ?3`,
      ...[number, address, eventOf(happening), now],
    ),
    ...dropFollowed(run, { subscriber, happening }, now),
    run(
      `UPDATE subscriber SET failures = failures + 1, failure = ?3, refused = iif(failures = 0, ?4, refused) WHERE ${hasAddress}`,
      ...[number, address, failure, now],
    ),
    ...endStatements(
      run,
      `${hasAddress} AND failures >= ${maxRefusals} AND coalesce(refused, 0) <= ?3`,
      now,
      ...[number, address, now - minRefusalMilliseconds],
    ),
  ]
}

type NotificationStore = Pick<NotifyStore, 'settle' | 'settleDigest' | 'due' | 'record' | 'digested'>

/** The part of the store that concerns what subscribers have yet to be told. */
export function notificationsOn(database: D1Database, clock: Clock): NotificationStore {
  const run: Run = (sql, ...values) => database.prepare(sql).bind(...values)
  const cover = (
    { number }: Pick<Subscriber, 'number'>,
    { covers }: { covers?: Covered | CoveredComments | undefined },
  ) => {
    if (!covers) return []
    if ('article' in covers) return [coverComments(run, number, covers)]
    return coverSql.map((sql) => run(sql, JSON.stringify([{ subscriber: number, covers }])))
  }
  return {
    async settle() {
      const now = clock()
      const results = await database.batch([...settleStatements(run, now), run(dueSql, now)])
      return countsIn(results.at(-1))
    },

    async settleDigest(schedule, until) {
      const event = eventOf({ kind: 'digest', schedule, until })
      const [, made] = await database.batch([
        run(
          `INSERT INTO notification (subscriber, event, channel, since, next)
           SELECT number, ?3, channel, ?2, ?2 FROM subscriber
           WHERE number IN (SELECT subscriber FROM choice WHERE schedule = ?1 AND since < ?2
               UNION SELECT subscriber FROM rest WHERE schedule = ?1)
             AND state = 'active' AND NOT EXISTS (SELECT 1 FROM digest
               WHERE digest.schedule = ?1 AND until BETWEEN ?2 AND ?2 + ${maxAheadMilliseconds})
           ON CONFLICT (event, subscriber) DO NOTHING`,
          ...[schedule, until, event],
        ),
        run(
          `INSERT INTO digest (schedule, until) VALUES (?1, ?2) ON CONFLICT DO NOTHING RETURNING until`,
          ...[schedule, until],
        ),
        // A digest that was not sent is covered by the next one. Instants have 13 digits until the year 2286.
        run(
          `DELETE FROM notification WHERE event > ?1 AND event < ?2 AND (${isClaimed('?3')}) IS NOT TRUE`,
          ...[`digest/${schedule}/`, event, clock()],
        ),
      ])
      return rowsOf(made).length > 0
    },

    async due() {
      return countsIn(await run(dueSql, clock()).all())
    },

    async record({ subscriber, happening, since }, told) {
      const event = eventOf(happening)
      const now = clock()
      if (told.kind === 'later') {
        await database.batch(laterStatements(run, { subscriber, happening }, told, now))
        return
      }
      const done = run(
        // If the same has happened again meanwhile, the subscriber is told again.
        'DELETE FROM notification WHERE subscriber = ?1 AND event = ?2 AND since = ?3',
        ...[subscriber.number, event, since],
      )
      if (told.kind === 'nothing') {
        const digest = happening.kind === 'digest' && [
          { subscriber: subscriber.number, schedule: happening.schedule, begun: happening.until },
        ]
        await database.batch([
          run(
            `DELETE FROM notification WHERE subscriber = ?1 AND event = ?2 AND since = ?3 AND ${isNotPaused}`,
            ...[subscriber.number, event, since],
          ),
          ...(digest ? [run(endRestsSql, JSON.stringify(digest))] : []),
          ...cover(subscriber, told),
        ])
      } else if (told.kind === 'gone') {
        // If a restore brings the endpoint back, the push service says again that it is gone, so it is not listed as erased.
        await database.batch([done, ...eraseStatements(run, 'number = ?1', now, subscriber.number)])
      } else if (told.kind === 'dropped') {
        await database.batch([done, run(failed, ...[subscriber.number, subscriber.address, told.failure])])
      } else if (told.kind === 'no-address') {
        await database.batch(unknownStatements(run, { subscriber, happening }, told.failure, now))
      } else {
        await database.batch([
          done,
          run(
            `UPDATE subscriber SET told = ?3, failures = 0, failure = NULL WHERE ${hasAddress}`,
            ...[subscriber.number, subscriber.address, now],
          ),
          ...(isKeptAsTold({ subscriber, happening })
            ? [run(toldAtOnceSql, JSON.stringify([{ subscriber: subscriber.number, event }]), now)]
            : []),
          ...cover(subscriber, told),
        ])
      }
    },

    async digested({ number }, schedule, limit) {
      const now = clock()
      const { results } = await run(
        `WITH untold AS (${untold(schedule)})
         SELECT id, slug, json, revision, times, covered_until AS until
         FROM (SELECT json_group_array(json_array(selection, after)) AS times, ${lastSettled('?3')} AS covered_until FROM untold)
         LEFT JOIN article ON article.number IN (
           SELECT article.number FROM untold CROSS JOIN membership ON membership.selection = untold.selection
             JOIN article ON article.number = membership.article
           WHERE membership.published > max(untold.after, untold.earliest) - ${newsMilliseconds} - ${restOfDayMilliseconds}
             AND article.news > max(untold.after, untold.earliest) AND article.news <= untold.until
             AND ${dated} > max(untold.since, article.news - ${newsMilliseconds}))
           AND ${isPublicSql(now)} AND NOT ${isToldElsewhere}
         ORDER BY published DESC, number DESC LIMIT ?4`,
        ...[number, schedule, now, limit + 1],
      ).all<StoredRow & { times: string; until: number } & Record<string, unknown>>()
      const articles = results.slice(0, limit).flatMap((row): Stored[] => {
        // Without any article, there is one row with the times alone.
        if (row.id === null) return []
        const checked = checkRow(row)
        return 'article' in checked ? [{ article: checked.article, revision: revisionIn(row) }] : []
      })
      const [{ times = '[]', until = now } = {}] = results
      const ids = articles.map(({ article }) => article.id)
      return {
        articles,
        isCut: results.length > limit,
        covers: { schedule, until, times: JSON.parse(times) as Covered['times'], articles: ids },
      }
    },
  }
}
