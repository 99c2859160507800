import { corrections, digestMaxAge, newsMilliseconds, restOfDayMilliseconds } from '../../domain/notify.ts'
import { lastSave } from '../revisions.ts'
import { dated, settleStatements } from './notifications.ts'
import { covered } from './rests.ts'
import { eraseStatements, type Run, withConsents } from './subscribers.ts'

/**
 * What is joined: the subscriber `from` changes its address to that of the subscriber `into`. `tokenHash` is that of the request which
 * a person confirms; a browser needs none.
 */
interface Joined {
  from: number
  into: number
  tokenHash?: string
  address: string
  now: number
}

/** SQL for whether the request with the token ?1, if there must be one, is open, and the subscribers ?2 and ?3 live. */
const isOpen = `(?1 IS NULL OR EXISTS (SELECT 1 FROM opt_in WHERE token_hash = ?1 AND done = 0))
  AND (SELECT count(*) FROM subscriber WHERE number IN (?2, ?3) AND state <> 'ended') = 2`

/**
 * SQL that stores, at the instant ?4, which articles that a digest may still have the subscribers ?2 and ?3 were told of by their own
 * choices: at once, if something was sent to them since, or by a digest that has covered the time. Of most subscribers this is stored
 * only here, because only a join gives them digests that reach back.
 */
const toldByChoices = `INSERT INTO told_article (article, subscriber, at)
  SELECT DISTINCT article.id, ?3, ?4 FROM subscriber AS its CROSS JOIN choice AS own ON own.subscriber = its.number AND own.article = ''
    CROSS JOIN membership ON membership.selection = own.selection
      AND membership.published > ?4 - ${digestMaxAge.weekly + newsMilliseconds + restOfDayMilliseconds}
    CROSS JOIN article ON article.number = membership.article AND article.news > own.since AND article.news <= its.told
  WHERE its.number IN (?2, ?3) AND ${dated} > max(own.since, article.news - ${newsMilliseconds})
    AND iif(own.schedule = 'now', article.news > coalesce(own.told, 0),
      article.news <= max(coalesce(own.told, 0), coalesce(own.at_once_until, 0)))
    AND NOT EXISTS (SELECT 1 FROM notification WHERE event = 'published/' || article.id AND notification.subscriber = its.number)
    AND NOT EXISTS (SELECT 1 FROM rest WHERE rest.subscriber = its.number AND rest.selection = own.selection
      AND article.news > rest.after AND article.news <= rest.until)
    AND ${isOpen}
  ON CONFLICT DO NOTHING`

/**
 * SQL for whether the subscriber ?3 was told of the event of a notification. What it has yet to be told is told once, whatever is copied:
 * at once or by a digest.
 */
const wasTold = `(EXISTS (SELECT 1 FROM told_article WHERE event = 'published/' || told_article.article AND told_article.subscriber = ?3)
  OR EXISTS (SELECT 1 FROM subscriber AS kept JOIN choice AS its ON its.subscriber = kept.number AND its.selection = '${corrections}'
    WHERE kept.number = ?3 AND event = 'corrected/' || its.article AND its.since <= notification.since
      AND coalesce(its.told, 0) < notification.since AND kept.told >= notification.since))`

/** What the digests of the subscriber ?2 have yet to tell: what its choices have waited for since the last one, and the rests. */
const owed = `SELECT choice.selection, choice.schedule, ${covered} AS after, coalesce(subscriber.paused, ${lastSave('?4')}) AS until
    FROM choice JOIN subscriber ON subscriber.number = choice.subscriber
    WHERE choice.subscriber = ?2 AND choice.article = '' AND choice.schedule <> 'now'
  UNION ALL SELECT selection, schedule, after, until FROM rest WHERE subscriber = ?2`

/**
 * The statements that join a subscriber with the one that has its new address already. The latter keeps its choices, links and
 * consents, and gets the other choices with what is owed of them, and the consent to them; the former ends, and its links to
 * unsubscribe end the latter. If both have a choice, that of the latter counts, from the beginning of the earlier one: what came
 * before the later one was made, and has yet to be told, is told in the way that it was owed, so that nothing is lost or told twice.
 * What saves have changed is settled first.
 */
