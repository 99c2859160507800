/** SQL for the revision of the site, which is the revision of the last save. */
export const siteRevision = '(SELECT revision FROM site)'

/** A revision that is further ahead of the present was written by a clock that was wrong. */
const maxAheadMilliseconds = 3_600_000

/**
 * SQL for the instant (epoch milliseconds) of the last save in the order in which saves are committed: each is later than the one before,
 * whichever clock has read which time. `now` is SQL for the present instant, which counts if a clock was wrong.
 */
export const lastSave = (now: string): string =>
  `(SELECT iif(revision <= ${now} + ${maxAheadMilliseconds}, revision, ${now}) FROM site)`

/**
 * SQL like `lastSave` for the last save up to which it is settled whom saves concern: what a later one has made public may be owed to
 * a subscriber at once, which nobody knows yet.
 */
export const lastSettled = (now: string): string =>
  `min(${lastSave(now)}, coalesce((SELECT min(revision) - 1 FROM effect WHERE effect = 'notify'), ${lastSave(now)}))`

/**
 * SQL for the revision of a row of `selection`; null if the selection has never been public. If the revision is bad,
 * the revision of the site takes its place, because it changes with every save. The selection of all articles
 * always exists, so its revision is never null.
 */
export const revisionColumn = `iif(revision IS NULL AND path <> '', NULL,
  iif(typeof(revision) = 'integer' AND revision > 0, revision, ${siteRevision}))`

/** SQL for the revision of the selection whose path an SQL expression gives. Reads one row. */
export const revisionOf = (path: string): string =>
  `(SELECT ${revisionColumn} FROM selection WHERE path = ${path})`

/** SQL for the revision of the selection of all articles, which changes with every public change. */
export const wholeRevision = revisionOf("''")

/**
 * Appends to a query one row, whose first column contains revisions as a JSON list; `revisions` is the SQL of each.
 * `columns` is the number of the query's columns. One statement reads one state of the database. Therefore the
 * content in the other rows is the content at these revisions.
 */
export function withRevisions(query: string, columns: number, revisions: readonly string[]): string {
  const nulls = ', NULL'.repeat(columns - 1)
  return `${query} UNION ALL SELECT json_array(${revisions.join(', ')})${nulls}`
}

/** Runs a query that `withRevisions` made. Returns its rows and the revisions at which they were read. */
export async function readWithRevisions<Row>(
  statement: D1PreparedStatement,
): Promise<{ rows: Row[]; revisions: (number | null)[] }> {
  const { results } = await statement.all<Record<string, unknown>>()
  const [revisions] = Object.values(results.pop() ?? {})
  return { rows: results as Row[], revisions: JSON.parse(revisions as string) }
}

/** Runs a query that `withRevisions` made with the revision of one selection or sitemap. */
export async function readWithRevision<Row>(
  statement: D1PreparedStatement,
): Promise<{ rows: Row[]; revision: number | null }> {
  const { rows, revisions } = await readWithRevisions<Row>(statement)
  return { rows, revision: revisions[0] ?? null }
}
