import { allComments } from '../../domain/comment.ts'
import { type HubStore, hubEffects, type SettledRevisions } from '../../domain/hub-store.ts'
import { isInstant } from '../../domain/instant.ts'
import type { Clock } from '../../domain/ports.ts'
import type { Delivery, Owed } from '../../domain/subscription.ts'
import type { Tell } from '../bad-row.ts'
import { integerOr, listOr } from '../columns.ts'
import { areTexts, listIn, pathsIn, rowsOf } from './rows.ts'

/**
 * The time in milliseconds for which a job claims a subscription, so that no other job uses the subscription.
 * The time must be longer than a job needs to call all callbacks of its group if all of them time out.
 */
export const deliveryClaimMilliseconds = 120_000

/**
 * A failing callback is called again after a retry pause. A new revision ends the pause early if at least this
 * number of milliseconds has passed since the last attempt, but not before the time that the callback has asked for.
 */
export const retryAfterMilliseconds = 3_600_000

const others = listOr('topic.others', "'[]'")

/**
 * An SQL condition for the topics that saves have changed. ?1 is a JSON object from each changed path to its
 * new revision; a topic has changed if all its selections are in ?1.
 */
const touched = `path IN (SELECT key FROM json_each(?1)) AND NOT EXISTS
  (SELECT 1 FROM json_each(${others}) AS other WHERE other.value NOT IN (SELECT key FROM json_each(?1)))`

/**
 * SQL for the revision that a topic's subscribers are to receive: the highest of the revisions that ?1 gives
 * for the topic's selections.
 */
const owing = `(SELECT max(value) FROM json_each(?1)
  WHERE key = topic.path OR key IN (SELECT value FROM json_each(${others})))`

/** SQL for the revision of the comments that a topic shows; null for other topics. */
const ofComments = '(SELECT discussion.revision FROM discussion WHERE discussion.path = topic.path)'

/** SQL for the last revision that any comments have, if a topic shows comments, perhaps under a former path; null for other topics. */
const lastOfComments = `iif(topic.path = '${allComments}' OR topic.path GLOB 'articles/?*/comments',
  (SELECT discussion.revision FROM discussion WHERE discussion.path = '${allComments}'), NULL)`

/**
 * SQL that corrects the revision of a topic if no save can have given it, because the topic's subscribers would be
 * owed that revision for ever. A store in which nothing was ever saved has the revision 0, and the feed of all articles
 * has a higher one. The revision of comments may be higher than that of the site.
 */
const correctRevisions = `UPDATE topic
  SET revision = coalesce((SELECT ${integerOr('selection.revision', '0')} FROM selection WHERE selection.path = topic.path), ${ofComments}, 0)
  WHERE typeof(revision) <> 'integer'
    OR ((SELECT site.revision FROM site) BETWEEN 1 AND revision - 1 AND coalesce(${lastOfComments}, 0) < revision)`

const listOfEffects = hubEffects.map((effect) => `'${effect}'`).join(', ')

interface OutboxRow {
  effect: (typeof hubEffects)[number]
  revision: number
  paths: string
}

type OwedRow = Owed & { secret: string | null }

/** Whether a delivery to the row's callback is possible; a bad row is left out. */
function isCallable({ number, asked, callback, secret }: OwedRow, tell: Tell): boolean {
  if (areTexts([asked, callback, secret ?? '']) && URL.canParse(callback)) return true
  tell('subscription', number, { field: 'callback', reason: 'must be an address' })
  return false
}

/** Reads the paths of the selections of all topics. */
async function everyPath(database: D1Database): Promise<string[]> {
  const { results } = await database
    .prepare('SELECT topic, path, others FROM topic')
    .all<{ topic: string; path: string; others: string }>()
  return ['', ...results.flatMap(pathsIn)]
}

type DeliveryStore = Pick<
  HubStore,
  'settle' | 'forget' | 'owed' | 'claim' | 'record' | 'release' | 'pathsOf' | 'follow'
>

/** SQL for the milliseconds of the last delivery to a subscription; null if the column contains no number. */
const lastTook = integerOr('took', 'NULL')

/**
 * The part of the hub's store in D1 that records which revision each subscriber has yet to receive. A message
 * on the queue only says that there is work, and does not contain this information.
 */
