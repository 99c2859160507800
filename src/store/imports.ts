import type { ImportStore, KnownArticle } from '../domain/imports.ts'
import type { Clock } from '../domain/ports.ts'
import type { Change, Found } from '../domain/store.ts'
import { type FoundRow, foundColumns } from './articles.ts'
import { siteRevision } from './revisions.ts'

const wanted = 'json_each(?1) AS wanted'
const asked = (name: string): string => `wanted.value ->> '${name}'`

/** Milliseconds by which two instants of one calendar day can differ at most, in all time zones. */
const dayMilliseconds = 48 * 3_600_000

/**
 * SQL for the articles that one of the wanted articles (`WantedArticle`) may be; ?1 is a JSON list of these. A slug with a
 * number is found as a range of the index of slugs: after `meteo-` and before `meteo.`.
 */
const found = `SELECT ${foundColumns}, imported.origin, imported.run, imported.undone IS article.revision AS is_undone
  FROM article LEFT JOIN imported ON imported.article = article.id WHERE article.number IN (
    SELECT number FROM ${wanted} CROSS JOIN article ON article.id = ${asked('id')}
    UNION ALL SELECT number FROM ${wanted} CROSS JOIN imported ON imported.origin = ${asked('path')}
      CROSS JOIN article ON article.id = imported.article
    UNION ALL SELECT number FROM ${wanted} CROSS JOIN article ON article.slug = ${asked('slug')}
    UNION ALL SELECT number FROM ${wanted} CROSS JOIN article
      ON article.slug > (${asked('slug')}) || '-' AND article.slug < (${asked('slug')}) || '.'
        AND substr(article.slug, length(${asked('slug')}) + 2) NOT GLOB '*[^0-9]*'
        AND abs(article.published - (${asked('published')})) < ${dayMilliseconds})`

const incoming = 'json_each(?1) AS incoming'
const given = (name: string): string => `incoming.value ->> '${name}'`

/** SQL that forgets what would take back an earlier import; ?1 is the list of the articles of a save. */
const forgetEarlier = `UPDATE imported SET run = NULL, former = NULL, revision = NULL
  WHERE run < (SELECT max(${given('$.from.run')}) FROM ${incoming})`

/** SQL for the JSON of the article before the save. A text that is no JSON becomes a JSON string, which is no article. */
const formerJson = `iif(typeof(article.json) = 'text', iif(json_valid(article.json), article.json, json_quote(article.json)), iif(article.id IS NULL, NULL, '""'))`

/**
 * SQL for the rows of a save, which must run before the articles are written; ?1 is the list of the articles. An article that the
 * import saves twice keeps the version before the first save, unless somebody has saved the article in between.
 */
const addImported = `INSERT INTO imported (article, origin, run, former, revision)
  SELECT ${given('id')}, ${given('$.from.path')}, ${given('$.from.run')}, ${formerJson}, (SELECT revision FROM site)
  FROM ${incoming} LEFT JOIN article ON article.id = ${given('id')} WHERE json_type(incoming.value, '$.from') = 'object'
  ON CONFLICT (article) DO UPDATE SET origin = coalesce(excluded.origin, origin), run = excluded.run,
    former = iif(run IS excluded.run AND revision IS (SELECT article.revision FROM article WHERE article.id = imported.article),
      former, excluded.former), revision = excluded.revision, undone = NULL`

/** SQL for the rows of articles with which an import is taken back; `undone` is set for those that the import had created. */
const markUndone = `UPDATE imported SET run = NULL, former = NULL, revision = NULL, undone = iif(former IS NULL, (SELECT revision FROM site), NULL)
  WHERE article IN (SELECT ${given('id')} FROM ${incoming} WHERE ${given('undoes')})`

/**
 * Returns the statements with which a save remembers what was imported, or that an import was taken back; none otherwise. They
 * must run before the articles are written.
 */
export const importStatements = (changes: readonly Change[]): readonly string[] => [
  ...(changes.some(({ from }) => from !== undefined) ? [forgetEarlier, addImported] : []),
  ...(changes.some(({ undoes }) => undoes) ? [markUndone] : []),
]

/**
 * SQL that keeps the articles that a change of the clock alone touches as the import has left them; `changed` selects their
 * numbers. It must run after the site has its new revision, and before the articles get it.
 */
export const keepImported = (changed: string): string => `UPDATE imported SET
    revision = iif(imported.revision = article.revision, ${siteRevision}, imported.revision),
    undone = iif(undone = article.revision, ${siteRevision}, undone)
  FROM article WHERE article.id = imported.article AND article.number IN (${changed})`

/** SQL for the articles of the last import, with their former versions. */
const lastImport = `SELECT ${foundColumns}, imported.former, imported.revision AS imported_revision, was_shown
  FROM imported CROSS JOIN article ON article.id = imported.article
  WHERE imported.run = (SELECT max(run) FROM imported) AND imported.article > ?1 ORDER BY imported.article LIMIT ?2`

/** SQL for rows of origins; ?1 is a JSON list of `ArticleOrigin`. An article that the store lacks gets none. */
const insertOrigins = `INSERT INTO imported (article, origin) SELECT article.id, given.value ->> 'path'
  FROM json_each(?1) AS given CROSS JOIN article ON article.id = given.value ->> 'id' WHERE true`

/** SQL that restores origins from a backup; ?1 is a JSON list of `ArticleOrigin`. */
export const restoreOrigins = `${insertOrigins} ON CONFLICT DO NOTHING`

const addOrigins = `${insertOrigins} ON CONFLICT (article) DO UPDATE SET origin = coalesce(origin, excluded.origin)`

/** The part of the store that imports need, in D1. `foundOf` parses the row of an article. */
export function d1Imports(
  database: D1Database,
  clock: Clock,
  foundOf: (row: FoundRow) => Found,
): ImportStore<Found> {
  return {
    async findImported(articles): Promise<KnownArticle<Found>[]> {
      const { results } = await database
        .prepare(found)
        .bind(JSON.stringify(articles))
        .all<FoundRow & Record<'run' | 'is_undone', number | null> & { origin: string | null }>()
      return results.map((row) => ({
        found: foundOf(row),
        ...(row.origin !== null && { path: row.origin }),
        ...(row.run !== null && { run: row.run }),
        ...(row.is_undone === 1 && { isUndone: true }),
      }))
    },

    async lastImport(after, limit) {
      const { results } = await database
        .prepare(lastImport)
        .bind(after, limit)
        .all<FoundRow & { former: string | null; imported_revision: number; was_shown: number }>()
      return results.map((row) => ({
        found: foundOf(row),
        revision: row.imported_revision,
        wasShown: row.was_shown !== 0,
        ...(row.former !== null && { former: row.former }),
      }))
    },

    async addOrigins(origins) {
      await database.prepare(addOrigins).bind(JSON.stringify(origins)).run()
    },

    async openImport(files) {
      const open = await database
        .prepare('SELECT run FROM import WHERE files = ?1 AND complete = 0')
        .bind(files)
        .first<{ run: number }>()
      if (open) return { run: open.run, goesOn: true }
      const row = await database
        .prepare(
          `INSERT INTO import (one, run, files, complete) VALUES (1, ?1, ?2, 0) ON CONFLICT (one)
           DO UPDATE SET run = max(run + 1, excluded.run), files = excluded.files, complete = 0 RETURNING run`,
        )
        .bind(clock(), files)
        .first<{ run: number }>()
      return { run: row?.run ?? clock(), goesOn: false }
    },

    async completeImport(run) {
      await database.prepare('UPDATE import SET complete = 1 WHERE run = ?1').bind(run).run()
    },
  }
}
