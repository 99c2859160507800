import { nextSecond } from '../domain/instant.ts'
import {
  invalidPath,
  isMove,
  type KnownPath,
  type PathReply,
  type PathStore,
  pathInUse,
} from '../domain/path.ts'
import type { Clock } from '../domain/ports.ts'
import { success } from '../domain/problem.ts'
import { revisedAs } from './archives.ts'
import { savedIn, savedSql } from './effects.ts'

/**
 * Returns an SQL condition that is true if a path is in use: by an article in any state, or by a selection that
 * is or was public.
 */
const isLive = (path: string) =>
  `CASE WHEN ${path} GLOB 'articles/*' THEN EXISTS (SELECT 1 FROM article WHERE article.slug = substr(${path}, 10))
    ELSE EXISTS (SELECT 1 FROM selection AS known WHERE known.path = ${path} AND known.revision IS NOT NULL) END`

/**
 * SQL for the known paths to save, as rows; ?1 is a JSON list of them. If the path to which a redirect leads
 * has itself been moved, the redirect is saved with the newer path.
 */
const incoming = `(SELECT value ->> 'path' AS path, iif(value ->> 'seen', '', value ->> 'title') AS title, value ->> 'to' AS destination,
    coalesce((SELECT target FROM redirect WHERE redirect.path = value ->> 'to'), value ->> 'to') AS target
  FROM json_each(?1)) AS incoming`

const opened = `incoming.title IS NOT NULL AND NOT EXISTS (SELECT 1 FROM selection AS present
  WHERE present.path = incoming.path AND present.revision IS NOT NULL AND incoming.title IN (present.title, ''))`
const moved = `incoming.target <> incoming.path AND NOT ${isLive('incoming.path')} AND ${isLive('incoming.target')}
  AND NOT EXISTS (SELECT 1 FROM redirect AS present
    WHERE present.path = incoming.path AND present.target = incoming.target)`

/**
 * The SQL statements that save known paths: names of selections, former addresses, and addresses of withdrawn
 * articles. Each statement checks the stored data itself, so no statement depends on data that was read
 * before the save.
 */
const statements = [
  `UPDATE site SET revision = max(revision + 1, ?2)
   WHERE EXISTS (SELECT 1 FROM ${incoming} WHERE ${opened} OR ${moved}) RETURNING revision`,
  `UPDATE selection SET revision = (SELECT revision FROM site), revised = ${revisedAs('?3')}
   WHERE path = '' AND EXISTS (SELECT 1 FROM ${incoming} WHERE ${opened})`,
  // The archives of a selection show the selection's name, so a new name changes the archives too.
  `UPDATE archive SET revision = (SELECT revision FROM site), revised = ${revisedAs('?3')}
   WHERE selection IN (SELECT incoming.path FROM ${incoming} WHERE ${opened})`,
  `INSERT INTO selection (path, title, revision, revised)
   SELECT incoming.path, incoming.title, site.revision, ?3 FROM ${incoming}, site WHERE ${opened}
   ON CONFLICT (path) DO UPDATE SET title = excluded.title, revision = excluded.revision,
     revised = ${revisedAs('?3', { column: 'selection.revised' })} RETURNING path`,
  `INSERT INTO redirect (path, target) SELECT incoming.path, incoming.target FROM ${incoming} WHERE ${moved}
   ON CONFLICT (path) DO UPDATE SET target = excluded.target RETURNING path`,
  `SELECT incoming.path AS given, ${isLive('incoming.path')} AS live,
     incoming.title IS NOT NULL OR redirect.target IS incoming.target AS stands
   FROM ${incoming} LEFT JOIN redirect ON redirect.path = incoming.path`,
  savedSql,
]

/**
 * SQL condition that leaves bad rows out of the list. SQL checks it and not the caller, because a page with fewer rows
 * than its limit is the last one.
 */
const areTexts = (...columns: string[]): string =>
  columns.map((column) => `typeof(${column}) = 'text'`).join(' AND ')

type PathRow = { path: string; title: string | null; target: string | null }

interface Stand {
  live: boolean
  stands: boolean
}

/** The store of known paths, in D1. */
export function d1Paths(database: D1Database, clock: Clock): PathStore {
  return {
    async list(after, limit) {
      const { results } = await database
        .prepare(
          `SELECT path, title, NULL AS target FROM selection
           WHERE path > ?1 AND revision IS NOT NULL AND path NOT GLOB 'articles/*' AND ${areTexts('path', 'title')}
           UNION ALL SELECT path, NULL, target FROM redirect
             WHERE path > ?1 AND NOT ${isLive('redirect.path')} AND ${areTexts('path', 'target')}
           UNION ALL SELECT 'articles/' || slug, NULL, NULL FROM article
             WHERE shown = 0 AND status = 'withdrawn' AND was_shown = 1 AND 'articles/' || slug > ?1
           ORDER BY path LIMIT ?2`,
        )
        .bind(after, limit)
        .all<PathRow>()
      return results.map(({ path, title, target }) => {
        if (target !== null) return { path, to: target }
        return title === null ? { path, seen: true } : { path, title }
      })
    },

    async save(paths) {
      if (paths.length === 0) return { replies: [], revision: 0, touched: [] }
      const now = clock()
      const given = [JSON.stringify(paths), now, nextSecond(now)]
      const results = await database.batch<Record<string, unknown>>(
        statements.map((sql) => {
          const used = given.filter((_, at) => sql.includes(`?${at + 1}`))
          return database.prepare(numbered(sql)).bind(...used)
        }),
      )
      const [revised, , , opened, moved, stands] = results.map((result) => result.results)
      const changed = [...(opened ?? []), ...(moved ?? [])]
      const saved = new Set(changed.map(({ path }) => String(path)))
      const standing = new Map(
        (stands ?? []).map((row) => [row.given, { stands: row.stands === 1, live: row.live === 1 }]),
      )
      const isChanged = (revised ?? []).length > 0
      return {
        replies: paths.map((path) => replyTo(path, saved, standing.get(path.path))),
        ...(isChanged ? savedIn(results) : { revision: 0, touched: [] }),
      }
    },
  }
}

/**
 * D1 requires as many values as the highest parameter number in a statement. Therefore ?3 becomes ?2 in a
 * statement that does not use ?2.
 */
const numbered = (sql: string): string => (sql.includes('?2') ? sql : sql.replaceAll('?3', '?2'))

function replyTo(known: KnownPath, saved: ReadonlySet<string>, stand: Stand | undefined): PathReply {
  if (saved.has(known.path)) return success('saved')
  if (stand?.stands && !(isMove(known) && stand.live)) return success('unchanged')
  if (stand?.live) return invalidPath(known.path, pathInUse)
  return invalidPath(known.path, 'to: must be the path of an existing article, section, tag or author')
}
