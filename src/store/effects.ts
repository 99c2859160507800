import {
  againSeconds,
  type EffectStore,
  type HeldPurge,
  maxTags,
  pauseMilliseconds,
  urgentPauseMilliseconds,
} from '../domain/effect.ts'
import type { Clock } from '../domain/ports.ts'
import { listIn, rowsOf } from './hub/rows.ts'

/**
 * Milliseconds for which a job has taken up a purge, so that no other job makes the same call. The time is longer
 * than a call takes. If the job is killed, the purge is taken up again after this time.
 */
export const purgeClaimMilliseconds = 30_000

/**
 * SQL for whether a row may be taken up at ?1, the current time. A row whose time is further away than any that
 * this file writes was written by a clock that was wrong.
 */
const due = `effect = 'purge' AND next NOT BETWEEN ?1 + 1 AND ?1 + 600000`
const isWaiting = `EXISTS (SELECT 1 FROM effect WHERE ${due})`
const last = `(SELECT max(revision) FROM effect WHERE ${due})`

/** SQL for the pause between two calls for the waiting purges. */
const pause = `iif(EXISTS (SELECT 1 FROM effect WHERE ${due} AND urgent = 1), ${urgentPauseMilliseconds}, ${pauseMilliseconds})`

/**
 * The statements that take up the waiting purges. ?1 is the current time. The newest row of more than a hundred
 * becomes the row for all copies, and the older rows are deleted. The rows are taken up only if the pause is over.
 */
const taking = [
  `UPDATE effect SET paths = NULL, attempts = attempts + 1,
     urgent = (SELECT max(urgent) FROM effect WHERE ${due}), accepted = (SELECT min(accepted) FROM effect WHERE ${due})
   WHERE effect = 'purge' AND revision = ${last}
     AND (SELECT count(*) FROM (SELECT 1 FROM effect WHERE ${due} LIMIT ${maxTags + 1})) > ${maxTags}`,
  `DELETE FROM effect WHERE ${due} AND revision < ${last}
     AND EXISTS (SELECT 1 FROM effect WHERE effect = 'purge' AND revision = ${last} AND paths IS NULL)
     AND accepted >= (SELECT accepted FROM effect WHERE effect = 'purge' AND revision = ${last})`,
  `UPDATE effect SET attempts = attempts + 1, next = ?1 + ${purgeClaimMilliseconds}
   WHERE ${due} AND (SELECT purged FROM site) NOT BETWEEN ?1 - ${pause} + 1 AND ?1 + 60000
   RETURNING revision, attempts, urgent, accepted, iif(json_array_length(paths) > ${maxTags}, NULL, paths) AS paths`,
  `UPDATE site SET purged = ?1
   WHERE EXISTS (SELECT 1 FROM effect WHERE effect = 'purge' AND next = ?1 + ${purgeClaimMilliseconds})`,
  `SELECT purged + ${pause} - ?1 AS remaining FROM site WHERE ${isWaiting}`,
]

interface Row {
  revision: number
  paths: string | null
  urgent: number
  accepted: number
  attempts: number
}

/** SQL for the rows of the purges in ?1 that nobody else has taken up since. */
const held = `effect = 'purge' AND (revision, attempts) IN (SELECT value ->> 0, value ->> 1 FROM json_each(?1))`

/** The store of the effects of saves, in D1. */
export function effectStore(database: D1Database, clock: Clock): EffectStore {
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  const keysOf = (purges: readonly HeldPurge[]) =>
    JSON.stringify(purges.map(({ revision, attempts }) => [revision, attempts]))
  return {
    async takePurges() {
      const now = clock()
      const results = await database.batch(taking.map((sql) => run(sql, now)))
      const waitMilliseconds = rowsOf<{ remaining: number }>(results[4])[0]?.remaining
      return {
        purges: rowsOf<Row>(results[2]).map(purgeOf),
        ...(waitMilliseconds !== undefined && { waitMilliseconds }),
      }
    },

    async accept(purges) {
      await database.batch([
        run(`DELETE FROM effect WHERE ${held}`, keysOf(purges.filter(({ accepted }) => accepted))),
        run(
          `UPDATE effect SET accepted = 1, next = ?2 WHERE ${held}`,
          ...[keysOf(purges.filter(({ accepted }) => !accepted)), clock() + againSeconds * 1000],
        ),
      ])
    },

    async refuse(purges) {
      await run(
        `UPDATE effect SET next = ?2 + iif(urgent = 1, ${urgentPauseMilliseconds}, ${pauseMilliseconds}) WHERE ${held}`,
        ...[keysOf(purges), clock()],
      ).run()
    },

    async drop(kind) {
      await run('DELETE FROM effect WHERE effect = ?1', kind).run()
    },
  }
}

const purgeOf = ({ paths, urgent, accepted, ...row }: Row): HeldPurge => ({
  revision: row.revision,
  attempts: row.attempts,
  paths: listIn(paths) ?? 'all',
  urgent: urgent === 1,
  accepted: accepted === 1,
})

/**
 * The statement with which the batch of a save ends: it reads the revision of the save, and the paths of the purge
 * that the batch has stored.
 */
export const savedSql = `SELECT revision, (SELECT paths FROM effect WHERE effect = 'purge' AND effect.revision = site.revision) AS paths
  FROM site`

/** SQL that makes the purge of the current save urgent, if the save has one. */
export const urgentSql = `UPDATE effect SET urgent = 1 WHERE effect = 'purge' AND revision = (SELECT revision FROM site)`

/**
 * SQL for an urgent purge of all copies at the edge, with the present revision. The purges that waited are a part of it.
 * Later statements of the batch may add paths to it without any change.
 */
export const purgeAll: readonly string[] = [
  "DELETE FROM effect WHERE effect = 'purge'",
  "INSERT INTO effect (effect, revision, urgent) SELECT 'purge', revision, 1 FROM site",
]

/**
 * Returns SQL that adds paths to the purge of the current save. `paths` is an SQL query with the column `path`.
 */
export const purgeAlso = (paths: string): string => `INSERT INTO effect (effect, revision, paths)
  SELECT 'purge', site.revision, listed.paths FROM site, (SELECT json_group_array(path) AS paths FROM (${paths})) AS listed
  WHERE listed.paths <> '[]'
  ON CONFLICT (effect, revision) DO UPDATE SET paths = (SELECT json_group_array(value) FROM
    (SELECT value FROM json_each(effect.paths) UNION SELECT value FROM json_each(excluded.paths)))`

/** Returns the revision of a save and the paths of its purge, from the results of a batch that ends with `savedSql`. */
export function savedIn(results: readonly D1Result[]): { revision: number; touched: string[] } {
  const row = results.at(-1)?.results[0] as { revision: number; paths: string | null } | undefined
  return { revision: row?.revision ?? 0, touched: [...new Set(listIn(row?.paths))] }
}
