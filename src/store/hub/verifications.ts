import type { HubStore } from '../../domain/hub-store.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Census, Mode, Verification } from '../../domain/subscription.ts'
import type { Tell } from '../bad-row.ts'
import { nextNumber } from './numbers.ts'
import { areInstants, areTexts, pathsIn, rowsOf } from './rows.ts'

/**
 * The time in milliseconds for which a job claims a subscription request that is to be verified, so that no
 * other job verifies it. The time must be longer than a callback may take to answer.
 */
export const verificationClaimMilliseconds = 60_000

/**
 * SQL that deletes a subscription request only if a job has claimed the request. A newer request may have
 * replaced the claimed one under the same number. No job has claimed the newer request, so the newer request is
 * not deleted.
 */
const settle = 'DELETE FROM verification WHERE number = ?1 AND next > 0'

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
}

type Counted = Omit<Census, 'renewed'> & { renewed: number }

type VerificationStore = Pick<
  HubStore,
  'census' | 'request' | 'claimVerification' | 'confirm' | 'dismiss' | 'waiting'
>

/** The part of the hub's store in D1 for subscription requests that are not yet verified. */
export function verificationsOn(database: D1Database, clock: Clock, tell: Tell): VerificationStore {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  return {
    async census(host, callback, topic) {
      const row = await run(
        `SELECT (SELECT count(*) FROM subscription) AS subscriptions,
           (SELECT count(*) FROM verification) AS pending,
           (SELECT count(*) FROM subscription WHERE host = ?1) AS ofHost,
           (SELECT count(*) FROM verification WHERE host = ?1) AS pendingOfHost,
           (SELECT count(*) FROM subscription WHERE callback = ?2) AS ofCallback,
           EXISTS (SELECT 1 FROM subscription WHERE callback = ?2 AND topic = ?3) AS renewed`,
        ...[host, callback, topic],
      ).first<Counted>()
      const { renewed, ...counts } = row as Counted
      return { ...counts, renewed: renewed === 1 }
    },

    async request({ mode, topic, asked, callback, host, secret, leaseSeconds }, revision) {
      const [path, ...others] = topic.paths
      const row = await run(
        `INSERT OR REPLACE INTO verification
           (number, mode, topic, path, others, asked, callback, host, secret, lease_seconds, revision, asked_at)
         VALUES (${nextNumber('verification')}, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11) RETURNING number`,
        ...[mode, topic.topic, path, JSON.stringify(others), asked, callback, host],
        ...[secret ?? null, leaseSeconds, revision, clock()],
      ).first<{ number: number }>()
      return row?.number ?? 0
    },

    async claimVerification(number) {
      const now = clock()
      const row = await run(
        'UPDATE verification SET next = ?2 WHERE number = ?1 AND next <= ?3 RETURNING *',
        ...[number, now + verificationClaimMilliseconds, now],
      ).first<Row>()
      if (!row) return undefined
      if (isWhole(row)) return verificationOf(row)
      tell('verification', number, {
        field: 'row',
        reason: 'must be as the hub wrote it; the request is deleted',
      })
      await run(settle, number).run()
      return undefined
    },

    async confirm(verification, asking) {
      const { number, mode, topic, callback } = verification
      const settled = run(settle, number)
      if (mode === 'unsubscribe') {
        const leave = run('DELETE FROM subscription WHERE topic = ?1 AND callback = ?2', topic, callback)
        await database.batch([leave, settled])
        return false
      }
      const results = await database.batch([...subscribing(run, verification, asking), settled])
      return rowsOf<{ owed: number }>(results[2])[0]?.owed === 1
    },

    async dismiss(number) {
      await run(settle, number).run()
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
}: Row): boolean =>
  (mode === 'subscribe' || mode === 'unsubscribe') &&
  areTexts([topic, path, asked, callback, host, secret ?? '']) &&
  feedAddress.test(topic) &&
  URL.canParse(callback) &&
  areInstants([lease_seconds, revision])

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
  }
}