export function deliveriesOn(database: D1Database, clock: Clock, tell: Tell): DeliveryStore {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  return {
    async settle() {
      const [, waiting] = await database.batch([
        run(correctRevisions),
        run(
          `SELECT effect, revision, paths FROM effect WHERE effect IN (${listOfEffects}) ORDER BY effect, revision`,
        ),
      ])
      const results = rowsOf<OutboxRow>(waiting)
      const upTo: Record<keyof SettledRevisions, number> = { websub: 0, 'websub-comments': 0 }
      if (results.length === 0) return { paths: [], upTo }
      const revisions: Record<string, number> = {}
      for (const { effect, revision, paths } of results) {
        upTo[effect] = revision
        const listed = listIn(paths)
        if (!listed) tell('effect', revision, { field: 'paths', reason: 'must be a list of texts' })
        // Nobody knows which selections the save of a bad row changed. Therefore every topic counts as changed.
        for (const path of listed ?? (await everyPath(database))) revisions[path] = revision
      }
      const touching = JSON.stringify(revisions)
      await database.batch([
        run(
          `UPDATE topic SET revision = max(${integerOr('revision', '0')}, ${owing}) WHERE ${touched}`,
          touching,
        ),
        run(
          `UPDATE subscription SET next = max(?2, ${integerOr('wait_until', '0')}) WHERE attempts > 0 AND next > ?2 AND tried_at <= ?3
             AND topic IN (SELECT topic FROM topic WHERE ${touched})`,
          ...[touching, clock(), clock() - retryAfterMilliseconds],
        ),
      ])
      return { paths: Object.keys(revisions), upTo }
    },

    async forget(upTo) {
      const read = hubEffects.filter((effect) => upTo[effect] > 0)
      if (read.length === 0) return
      const sql = 'DELETE FROM effect WHERE effect = ?1 AND revision <= ?2'
      await database.batch(read.map((effect) => run(sql, effect, upTo[effect])))
    },

    async owed() {
      const { results } = await run(
        `SELECT topic, number, attempts, ${lastTook} AS took FROM subscription JOIN topic USING (topic)
         WHERE delivered < topic.revision AND next <= ?1 AND expires > ?1
         ORDER BY row_number() OVER (PARTITION BY topic, host ORDER BY number), topic, number`,
        clock(),
      ).all<{ topic: string; number: number; attempts: number; took: number | null }>()
      return results.map(({ took, ...one }) => ({ ...one, ...(took !== null && { took }) }))
    },

    async claim(topic, numbers) {
      const now = clock()
      const [owing, taken] = await database.batch([
        run('SELECT revision FROM topic WHERE topic = ?1', topic),
        run(
          `UPDATE subscription SET next = ?3 + ${deliveryClaimMilliseconds}, tried_at = ?3
           WHERE number IN (SELECT value FROM json_each(?2)) AND topic = ?1 AND next <= ?3 AND expires > ?3
             AND delivered < (SELECT revision FROM topic WHERE topic = ?1)
           RETURNING number, asked, callback, secret, attempts`,
          ...[topic, JSON.stringify(numbers), now],
        ),
      ])
      const revision = rowsOf<{ revision: number }>(owing)[0]?.revision ?? 0
      const rows = rowsOf<OwedRow>(taken)
        .filter((row) => isCallable(row, tell))
        .map((row) => ({ ...row, attempts: isInstant(row.attempts) ? row.attempts : 0 }))
        .sort((a, b) => a.attempts - b.attempts || numbers.indexOf(a.number) - numbers.indexOf(b.number))
      return {
        revision: Number.isSafeInteger(revision) ? revision : 0,
        owed: rows.map(({ secret, ...row }) => ({ ...row, ...(secret !== null && { secret }) })),
      }
    },

    async record(revision, deliveries) {
      const of = (kind: Delivery['kind']) => JSON.stringify(deliveries.filter((one) => one.kind === kind))
      const numbers = "SELECT value ->> 'number' FROM json_each(?1)"
      const results = await database.batch([
        run(
          `UPDATE subscription SET delivered = max(delivered, ?2), delivered_at = taken.value ->> 'at', next = 0,
             attempts = 0, took = taken.value ->> 'took', failing_since = NULL, failure = NULL, wait_until = NULL
           FROM json_each(?1) AS taken WHERE subscription.number = taken.value ->> 'number'`,
          ...[of('taken'), revision],
        ),
        run(
          `UPDATE subscription SET attempts = attempts + 1, next = (failed.value ->> 'at') + (failed.value ->> 'pause'),
             took = failed.value ->> 'took', failing_since = coalesce(failing_since, failed.value ->> 'at'),
             failure = failed.value ->> 'failure', wait_until = (failed.value ->> 'at') + (failed.value ->> 'wait')
           FROM json_each(?1) AS failed WHERE subscription.number = failed.value ->> 'number'`,
          of('failed'),
        ),
        run(`DELETE FROM subscription WHERE number IN (${numbers})`, of('gone')),
        run(
          `SELECT number FROM subscription JOIN topic USING (topic)
           WHERE number IN (${numbers}) AND delivered < topic.revision`,
          of('taken'),
        ),
      ])
      return rowsOf<{ number: number }>(results[3]).map(({ number }) => number)
    },

    async release(numbers) {
      await run(
        `UPDATE subscription SET next = min(next, ?2) WHERE number IN (SELECT value FROM json_each(?1))`,
        ...[JSON.stringify(numbers), clock()],
      ).run()
    },

    async pathsOf(topic) {
      const row = await run('SELECT topic, path, others FROM topic WHERE topic = ?1', topic).first<{
        topic: string
        path: string
        others: string
      }>()
      if (!row) return undefined
      if (!listIn(row.others)) tell('topic', topic, { field: 'others', reason: 'must be a list of texts' })
      return pathsIn(row)
    },

    async follow(topic, from, to) {
      await run(
        `UPDATE topic SET path = CASE path WHEN ?2 THEN ?3 ELSE path END,
           others = (SELECT json_group_array(CASE value WHEN ?2 THEN ?3 ELSE value END) FROM json_each(${others}))
         WHERE topic = ?1`,
        ...[topic, from, to],
      ).run()
    },
  }
}
