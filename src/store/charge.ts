/** The minimum number of milliseconds between two changes of the version in charge. */
const chargeMilliseconds = 60_000

/**
 * Returns SQL for the `since` of a version that takes charge at the instant `now`, an SQL parameter. The date is later
 * than each date that an answer may have: it is after that instant, after the last save (whose revision is the time of
 * the save or later, even if the clock was set back afterwards), after the dates of the selection of all
 * articles and of the comments on all articles, and after the former `since`. No selection and no comments have a later date.
 * If another version was in charge, the date is a second later still, because an isolate of that version may use the
 * heads in its memory for up to a second.
 */
export const laterThanAllDates = (now: string): string =>
  `max((CAST(max(${now}, revision) AS INTEGER) / 1000 + iif(digest = '', 1, 2)) * 1000,
  (SELECT coalesce(max(revised), 0) + 1000 FROM selection WHERE path = ''),
  (SELECT coalesce(max(revised), 0) + 1000 FROM discussion WHERE path = 'comments'), since + 1000)`

/**
 * SQL for whether the date of the last save is more than a second ahead. `since` would then be more than two seconds
 * ahead, so the version takes charge later.
 */
const isAhead = `EXISTS (SELECT 1 FROM selection
  WHERE path = '' AND typeof(revised) = 'integer' AND revised > max(?2, site.revision) + 1000
  UNION ALL SELECT 1 FROM discussion WHERE path = 'comments' AND revised > max(?2, site.revision) + 1000)`

/** Puts a version in charge if the SQL condition `allowed` holds. Returns whether the version in charge changed. */
async function putInCharge(
  database: D1Database,
  digest: string,
  now: number,
  allowed: string,
): Promise<boolean> {
  const { meta } = await database
    .prepare(
      `UPDATE site SET digest = ?1, charged = ?2, since = ${laterThanAllDates('?2')}
       WHERE one = 1 AND digest <> ?1 AND (${allowed}) AND NOT ${isAhead}`,
    )
    .bind(digest, now)
    .run()
  return meta.changes > 0
}

/** Puts the version with this digest in charge if no version is in charge. */
export const takeFreeCharge = (database: D1Database, digest: string, now: number): Promise<boolean> =>
  putInCharge(database, digest, now, "digest = ''")

/**
 * Puts the version with this digest in charge. Returns false if it already is in charge, or if another version
 * took charge less than a minute ago.
 */
export const takeCharge = (database: D1Database, digest: string, now: number): Promise<boolean> =>
  putInCharge(database, digest, now, `digest = '' OR abs(?2 - charged) >= ${chargeMilliseconds}`)

/** SQL that does what `allowChange` does, for the command that deploys. */
export const allowChangeSql = 'UPDATE site SET charged = 0'

/** Allows the next cron run to change the version in charge, even if it was changed less than a minute ago. */
export async function allowChange(database: D1Database): Promise<void> {
  await database.prepare(allowChangeSql).run()
}
