import type { HubStore } from '../../domain/hub-store.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Census, Mode, Verification } from '../../domain/subscription.ts'
import type { Tell } from '../bad-row.ts'
import { keepFailure } from './failures.ts'
import { nextNumber } from './numbers.ts'
import { areInstants, areTexts, pathsIn, rowsOf } from './rows.ts'

/**
 * The time in milliseconds for which a job claims a subscription request that is to be verified, so that no
 * other job verifies it. The time must be longer than a callback may take to answer.
 */
export const verificationClaimMilliseconds = 60_000

/**
 * SQL that deletes a subscription request only if a job has claimed it and no newer request has replaced it since.
 * ?1 is the request's number, ?2 its number of replaced requests.
 */
const settle = 'DELETE FROM verification WHERE number = ?1 AND requests = ?2 AND next > 0'

/** SQL that ends the claim if a newer request has replaced the claimed one, so that a job can verify the newer one. */
const reopen =
  'UPDATE verification SET next = 0 WHERE number = ?1 AND requests > ?2 AND next > 0 RETURNING number'

/** SQL that counts for `Census`. ?1 is a host, ?2 a callback, ?3 a topic, ?4 a client, ?5 the present instant. */
const census = `WITH this AS (SELECT EXISTS (SELECT 1 FROM subscription WHERE callback = ?2 AND topic = ?3) AS renewed)
  SELECT (SELECT count(*) FROM subscription) AS subscriptions,
    (SELECT count(*) FROM verification WHERE known = renewed) AS pending,
    (SELECT count(*) FROM subscription WHERE host = ?1) AS ofHost,
    (SELECT count(*) FROM verification WHERE host = ?1 AND known = renewed) AS pendingOfHost,
    (SELECT count(*) FROM verification WHERE client = ?4 AND known = renewed) AS pendingOfClient,
    (SELECT count(*) FROM subscription WHERE callback = ?2) AS ofCallback,
    EXISTS (SELECT 1 FROM verification WHERE topic = ?3 AND callback = ?2 AND next <= ?5) AS waiting,
    renewed FROM this`

/**
 * SQL that stores a request. A request that replaces another one stays the request of the first client. Otherwise the
 * first client's request could be made to wait for its turn among all requests of another client.
 */
const insert = `INSERT INTO verification
    (number, mode, topic, path, others, asked, callback, host, secret, lease_seconds, revision, asked_at, client, known)
  VALUES (${nextNumber('verification')}, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13)
  ON CONFLICT (topic, callback) DO UPDATE SET mode = excluded.mode, path = excluded.path,
    others = excluded.others, asked = excluded.asked, host = excluded.host, secret = excluded.secret,
    lease_seconds = excluded.lease_seconds, revision = excluded.revision, asked_at = excluded.asked_at,
    known = excluded.known, requests = requests + 1
  RETURNING number, requests`

/** SQL that claims up to ?3 requests that wait at the instant ?2, until the instant ?1. Clients take turns. */
const claim = `UPDATE verification SET next = ?1 WHERE number IN (SELECT number FROM (
    SELECT number, known, row_number() OVER (PARTITION BY client ORDER BY known DESC, number) AS turn
    FROM verification WHERE next <= ?2) ORDER BY turn, known DESC, number LIMIT ?3) RETURNING *`

interface Row {
  number: number
  mode: Mode
  topic: string
  path: string
  others: string
  asked: string
  callback: string
  host: string
  secret: string | null
  lease_seconds: number
  revision: number
  requests: number
}

type Counted = Omit<Census, 'renewed' | 'waiting'> & { renewed: number; waiting: number }

type VerificationStore = Pick<
  HubStore,
  'census' | 'request' | 'claimVerifications' | 'confirm' | 'dismiss' | 'waiting'
>

