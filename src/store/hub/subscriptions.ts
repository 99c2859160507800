import type { HubStore } from '../../domain/hub-store.ts'
import { isInstant } from '../../domain/instant.ts'
import type { Clock } from '../../domain/ports.ts'
import {
  type DeadLetter,
  type FailedVerification,
  type Job,
  type SubscriptionState,
  type SubscriptionStateName,
  slowMilliseconds,
  subscriptionStates,
  type TopicState,
} from '../../domain/subscription.ts'
import type { Tell } from '../bad-row.ts'
import { integerOr, maxInstant } from '../columns.ts'
import { failureMilliseconds, readFailures } from './failures.ts'
import { rowsOf } from './rows.ts'

/** Milliseconds that a subscription request may wait for its verification before it is deleted. */
export const verificationTimeoutMilliseconds = 3_600_000

interface Row {
  number: number
  topic: string
  host: string
  signed: number
  expires: number
  delivered_at: number | null
  pending: number
  attempts: number
  took: number | null
  next: number
  failing_since: number | null
  failure: string | null
}

type SubscriptionStore = Pick<
  HubStore,
  | 'topicAsked'
  | 'end'
  | 'expire'
  | 'state'
  | 'subscriptions'
  | 'has'
  | 'retry'
  | 'addDeadLetter'
  | 'takeDeadLetters'
>

/** SQL for when a subscription received its last delivery; null if the column contains no instant. */
const delivered = integerOr(`iif(delivered_at <= ${maxInstant}, delivered_at, NULL)`, 'NULL')

/** SQL for whether a state applies to a subscription, in a join with the subscription's topic. */
const applies: Record<SubscriptionStateName, string> = {
  failing: 'attempts > 0',
  slow: `${integerOr('took', '0')} > ${slowMilliseconds}`,
  pending: 'delivered < topic.revision',
}

/** SQL for whether a subscription is in a state: the state applies, and no more serious state does. */
const isIn = (state: SubscriptionStateName): string =>
  [
    applies[state],
    ...subscriptionStates
      .slice(0, subscriptionStates.indexOf(state))
      .map((other) => `NOT (${applies[other]})`),
  ].join(' AND ')

const countOfEach = subscriptionStates.map((state) => `sum(${isIn(state)}) AS ${state}`).join(', ')

/** The part of the hub's store in D1 that operators use, and that deletes expired subscriptions and requests. */
export function subscriptionsOn(database: D1Database, clock: Clock, tell: Tell): SubscriptionStore {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  return {
    async topicAsked(callback, asked) {
      const row = await run(
        'SELECT topic FROM subscription WHERE callback = ?1 AND asked = ?2 AND expires > ?3',
        ...[callback, asked, clock()],
      ).first<{ topic: string }>()
      return row?.topic
    },

    async end(numbers) {
      const { results } = await run(
        `DELETE FROM subscription WHERE number IN (SELECT value FROM json_each(?1)) RETURNING asked, callback`,
        JSON.stringify(numbers),
      ).all<{ asked: string; callback: string }>()
      return results
    },

    async expire() {
      const now = clock()
      const [ended] = await database.batch([
        run('DELETE FROM subscription WHERE expires <= ?1 RETURNING number', now),
        run('DELETE FROM verification WHERE asked_at <= ?1', now - verificationTimeoutMilliseconds),
        run('DELETE FROM failed_verification WHERE at <= ?1', now - failureMilliseconds),
        run('DELETE FROM topic WHERE NOT EXISTS (SELECT 1 FROM subscription WHERE topic = topic.topic)'),
      ])
      return rowsOf(ended).length
    },

    async state() {
      const [topics, counts, dead, failed] = await database.batch([
        run(
          `SELECT topic, count(*) AS subscriptions, ${countOfEach}, max(${delivered}) AS delivered
           FROM subscription JOIN topic USING (topic) GROUP BY topic ORDER BY topic`,
        ),
        run(
          `SELECT (SELECT count(*) FROM verification) AS verifications,
             (SELECT count(*) FROM effect WHERE effect IN ('websub', 'websub-comments')) AS outbox`,
        ),
        run('SELECT number, job, at FROM dead_letter ORDER BY number'),
        run(readFailures),
      ])
      return {
        topics: rowsOf<TopicState & { delivered: number | null }>(topics).map(({ delivered, ...topic }) => ({
          ...topic,
          ...(delivered !== null && { delivered }),
        })),
        ...(rowsOf<{ verifications: number; outbox: number }>(counts)[0] ?? { verifications: 0, outbox: 0 }),
        failed: rowsOf<FailedVerification>(failed),
        dead: rowsOf<DeadRow>(dead).flatMap((row) => letterOf(row, tell)),
      }
    },

    async subscriptions(topic) {
      const { results } = await run(
        `SELECT number, topic, host, secret IS NOT NULL AS signed, expires, delivered_at,
           ${applies.pending} AND NOT (${applies.failing}) AS pending, attempts, took, next, failing_since, failure
         FROM subscription JOIN topic USING (topic) WHERE topic = ?1 ORDER BY number`,
        topic,
      ).all<Row>()
      return results.map(stateOf)
    },

    async has(number) {
      return (await run('SELECT 1 FROM subscription WHERE number = ?1', number).first()) !== null
    },

    async retry({ number, topic }) {
      const { meta } = await run(
        `UPDATE subscription SET next = 0 WHERE attempts > 0
           AND (?1 IS NULL OR number = ?1) AND (?2 IS NULL OR topic = ?2)`,
        ...[number ?? null, topic ?? null],
      ).run()
      return meta.changes
    },

    async addDeadLetter(job) {
      await run('INSERT INTO dead_letter (job, at) VALUES (?1, ?2)', JSON.stringify(job), clock()).run()
    },

    async takeDeadLetters() {
      const { results } = await database
        .prepare('DELETE FROM dead_letter RETURNING number, job, at')
        .all<DeadRow>()
      return results.flatMap((row) => letterOf(row, tell))
    },
  }
}

interface DeadRow {
  number: number
  job: string
  at: number
}

/** Parses a row into a job; empty if the row is bad. */
function letterOf({ number, job, at }: DeadRow, tell: Tell): DeadLetter[] {
  try {
    const parsed = JSON.parse(job) as Job | null
    if (typeof parsed?.kind === 'string') return [{ number, job: parsed, at: isInstant(at) ? at : 0 }]
  } catch {}
  tell('dead_letter', number, { field: 'job', reason: 'must be a job' })
  return []
}

function stateOf(row: Row): SubscriptionState {
  const { number, topic, host, signed, expires, delivered_at, pending, attempts, next } = row
  const { took, failing_since: since, failure } = row
  return {
    number,
    topic,
    host,
    signed: signed === 1,
    expires: isInstant(expires) ? expires : 0,
    ...(isInstant(delivered_at) && { delivered: delivered_at }),
    pending: pending === 1,
    attempts,
    ...(isInstant(took) && { took }),
    ...(isInstant(since) && { failing: { since, failure: failure ?? '', next: isInstant(next) ? next : 0 } }),
  }
}
