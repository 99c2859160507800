import type { Head } from '../domain/store.ts'
import {
  countedSize,
  integerOr,
  integerOrNullOr,
  lastArchive,
  nextChange,
  siteDueAfter,
  textOr,
} from './columns.ts'
import { revisionColumn, siteRevision } from './revisions.ts'

/**
 * The columns from which a head (a selection's metadata without its articles) is made. They are read from the
 * selection's row and from the site's row; `path` is null in the site's row.
 */
interface HeadRow {
  path: string | null
  title: string
  revision: number | null
  /** Null if the date is bad; then no answer may have a date. */
  revised: number | null
  due: number | null
  size: number
  latest: number | null
  departed: number
  digest: string
  since: number | null
  siteDue: number | null
}

/**
 * Marks a row whose scheduled changes could not be saved although their time has come. The value is the instant
 * at which the row was read.
 */
export interface Overdue {
  overdue?: number
}

/** SQL for the columns of a head. If the date is bad, it is null. */
const columns = [
  [textOr('title', "''"), 'title'],
  [revisionColumn, 'revision'],
  [integerOr('revised', 'NULL'), 'revised'],
  [integerOrNullOr('due', nextChange), 'due'],
  [integerOr('size', countedSize), 'size'],
  [integerOrNullOr('latest', lastArchive), 'latest'],
  [integerOr('departed', siteRevision), 'departed'],
]
  .map(([sql, name]) => `${sql} AS ${name}`)
  .join(', ')

type SiteRow = Pick<HeadRow, 'digest' | 'since' | 'siteDue'>

/**
 * Reads the rows of one or more selections, the site's row, and the first row of the schedule after `now` (epoch
 * milliseconds). D1 counts exactly one row read for each of these rows. The query has one SELECT for each selection,
 * because with the operator IN, D1 would count each entry of the list as a row read too.
 */
export async function readHeads(
  database: D1Database,
  paths: readonly string[],
  now: number,
): Promise<HeadRow[]> {
  const arms = paths.map(
    (_, at) => `SELECT path, ${columns}, NULL AS digest, NULL AS since, NULL AS siteDue
      FROM selection WHERE path = ?${at + 1} UNION ALL`,
  )
  const { results } = await database
    .prepare(
      `${arms.join(' ')}
       SELECT NULL, '', NULL, 0, NULL, 0, NULL, 0, digest, ${integerOr('since', 'NULL')},
         ${siteDueAfter(`?${paths.length + 1}`)} FROM site WHERE one = 1`,
    )
    .bind(...paths, now)
    .all<HeadRow & Record<string, unknown>>()
  const { digest, since, siteDue } = results.at(-1) as SiteRow
  return results.map((row) => ({ ...row, digest, since, siteDue }))
}

/**
 * Finds the head of a selection among the rows; returns undefined if the selection has never been public. A
 * selection that an overdue change makes public has the revision 0.
 */
export function headIn(rows: readonly (HeadRow & Overdue)[], wanted: string): Head | undefined {
  const row = rows.find(({ path }) => path === wanted)
  if (!row || !(row.revision ?? row.overdue)) return undefined
  const { title, revised, due, siteDue, latest, size, departed, since, overdue } = row
  return {
    path: wanted,
    title,
    revision: row.revision ?? 0,
    revised: revised ?? 0,
    ...(since !== null && revised !== null && { since }),
    size,
    departed,
    ...(latest !== null && { latest }),
    ...(due !== null && { due }),
    ...(siteDue !== null && { siteDue }),
    ...(overdue !== undefined && { overdue }),
  }
}