/** The part of the hub's store in D1 for subscription requests that are not yet verified. */
export function verificationsOn(database: D1Database, clock: Clock, tell: Tell): VerificationStore {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  return {
    async census({ host, callback, topic, client }) {
      const row = await run(census, host, callback, topic, client, clock()).first<Counted>()
      const { renewed, waiting, ...counts } = row as Counted
      return { ...counts, renewed: renewed === 1, waiting: waiting === 1 }
    },

    async request({ mode, topic, asked, callback, host, secret, leaseSeconds }, revision, { client, known }) {
      const [path, ...others] = topic.paths
      const row = await run(
        insert,
        ...[mode, topic.topic, path, JSON.stringify(others), asked, callback, host],
        ...[secret ?? null, leaseSeconds, revision, clock(), client, known ? 1 : 0],
      ).first<{ number: number; requests: number }>()
      return { number: row?.number ?? 0, isNew: row?.requests === 0 }
    },

    async claimVerifications(max) {
      const now = clock()
      const { results } = await run(claim, now + verificationClaimMilliseconds, now, max).all<Row>()
      const whole = results.filter(isWhole)
      await removeBad(
        run,
        tell,
        results.filter((row) => !whole.includes(row)),
      )
      return whole.map(verificationOf)
    },

    async confirm(verification, asking) {
      const { mode, topic, callback, secret } = verification
      const settled = settling(run, verification)
      if (mode === 'unsubscribe') {
        const leave = run('DELETE FROM subscription WHERE topic = ?1 AND callback = ?2', topic, callback)
        const [again] = (await database.batch([...settled, leave])).slice(1)
        return { owed: false, secretChanged: false, again: rowsOf(again).length > 0 }
      }
      const [changed, , , owed, , again] = await database.batch([
        run(
          'SELECT 1 FROM subscription WHERE topic = ?1 AND callback = ?2 AND secret IS NOT ?3',
          ...[topic, callback, secret ?? null],
        ),
        ...subscribing(run, verification, asking),
        ...settled,
      ])
      return {
        owed: rowsOf<{ owed: number }>(owed)[0]?.owed === 1,
        secretChanged: rowsOf(changed).length > 0,
        again: rowsOf(again).length > 0,
      }
    },

    async dismiss(verification, unconfirmed) {
      const kept = unconfirmed ? keepFailure(run, unconfirmed, clock()) : []
      const [, again] = await database.batch([...settling(run, verification), ...kept])
      return rowsOf(again).length > 0
    },

    async waiting() {
      const { results } = await run('SELECT number FROM verification WHERE next <= ?1', clock()).all<{
        number: number
      }>()
      return results.map(({ number }) => number)
    },
  }
}

type Run = (sql: string, ...values: unknown[]) => D1PreparedStatement

/** The statements that end the claim on a request. The second returns a row if a newer request must be verified. */
const settling = (run: Run, { number, requests }: Verification): D1PreparedStatement[] =>
  [settle, reopen].map((sql) => run(sql, number, requests))

async function removeBad(run: Run, tell: Tell, rows: readonly Row[]): Promise<void> {
  const reason = 'must be as the hub wrote it; the request is deleted'
  for (const { number } of rows) tell('verification', number, { field: 'row', reason })
  const numbers = JSON.stringify(rows.map(({ number }) => number))
  if (rows.length > 0)
    await run('DELETE FROM verification WHERE number IN (SELECT value FROM json_each(?1))', numbers).run()
}

/**
 * Returns the statements that store a verified subscription. A new topic gets the current revision of its
 * selections, and the subscription gets the revision that was current when the subscriber sent its request.
 * Therefore a save between the request and the verification is delivered. A rename may have changed the
 * topic's stored paths; they are reset to the paths in the topic's address. If the subscription existed
 * already, a revision that was not yet delivered is still delivered, and the count of failures starts again
 * at 0.
 */
function subscribing(run: Run, verification: Verification, now: number): D1PreparedStatement[] {
  const { topic, paths, asked, callback, host, secret, leaseSeconds, revision } = verification
  const [path, ...others] = paths
  return [
    run(
      `INSERT INTO topic (topic, path, others, revision)
       SELECT ?1, ?2, ?3, coalesce(max(revision), 0) FROM selection
         WHERE path = ?2 OR path IN (SELECT value FROM json_each(?3))
       ON CONFLICT DO UPDATE SET path = excluded.path, others = excluded.others,
         revision = excluded.revision
         WHERE path <> excluded.path OR others <> excluded.others`,
      ...[topic, path, JSON.stringify(others)],
    ),
    run(
      `INSERT INTO subscription (topic, asked, callback, host, secret, expires, delivered)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
       ON CONFLICT (topic, callback) DO UPDATE SET asked = excluded.asked, secret = excluded.secret,
         expires = excluded.expires, attempts = 0, next = min(next, ?8), failing_since = NULL, failure = NULL,
         wait_until = NULL`,
      ...[topic, asked, callback, host, secret ?? null, now + leaseSeconds * 1000, revision, now],
    ),
    run(
      `SELECT delivered < topic.revision AS owed FROM subscription JOIN topic USING (topic)
       WHERE topic = ?1 AND callback = ?2`,
      ...[topic, callback],
    ),
  ]
}

/** Matches the address of a feed, also in a format of another version of the Worker. */
const feedAddress = /(^|\/)feed\.\w+(\?|$)/

/** Whether every column that a verification needs has the type that the hub wrote. */
const isWhole = ({
  mode,
  topic,
  path,
  asked,
  callback,
  host,
  secret,
  lease_seconds,
  revision,
  requests,
}: Row): boolean =>
  (mode === 'subscribe' || mode === 'unsubscribe') &&
  areTexts([topic, path, asked, callback, host, secret ?? '']) &&
  feedAddress.test(topic) &&
  URL.parse(callback)?.host === host &&
  areInstants([lease_seconds, revision, requests])

function verificationOf(row: Row): Verification {
  const { path, others, secret, lease_seconds: leaseSeconds, ...same } = row
  return {
    number: same.number,
    mode: same.mode,
    topic: same.topic,
    paths: pathsIn({ topic: same.topic, path, others }),
    asked: same.asked,
    callback: same.callback,
    host: same.host,
    ...(secret !== null && { secret }),
    leaseSeconds,
    revision: same.revision,
    requests: same.requests,
  }
}
