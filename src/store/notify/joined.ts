import { eraseStatements, type Run, withConsent } from './subscribers.ts'

/** What a confirmation joins: the subscriber `from` changes its address to that of the subscriber `into`. */
interface Joined {
  from: number
  into: number
  tokenHash: string
  address: string
  now: number
}

/**
 * The statements that join a subscriber with the one that has its new address already. The latter keeps its choices, links and consents,
 * and gets the other choices with what is owed of them, and the consent to them; the former ends. If both have a choice, that of the
 * latter counts, so that nothing is told twice.
 */
export function joinStatements(
  run: Run,
  { from, into, tokenHash, address, now }: Joined,
): D1PreparedStatement[] {
  const isOpen = `EXISTS (SELECT 1 FROM opt_in WHERE token_hash = ?1 AND done = 0)
    AND (SELECT count(*) FROM subscriber WHERE number IN (?2, ?3) AND state <> 'ended') = 2`
  const both = [tokenHash, from, into]
  return [
    run(
      `INSERT INTO rest (subscriber, selection, until, schedule, after)
       SELECT ?3, selection, until, schedule, after FROM rest WHERE subscriber = ?2 AND ${isOpen}
         AND selection NOT IN (SELECT selection FROM choice WHERE subscriber = ?3 AND article = '')
       ON CONFLICT DO NOTHING`,
      ...both,
    ),
    run(
      `INSERT INTO notification (subscriber, event, channel, since, next)
       SELECT ?3, event, channel, since, next FROM notification WHERE subscriber = ?2 AND event NOT GLOB 'digest/*' AND ${isOpen}
         AND NOT EXISTS (SELECT 1 FROM choice WHERE subscriber = ?3 AND schedule = 'now')
       ON CONFLICT DO NOTHING`,
      ...both,
    ),
    run(
      `INSERT INTO choice (subscriber, selection, article, schedule, since, told, at_once_until)
       SELECT ?3, selection, article, schedule, since, told, at_once_until FROM choice WHERE subscriber = ?2 AND ${isOpen}
       ON CONFLICT DO NOTHING`,
      ...both,
    ),
    run(
      `UPDATE subscriber SET proof = ${withConsent("json_remove(other.proof, '$.later')")}, address = ?5, confirmed = ?4, failures = 0, failure = NULL,
         former = (SELECT json_group_array(json(one)) FROM (
           SELECT value AS one FROM json_each(coalesce(subscriber.former, '[]'))
           UNION ALL SELECT value FROM json_each(coalesce(other.former, '[]'))
           UNION ALL SELECT json_object('hash', other.address_hash, 'at', ?4) LIMIT 20))
       FROM subscriber AS other WHERE subscriber.number = ?3 AND other.number = ?2 AND ${isOpen}`,
      ...[...both, now, address],
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
      ...[tokenHash, address, into],
    ),
  ]
}
