import { nextSecond } from '../domain/instant.ts'
import {
  invalidPath,
  isMove,
  type KnownPath,
  noTarget,
  type PathReply,
  type PathStore,
  pathInUse,
} from '../domain/path.ts'
import { checkPaths, namesOfPaths } from '../domain/path-check.ts'
import type { Clock } from '../domain/ports.ts'
import { failure, type Problem, success } from '../domain/problem.ts'
import { revisedAs } from './archives.ts'
import { savedIn, savedSql } from './effects.ts'
import { claimStatements, foldedNames, namesAt, readNames } from './names.ts'

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

/** SQL for what stands in the way of known paths, and whether a save would change something. */
const standsSql = `SELECT incoming.path AS given, ${isLive('incoming.path')} AS live, ${opened} OR ${moved} AS changes,
   incoming.title IS NOT NULL OR redirect.target IS incoming.target AS stands
 FROM ${incoming} LEFT JOIN redirect ON redirect.path = incoming.path`

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
  standsSql,
  savedSql,
]

/**
 * SQL condition that leaves bad rows out of the list. SQL checks it and not the caller, because a page with fewer rows
 * than its limit is the last one.
 */
const areTexts = (...columns: string[]): string =>
  columns.map((column) => `typeof(${column}) = 'text'`).join(' AND ')

type PathRow = { path: string; title: string | null; target: string | null; names: string | null }

/** What stands in the way of a known path, and whether a save changes something. */
interface Stand {
  given: string
  live: boolean
  stands: boolean
  changes: boolean
}

/** How many times a save is tried. A try fails if another save gives a path or a name that this one has found free. */
const attempts = 3

/** The store of known paths, in D1. */
export function d1Paths(database: D1Database, clock: Clock): PathStore {
  const checked = async (paths: readonly KnownPath[]) =>
    checkPaths(paths, await readNames(database, namesOfPaths(paths)))

  const saveOnce: PathStore['save'] = async (paths) => {
    const { claims, refused } = await checked(paths)
    const good = paths.filter((path) => !refused.has(path))
    if (good.length === 0) return { replies: repliesTo(paths, refused), revision: 0, touched: [] }
    const now = clock()
    const given = [JSON.stringify(good), now, nextSecond(now)]
    const claiming = claimStatements(database, claims)
    const all = await database.batch<Record<string, unknown>>([
      ...claiming,
      ...statements.map((sql) => {
        const used = given.filter((_, at) => sql.includes(`?${at + 1}`))
        return database.prepare(numbered(sql)).bind(...used)
      }),
    ])
    const results = all.slice(claiming.length)
    const [revised, , , opened, moved, stands] = results.map((result) => result.results)
    const saved = new Set([...(opened ?? []), ...(moved ?? [])].map(({ path }) => path))
    const standing = standsIn(stands).map((stand) => ({ ...stand, changes: saved.has(stand.given) }))
    const isChanged = (revised ?? []).length > 0
    return {
      replies: repliesTo(paths, refused, standing),
      ...(isChanged ? savedIn(results) : { revision: 0, touched: [] }),
    }
  }

  return {
    async list(after, limit) {
      const { results } = await database
        .prepare(
          `SELECT path, title, target, CASE WHEN target IS NOT NULL THEN ${namesAt('listed.path')} END AS names
           FROM (SELECT path, title, NULL AS target FROM selection
           WHERE path > ?1 AND revision IS NOT NULL AND path NOT GLOB 'articles/*' AND ${areTexts('path', 'title')}
           UNION ALL SELECT path, NULL, target FROM redirect
             WHERE path > ?1 AND NOT ${isLive('redirect.path')} AND ${areTexts('path', 'target')}
           UNION ALL SELECT 'articles/' || slug, NULL, NULL FROM article
             WHERE shown = 0 AND status = 'withdrawn' AND was_shown = 1 AND 'articles/' || slug > ?1
           ORDER BY path LIMIT ?2) AS listed ORDER BY path`,
        )
        .bind(after, limit)
        .all<PathRow>()
      return results.map(({ path, title, target, names }) => {
        const former = foldedNames(names)
        if (target !== null) return { path, to: target, ...(former.length > 0 && { names: former }) }
        return title === null ? { path, seen: true } : { path, title }
      })
    },

    async save(paths) {
      for (let attempt = 1; ; attempt++) {
        try {
          return await saveOnce(paths)
        } catch (fault) {
          if (attempt === attempts || !/refused: conflict/.test(String(fault))) throw fault
        }
      }
    },

    async check(paths) {
      const { refused } = await checked(paths)
      const good = paths.filter((path) => !refused.has(path))
      const result = await database.prepare(standsSql).bind(JSON.stringify(good)).all()
      return repliesTo(paths, refused, standsIn(result.results))
    },
  }
}

/**
 * D1 requires as many values as the highest parameter number in a statement. Therefore ?3 becomes ?2 in a
 * statement that does not use ?2.
 */
const numbered = (sql: string): string => (sql.includes('?2') ? sql : sql.replaceAll('?3', '?2'))

const standsIn = (rows: readonly Record<string, unknown>[] = []): Stand[] =>
  rows.map(({ given, live, stands, changes }) => ({
    given: String(given),
    live: live === 1,
    stands: stands === 1,
    changes: changes === 1,
  }))

function repliesTo(
  paths: readonly KnownPath[],
  refused: ReadonlyMap<KnownPath, Problem>,
  stands: readonly Stand[] = [],
): PathReply[] {
  const byPath = new Map(stands.map((stand) => [stand.given, stand]))
  return paths.map((path) => {
    const problem = refused.get(path)
    return problem ? failure(problem) : replyTo(path, byPath.get(path.path))
  })
}

function replyTo(known: KnownPath, stand: Stand | undefined): PathReply {
  if (stand?.changes) return success('saved')
  if (stand?.stands && !(isMove(known) && stand.live)) return success('unchanged')
  if (stand?.live) return invalidPath(known.path, pathInUse)
  return invalidPath(known.path, noTarget)
}
