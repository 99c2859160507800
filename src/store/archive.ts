import { archivePath } from '../domain/archive.ts'
import type { Archived } from '../domain/revisions.ts'
import { namePath } from '../domain/selection.ts'
import type { ArchiveHead, ArchiveHeads, NameHead, Stored } from '../domain/store.ts'
import { articlesOfArchive } from './archives.ts'
import { articlesOf, type StoredOf } from './articles.ts'
import { integerOr, integerOrNullOr, nextChange, siteDueAfter, textOr } from './columns.ts'
import type { Overdue } from './heads.ts'
import { siteRevision } from './revisions.ts'

/**
 * The database row of an archive, or of a selection's name. `revision` is null if the archive does not exist or
 * if the selection has never been public.
 */
interface ArchiveRow {
  archive: number | null
  earlier: number | null
  later: number | null
  title: string
  revision: number | null
  /** Null if the date is bad; then no answer may have a date. */
  revised: number | null
  due: number | null
  digest: string
  since: number | null
  siteDue: number | null
}

/** SQL for the `due` of the selection of all articles, and so of every archive and sitemap. */
export const listingsDue = integerOrNullOr(
  'site.due',
  `(SELECT ${nextChange} FROM selection WHERE path = '')`,
)

/** SQL for the revision of an archive, and for the revision of the name in a row of `selection`. */
const archiveRevision = integerOrNullOr('archive.revision', siteRevision)
const nameRevision = `iif(revision IS NULL, NULL, ${integerOr('name_revision', siteRevision)})`

/**
 * Returns SQL that reads the name of a selection. The name of a public selection never changes through time
 * alone, so its row has no `due`. If the selection has never been public, the row has the selection's `due`
 * (the next instant of a scheduled change), because that change can make the selection public.
 */
const nameOf = (_: string, at: number): string =>
  `UNION ALL SELECT NULL, NULL, NULL, ${textOr('title', "''")}, ${nameRevision}, ${integerOr('name_revised', 'NULL')},
     iif(revision IS NULL, ${integerOrNullOr('due', nextChange)}, NULL), NULL, NULL, NULL FROM selection WHERE path = ?${at + 3}`

/**
 * Reads the row of an archive of the selection `path`, and one row with the name of each selection in `others`.
 * Each row also has the site's digest (a hash of renderers and settings).
 */
export async function readArchiveHeads(
  database: D1Database,
  path: string,
  archive: number,
  others: readonly string[],
  now: number,
): Promise<ArchiveRow[]> {
  const { results } = await database
    .prepare(
      `SELECT archive.part AS archive, ${integerOr('archive.earlier', 'NULL')} AS earlier,
         ${integerOr('archive.later', 'NULL')} AS later, '' AS title,
         ${archiveRevision} AS revision, ${integerOr('archive.revised', 'NULL')} AS revised,
         ${listingsDue} AS due, site.digest, ${integerOr('site.since', 'NULL')} AS since,
         ${siteDueAfter(`?${others.length + 3}`)} AS siteDue
       FROM site LEFT JOIN archive ON archive.selection = ?1 AND archive.part = ?2 WHERE site.one = 1
       ${others.map(nameOf).join(' ')}`,
    )
    .bind(path, archive, ...others, now)
    .all<ArchiveRow & Record<string, unknown>>()
  const { digest, since, siteDue } = results[0] as ArchiveRow
  return results.map((row) => ({ ...row, digest, since, siteDue }))
}

/**
 * Makes the head of an archive and a `NameHead` for each selection in `others`, from their rows. The row of
 * the archive is the first; the rows of `others` follow in the order of `others`. Returns undefined if the
 * archive does not exist or if one of the selections has never been public.
 */
export function archiveHeadsIn(
  [first, ...names]: readonly (ArchiveRow & Overdue)[],
  path: string,
  others: readonly string[],
): ArchiveHeads | undefined {
  const head = first && archiveHeadOf(first, path)
  const heads = names.flatMap((row, at) => nameHeadOf(row, others[at] as string) ?? [])
  return head && heads.length === others.length ? [head, ...heads] : undefined
}

function archiveHeadOf(row: ArchiveRow & Overdue, path: string): ArchiveHead | undefined {
  const { archive, earlier, later, revision, revised, due, siteDue, since, overdue } = row
  if (archive === null || revision === null) return undefined
  return {
    path: archivePath(path, archive),
    archive,
    revision,
    revised: revised ?? 0,
    ...(since !== null && revised !== null && { since }),
    ...(earlier !== null && { earlier }),
    ...(later !== null && { later }),
    ...(due !== null && { due }),
    ...(siteDue !== null && { siteDue }),
    ...(overdue !== undefined && { overdue }),
  }
}

function nameHeadOf(row: ArchiveRow & Overdue, path: string): NameHead | undefined {
  const { title, revision, revised, since, overdue } = row
  if (revision === null && overdue === undefined) return undefined
  return {
    path: namePath(path),
    title,
    revision: revision ?? 0,
    revised: revised ?? 0,
    ...(since !== null && revised !== null && { since }),
    ...(overdue !== undefined && { overdue }),
  }
}

interface ArchiveQuery {
  path: string
  archive: number
  others: readonly string[]
  at: number | undefined
}

/**
 * Reads an archive of the selection `path`. The result contains the title of this selection, and those public
 * articles of the archive that are also in every selection of `others`, the newest first. With `at`, the
 * articles are those that are public at this instant. The revisions are those of the archive and of the names of
 * `others`.
 */
export async function readArchived(
  database: D1Database,
  { path, archive, others, at }: ArchiveQuery,
  storedOf: StoredOf,
): Promise<Archived> {
  const row = await database
    .prepare(
      `SELECT ${textOr('selection.title', "''")} AS title, ${articlesOfArchive} AS articles FROM archive
       JOIN selection ON selection.path = archive.selection WHERE archive.selection = ?1 AND archive.part = ?2`,
    )
    .bind(path, archive)
    .first<{ title: string; articles: string }>()
  if (!row) return { title: '', articles: [], revisions: [] }
  const numbers = (JSON.parse(row.articles) as number[]).toSorted((one, other) => other - one)
  const query = {
    ...{ numbers, paths: [path, ...others], at },
    revisions: [
      `(SELECT ${archiveRevision} FROM archive WHERE selection = ?1 AND part = ?2)`,
      ...others.map((_, at) => `(SELECT ${nameRevision} FROM selection WHERE path = ?${at + 3})`),
    ],
    values: [path, archive, ...others],
  }
  const { articles, revisions } = await articlesOf(database, query, storedOf)
  // The articles are already ordered by number, the highest first. The sort is stable, so articles with the
  // same publication instant keep this order, which is the order of every list.
  return { title: row.title, articles: articles.sort(byPublished).map(({ article }) => article), revisions }
}

const byPublished = ({ article: one }: Stored, { article: other }: Stored): number =>
  Date.parse(other.published) - Date.parse(one.published)
