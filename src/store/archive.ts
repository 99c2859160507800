import type { Article } from '../domain/article.ts'
import { archivePath } from '../domain/history.ts'
import type { ArchiveHead } from '../domain/ports.ts'
import { articlesOf, type StoredOf } from './articles.ts'

interface ArchiveRow {
  archive: number | null
  earlier: number | null
  later: number | null
  revision: number
  revised: number
  due: number | null
  digest: string
  since: number
}

/** The row of an archive with the site's: two rows read. */
export async function readArchiveHead(
  database: D1Database,
  path: string,
  archive: number,
): Promise<ArchiveRow[]> {
  const { results } = await database
    .prepare(
      `SELECT archive.part AS archive, archive.earlier, archive.later, archive.revision, archive.revised,
         archive.due, site.digest, site.since
       FROM site LEFT JOIN archive ON archive.selection = ?1 AND archive.part = ?2 WHERE site.one = 1`,
    )
    .bind(path, archive)
    .all<ArchiveRow & Record<string, unknown>>()
  return results
}

export function archiveHeadOf(row: ArchiveRow, path: string): ArchiveHead | undefined {
  const { archive, earlier, later, revision, revised, due, since } = row
  if (archive === null) return undefined
  return {
    path: archivePath(path, archive),
    archive,
    revision,
    revised,
    since,
    ...(earlier !== null && { earlier }),
    ...(later !== null && { later }),
    ...(due !== null && { due }),
  }
}

/** What of an archive's articles anybody can see, the newest first, and the title of its selection. */
export async function readArchived(
  database: D1Database,
  path: string,
  archive: number,
  storedOf: StoredOf,
): Promise<{ title: string; articles: Article[] }> {
  const row = await database
    .prepare(
      `SELECT selection.title, archive.articles FROM archive
       JOIN selection ON selection.path = archive.selection WHERE archive.selection = ?1 AND archive.part = ?2`,
    )
    .bind(path, archive)
    .first<{ title: string; articles: string }>()
  if (!row) return { title: '', articles: [] }
  const numbers = (JSON.parse(row.articles) as number[]).toSorted((one, other) => other - one)
  const stored = await articlesOf(database, numbers, [path], storedOf)
  const articles = stored.map(({ article }) => article)
  // Sorting keeps the order of what is equal, which is that of the numbers: as everywhere, the newest first.
  return { title: row.title, articles: articles.sort(byPublished) }
}

const byPublished = (one: Article, other: Article): number =>
  Date.parse(other.published) - Date.parse(one.published)
