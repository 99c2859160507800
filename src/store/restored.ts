import { digestSchedules } from '../domain/notify.ts'
import { revisedAs } from './archives.ts'
import { laterThanAllDates } from './charge.ts'
import { listOr } from './columns.ts'
import { purgeAll } from './effects.ts'
import { passLostNumbers } from './hub/numbers.ts'
import { siteRevision } from './revisions.ts'

/**
 * SQL for the selections of the feeds that have subscribers, and of the feeds whose subscription is not yet
 * verified.
 */
const subscribed = ['topic', 'verification']
  .map(
    (table) =>
      `SELECT path FROM ${table} UNION SELECT other.value FROM ${table}, json_each(${listOr('others', "'[]'")}) AS other`,
  )
  .join(' UNION ')

/**
 * SQL that forgets what the restored database would tell people at the instant ?1, because the lost future may have told them already.
 * Digests have what comes from now on, and the end of an embargo that has passed is told to nobody.
 */
const tellingNobody = [
  "DELETE FROM effect WHERE effect IN ('notify', 'notify-comments')",
  'DELETE FROM notification',
  'DELETE FROM rest',
  // A choice of comments is told up to a revision, which may be ahead of the clock.
  `UPDATE choice SET told = iif(selection IN ('comments', 'replies'),
     max(?1, coalesce((SELECT revision FROM discussion WHERE path = 'comments'), 0)), ?1)`,
  'UPDATE article SET quiet = 1 WHERE shown = 0 AND appears <= ?1',
  `INSERT INTO digest (schedule, until) SELECT value, ?1 FROM json_each('${JSON.stringify(digestSchedules)}')
   WHERE EXISTS (SELECT 1 FROM choice) ON CONFLICT DO NOTHING`,
]

/**
 * Returns the statements that move the store on after its database was restored to an earlier point in time.
 * `next` is the next whole second after `now`, in epoch milliseconds. ETags need no change: a revision is at
 * least the time of its save, so no later save gets a lost revision. Only the feeds with subscribers get a
 * new revision, because the hub delivers a feed only if its revision is higher than the one that the
 * subscriber has received. The last statement reads the revision of the store.
 */
export function restoredStatements(database: D1Database, now: number, next: number): D1PreparedStatement[] {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  return [
    run(`UPDATE site SET since = ${laterThanAllDates('?1')}, revision = max(revision + 1, ?1)`, now),
    ...purgeAll.map((sql) => run(sql)),
    run(passLostNumbers, now),
    run(`UPDATE selection SET departed = ${siteRevision}`),
    run(`UPDATE discussion SET departed = ${siteRevision}`),
    run(
      `UPDATE selection SET revision = ${siteRevision}, revised = ${revisedAs('?1')}
       WHERE revision IS NOT NULL AND path IN (${subscribed})`,
      next,
    ),
    run(
      `UPDATE discussion SET revision = max(revision + 1, ${siteRevision}) WHERE revision IS NOT NULL AND path IN (${subscribed})`,
    ),
    ...tellingNobody.map((sql) => (sql.includes('?1') ? run(sql, now) : run(sql))),
    run('SELECT revision FROM site'),
  ]
}
