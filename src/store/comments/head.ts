import { commentModes } from '../../domain/article.ts'
import type { CommentHead } from '../../domain/comment.ts'
import { integerOr } from '../columns.ts'

interface HeadRow {
  path: string | null
  title: string
  language: string
  mode: string | null
  shown: number
  feeds: number
  expires: number | null
  revision: number | null
  revised: number
  departed: number
  size: number
  digest: string
  since: number | null
  siteDue: number | null
}

/**
 * Reads the head of the comments of a path as they are at the instant `now`: two rows, whatever the number of comments. `digest`
 * names the version that asks, because only the version in charge may send dates.
 */
export async function readHead(
  database: D1Database,
  path: string,
  digest: string,
  now: number,
): Promise<CommentHead | undefined> {
  const row = await database
    .prepare(
      `SELECT discussion.path, discussion.title, discussion.language, discussion.mode, discussion.shown, discussion.feeds,
         discussion.expires, discussion.revision, discussion.revised, discussion.departed, discussion.size, site.digest,
         ${integerOr('site.since', 'NULL')} AS since, ${integerOr('site.due', 'NULL')} AS siteDue
       FROM site LEFT JOIN discussion ON discussion.path = ?1 WHERE site.one = 1`,
    )
    .bind(path)
    .first<HeadRow & Record<string, unknown>>()
  if (!row || row.path === null) return undefined
  const { title, language, mode, shown, feeds, expires, revision, revised, departed, size, since, siteDue } =
    row
  const own = commentModes.find((one) => one === mode)
  return {
    ...{ path, title, language, revision, revised, departed, size },
    ...(own && { mode: own }),
    ...(row.digest === digest && since !== null && { since }),
    ...(expires !== null && { due: expires }),
    ...(siteDue !== null && { siteDue }),
    isShown: shown === 1 && (expires === null || now < expires),
    hasFeeds: feeds === 1,
  }
}