export function joinStatements(
  run: Run,
  { from, into, tokenHash, address, now }: Joined,
): D1PreparedStatement[] {
  const both = [tokenHash ?? null, from, into]
  return [
    ...settleStatements(run, now),
    run(toldByChoices, ...both, now),
    ...keepOwed(run, both, now),
    ...keepChoices(run, both, now),
    ...keepTold(run, both),
    run(
      `UPDATE subscriber SET proof = ${withConsents('other.proof')}, address = ?5, confirmed = ?4,
         failures = 0, failure = NULL,
         shown = iif(subscriber.shown IS NULL OR other.shown IS NULL, coalesce(subscriber.shown, other.shown),
           json_patch(other.shown, subscriber.shown)),
         former = (SELECT json_group_array(json(one)) FROM (
           SELECT value AS one FROM json_each(coalesce(subscriber.former, '[]'))
           UNION ALL SELECT value FROM json_each(coalesce(other.former, '[]'))
           UNION ALL SELECT json_object('hash', other.address_hash, 'at', ?4) LIMIT 20))
       FROM subscriber AS other WHERE subscriber.number = ?3 AND other.number = ?2 AND ${isOpen}`,
      ...[...both, now, address],
    ),
    run(
      `UPDATE subscriber SET joined = (SELECT kept.id FROM subscriber AS kept WHERE kept.number = ?3)
       WHERE (number = ?2 OR joined = (SELECT other.id FROM subscriber AS other WHERE other.number = ?2)) AND ${isOpen}`,
      ...both,
    ),
    ...eraseStatements(
      run,
      `number = ?1 AND EXISTS (SELECT 1 FROM subscriber AS kept WHERE kept.number = ?2 AND kept.state <> 'ended')`,
      now,
      ...[from, into],
    ),
    // The link of the mail says that it was used.
    run(
      `UPDATE opt_in SET address = ?2 WHERE token_hash = ?1
         AND EXISTS (SELECT 1 FROM subscriber WHERE number = ?3 AND state <> 'ended')`,
      ...[tokenHash ?? null, address, into],
    ),
  ]
}

/** The statements that give ?3 what ?2 has yet to be told. `both` are the values of ?1 to ?3. */
const keepOwed = (run: Run, both: readonly unknown[], now: number): D1PreparedStatement[] => [
  run(
    `INSERT INTO rest (subscriber, selection, until, schedule, after)
       SELECT ?3, owed.selection, min(owed.until, its.since), owed.schedule, owed.after FROM (${owed}) AS owed
         JOIN choice AS its ON its.subscriber = ?3 AND its.selection = owed.selection AND its.article = ''
       WHERE owed.after < min(owed.until, its.since) AND ${isOpen}
       ON CONFLICT DO NOTHING`,
    ...[...both, now],
  ),
  run(
    `INSERT INTO rest (subscriber, selection, until, schedule, after)
       SELECT ?3, selection, until, schedule, after FROM rest WHERE subscriber = ?2 AND ${isOpen}
         AND selection NOT IN (SELECT selection FROM choice WHERE subscriber = ?3 AND article = '')
       ON CONFLICT DO NOTHING`,
    ...both,
  ),
  run(
    `INSERT INTO notification (subscriber, event, channel, since, next, reached)
       SELECT ?3, event, channel, since, next, reached FROM notification
       WHERE subscriber = ?2 AND event NOT GLOB 'digest/*' AND ${isOpen} AND NOT ${wasTold}
       ON CONFLICT DO NOTHING`,
    ...both,
  ),
]

/** The statements that give ?3 the choices of ?2. */
const keepChoices = (run: Run, both: readonly unknown[], now: number): D1PreparedStatement[] => [
  run(
    `UPDATE choice SET since = min(choice.since, other.since), told = max(choice.since, coalesce(choice.told, 0)),
         at_once_until = iif(other.schedule = 'now', ?4,
           nullif(max(coalesce(choice.at_once_until, 0), coalesce(other.at_once_until, 0)), 0))
       FROM choice AS other WHERE choice.subscriber = ?3 AND choice.article = '' AND other.subscriber = ?2
         AND other.selection = choice.selection AND other.article = '' AND ${isOpen}`,
    ...[...both, now],
  ),
  run(
    `INSERT INTO choice (subscriber, selection, article, schedule, since, told, at_once_until)
       SELECT ?3, selection, article, schedule, since, told, at_once_until FROM choice WHERE subscriber = ?2 AND ${isOpen}
       ON CONFLICT DO NOTHING`,
    ...both,
  ),
]

/** The statements that store that ?3 was told of the articles of which ?2 was told, so that withdrawals and digests count these too. */
const keepTold = (run: Run, both: readonly unknown[]): D1PreparedStatement[] =>
  ['shown_article', 'told_article'].map((table) =>
    run(
      `INSERT INTO ${table} (article, subscriber, at)
         SELECT article, ?3, at FROM ${table} WHERE subscriber = ?2 AND ${isOpen} ON CONFLICT DO NOTHING`,
      ...both,
    ),
  )
