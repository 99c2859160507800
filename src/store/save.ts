import { everyArchive, everyCopy } from '../domain/effect.ts'
import { nextSecond } from '../domain/instant.ts'
import type { Change } from '../domain/store.ts'
import { archivePathSql, placing, revisedAs, touchArchives } from './archives.ts'
import { integerOr, nextChange, selectionsOfArticle, textOr } from './columns.ts'
import { purgeAlso, savedSql, urgentSql } from './effects.ts'
import { addToHiddenIndex, removeFromHiddenIndex } from './hidden-index.ts'
import { importStatements } from './imports.ts'
import { claimStatements } from './names.ts'
import { listNewest } from './newest.ts'
import { isQuiet, tellOfSave, withCorrection } from './notify/happenings.ts'
import { lastSave } from './revisions.ts'
import { keysOf, rowLists } from './rows.ts'
import { listTombstones, tombstoneLifetimeMilliseconds } from './tombstones.ts'

/** SQL for the articles that a save writes, as rows; ?1 is a JSON list of them. */
const incoming = 'json_each(?1) AS incoming'
const given = (name: string): string => `incoming.value ->> '${name}'`
const ids = `SELECT ${given('id')} FROM ${incoming}`
const numbers = `SELECT number FROM article WHERE id IN (${ids})`
const unwithdrawn = `SELECT number FROM article WHERE id IN (${ids} WHERE ${given('withdrawn')} IS NULL)`

/**
 * SQL that joins each article of the save, as it is stored at this moment, with its selections: one row for
 * each selection that contains the article.
 */
const filed = `article, json_each(${selectionsOfArticle}) AS named WHERE article.id IN (${ids})`

/**
 * SQL that joins each article of the save, as it is stored at this moment, with its archives: one row for
 * each archive that contains the article.
 */
const placed = `article JOIN place ON place.article = article.number WHERE article.number IN (${numbers})`
const placePath = archivePathSql('place')
const isNamed = `json_type(${selectionsOfArticle}, '$."' || place.selection || '"') IS NOT NULL`

/** SQL for the stored articles whose slug a save changes. */
const renamed = `${incoming} JOIN article ON article.id = ${given('id')} WHERE article.slug <> ${given('slug')}`

/**
 * SQL for whether a save restores a formerly public article from a backup: the store does not contain the
 * article yet, and the article has expired, or it was withdrawn and its path is a known path. The page of a
 * restored article is answered with 410 rather than 404, and feeds report the withdrawal of a restored
 * article.
 */
const isRestored = `(${given('restored')} AND (${given('withdrawn')} IS NULL OR EXISTS (SELECT 1 FROM selection
  WHERE selection.path = 'articles/' || (${given('slug')}) AND selection.revision IS NOT NULL)))`

/** SQL for whether an article is public in the store, or is restored from a backup (`isRestored`). */
const isSeen = `(article.shown = 1 OR article.id IN (${ids} WHERE ${isRestored}))`

/**
 * SQL that refuses the save, with the first reason that applies: another article has or formerly had the slug, or the
 * stored article does not have the revision that the save replaces.
 */
const refuse = `INSERT INTO refusal (reason)
  SELECT 'slug-taken' WHERE EXISTS (
    SELECT 1 FROM ${incoming} JOIN article ON article.slug = ${given('slug')} WHERE article.id <> ${given('id')}
    UNION ALL
    SELECT 1 FROM ${incoming} JOIN redirect ON redirect.path = 'articles/' || (${given('slug')})
      LEFT JOIN article ON article.id = ${given('id')}
      WHERE redirect.target IS NOT 'articles/' || article.slug)
  UNION ALL
  SELECT 'conflict' WHERE EXISTS (
    SELECT 1 FROM ${incoming} LEFT JOIN article ON article.id = ${given('id')}
    WHERE iif(article.id IS NULL, NULL, ${integerOr('article.revision', '0')}) IS NOT ${given('replaces')})`

/**
 * SQL that gives a new revision to each selection that shows a saved article or has its tombstone. The date
 * `revised` never goes back. Otherwise two different contents could have the same date.
 */
const touch = `UPDATE selection
  SET revision = (SELECT revision FROM site), revised = ${revisedAs('?2')}, ${listNewest}
  WHERE path IN (SELECT named.key FROM ${filed} AND ${isSeen}
    UNION SELECT selection FROM tombstone WHERE article IN (${numbers}))`

/**
 * SQL for the places (assignments to archives) of those saved articles that meet `isSeen`. Only places in
 * selections that still contain the article are included.
 */
const seenPlaces = `${placed} AND ${isNamed} AND ${isSeen}`

/**
 * SQL for pairs of a public article and one of its selections: those pairs for which the save removes the
 * article from the selection or gives the article another publication date.
 */
const parting = `${incoming} JOIN article ON article.id = ${given('id')}, json_each(${selectionsOfArticle}) AS named
  WHERE article.shown = 1 AND NOT (${given('shown')} AND ${given('published')} = article.published
    AND json_type(incoming.value, '$.selections."' || named.key || '"') IS NOT NULL)`

/**
 * SQL that computes the new `due` (the next instant at which time alone changes a selection) of each
 * selection that contains a saved article or the tombstone of a saved article.
 */
const plan = `UPDATE selection
  SET due = ${nextChange}
  WHERE path IN (SELECT named.key FROM ${filed}
    UNION SELECT selection FROM tombstone WHERE article IN (${numbers}))`

/**
 * SQL that writes the articles. Only this statement needs complete articles. If they are too long for one SQL
 * parameter, the statement runs several times, each time with some of the articles. The short-link code is
 * not updated, because it is derived from the article's id, which never changes.
 */
const upsert = `INSERT INTO article
   (id, code, slug, json, selections, filed, published, appears, expires, shown, quiet, news, corrected, was_shown, revision)
 SELECT ${['id', 'code', 'slug', 'article', 'selections', 'filed', 'published', 'appears', 'expires', 'shown'].map(given).join(', ')},
   ${isQuiet}, iif(${given('shown')} AND NOT ${isQuiet}, ${lastSave(given('now'))}, NULL), ${given('corrected')},
   ${given('shown')} OR ${isRestored}, (SELECT revision FROM site) FROM ${incoming} WHERE true
 ON CONFLICT (id) DO UPDATE SET slug = excluded.slug, json = excluded.json, selections = excluded.selections, filed = excluded.filed,
   published = excluded.published, appears = excluded.appears, expires = excluded.expires,
   shown = excluded.shown, quiet = excluded.quiet, news = iif(was_shown = 0, excluded.news, news), corrected = ${withCorrection('article.corrected', 'iif(shown AND excluded.shown AND NOT excluded.quiet, excluded.corrected, NULL)')}, was_shown = max(was_shown, excluded.was_shown), revision = excluded.revision`

/**
 * Milliseconds for which the edge cache may use a copy that was made before a `due` was set: max-age, the stale window
 * and a few seconds of reserve. A copy of an archive may be used for one day longer.
 */
export const copyLifetimeMilliseconds = 420_000
export const archiveLifetimeMilliseconds = copyLifetimeMilliseconds + 86_400_000

/**
 * SQL for `copies`, a name of copies at the edge (`domain/effect.ts`), if the save makes a change by time the site's next
 * one, and that change comes so soon that the edge could still use these copies although they were made before the
 * save. All copies are named, and not only those that the change concerns, because otherwise the copies that disappear
 * would tell which selections have an article under embargo. If another change comes first, no copy outlives it.
 */
const outlived = (copies: string, lifetimeMilliseconds: number): string =>
  `SELECT '${copies}' AS path FROM (SELECT at, article FROM schedule WHERE at > ?2 ORDER BY at LIMIT 1) AS near
   WHERE at <= ?2 + ${lifetimeMilliseconds} AND article IN (${numbers})`

/** A statement whose third element is `withdrawal` changes nothing unless the save withdraws an article. */
type Statement = readonly [sql: string, time?: 'now' | 'next second' | undefined, only?: 'withdrawal']

/**
 * The statements of a save, in order; docs/storage.md says why each is necessary. ?1 is the list of articles. ?2 is a
 * time; which one, the second element of a `Statement` says.
 */
const statements: readonly Statement[] = [
  [refuse],
  ['UPDATE site SET revision = max(revision + 1, ?2) WHERE json_array_length(?1) > 0', 'now'],
  [
    // A delta can report neither an article that leaves a selection without a tombstone nor a tombstone that the
    // save deletes. In both cases the selection's `departed` becomes the revision of the save.
    `UPDATE selection SET departed = (SELECT revision FROM site)
     WHERE path IN (SELECT named.key FROM ${parting} AND ${given('withdrawn')} IS NULL
       UNION SELECT selection FROM tombstone WHERE article IN (${unwithdrawn}))`,
  ],
  [
    `DELETE FROM membership WHERE (selection, published, article) IN
       (SELECT named.key, article.published, number FROM ${parting})`,
  ],
  [touch, 'next second'],
  [touchArchives(`FROM ${seenPlaces}`, revisedAs('?2')), 'next second'],
  [removeFromHiddenIndex(numbers)],
  [
    // SQLite uses the index only if the compound query is wrapped in another SELECT.
    `DELETE FROM schedule WHERE (selection, at, article) IN (SELECT * FROM
       (SELECT named.key, appears, number FROM ${filed}
        UNION ALL SELECT named.key, expires, number FROM ${filed}
        UNION ALL SELECT ${placePath}, appears, number FROM ${placed}
        UNION ALL SELECT ${placePath}, expires, number FROM ${placed}
        UNION ALL SELECT selection, until, article FROM tombstone WHERE article IN (${numbers})))`,
  ],
  [plan],
  [
    `INSERT INTO tombstone (selection, withdrawn, article, until, id, revision)
     SELECT named.key, ${given('withdrawn')}, number, ${given('withdrawn')} + ${tombstoneLifetimeMilliseconds}, article.id,
       (SELECT revision FROM site)
     FROM ${incoming} JOIN article ON article.id = ${given('id')}, json_each(${selectionsOfArticle}) AS named
     WHERE article.shown = 1 AND ${given('withdrawn')}`,
    undefined,
    'withdrawal',
  ],
  [`DELETE FROM tombstone WHERE article IN (${unwithdrawn})`],
  [
    `UPDATE redirect SET target = (SELECT 'articles/' || (${given('slug')}) FROM ${renamed}
       AND redirect.target = 'articles/' || article.slug)
     WHERE target IN (SELECT 'articles/' || article.slug FROM ${renamed})`,
  ],
  [
    `INSERT INTO redirect (path, target)
     SELECT 'articles/' || article.slug, 'articles/' || (${given('slug')}) FROM ${renamed} AND article.was_shown = 1
     ON CONFLICT (path) DO UPDATE SET target = excluded.target`,
  ],
  [`DELETE FROM redirect WHERE path IN (SELECT 'articles/' || (${given('slug')}) FROM ${incoming})`],
  [tellOfSave],
  [upsert],
  [
    `INSERT INTO tombstone (selection, withdrawn, article, until, id, revision)
     SELECT named.key, ${given('withdrawn')}, number, ${given('withdrawn')} + ${tombstoneLifetimeMilliseconds}, article.id,
       (SELECT revision FROM site)
     FROM ${incoming} JOIN article ON article.id = ${given('id')}, json_each(${selectionsOfArticle}) AS named
     WHERE ${isRestored} AND ${given('withdrawn')} + ${tombstoneLifetimeMilliseconds} > ?2`,
    'now',
    'withdrawal',
  ],
  [
    // The page of an article that was once public must be answered with 410 rather than 404 while the article is
    // not public. This applies also to a new address that the article gets while it is not public.
    `INSERT INTO selection (path, title, revision, revised, departed)
     SELECT named.key, ${textOr('named.value', "''")}, site.revision, ?2, site.revision FROM site, ${filed}
       AND article.was_shown = 1 AND named.key GLOB 'articles/*'
     ON CONFLICT (path) DO UPDATE SET revision = excluded.revision, revised = excluded.revised
       WHERE selection.revision IS NULL`,
    'next second',
  ],
  [
    // A selection keeps the title that it had when it became public. Until then, each save replaces the title.
    `INSERT INTO selection (path, title, departed)
     SELECT named.key, ${textOr('named.value', "''")}, (SELECT revision FROM site) FROM ${filed}
       AND (${isSeen} OR article.appears > ?2) ORDER BY article.shown DESC, article.number
     ON CONFLICT (path) DO UPDATE SET title = excluded.title, departed = excluded.departed
       WHERE selection.revision IS NULL AND selection.departed < excluded.departed`,
    'now',
  ],
  [
    `INSERT INTO membership (selection, published, article)
     SELECT named.key, published, number FROM ${filed} AND article.shown = 1 ON CONFLICT DO NOTHING`,
  ],
  [addToHiddenIndex(numbers)],
  ...placing(numbers, revisedAs('?2')).map((sql): Statement => [sql, 'next second']),
  [
    `INSERT INTO schedule (selection, at, article)
     SELECT named.key, appears, number FROM ${filed} AND appears > ?2
     UNION SELECT named.key, expires, number FROM ${filed} AND appears IS NOT NULL AND expires > max(?2, appears)
     UNION SELECT ${placePath}, appears, number FROM ${placed} AND appears > ?2 AND ${isNamed}
     UNION SELECT ${placePath}, expires, number FROM ${placed} AND appears IS NOT NULL AND ${isNamed}
       AND expires > max(?2, appears)
     UNION SELECT selection, until, article FROM tombstone WHERE article IN (${numbers})`,
    'now',
  ],
  [touch, 'next second'],
  [touchArchives(`FROM ${seenPlaces}`, revisedAs('?2')), 'next second'],
  [plan],
  [listTombstones],
  [
    purgeAlso(`${outlived(everyCopy, copyLifetimeMilliseconds)}
      UNION ${outlived(everyArchive, archiveLifetimeMilliseconds)}`),
    'now',
  ],
]

/**
 * Returns the statements that save any number of articles in one batch with one revision. They check all stored
 * data inside the batch, so no other request can change the data between the check and the write. `urgent`: the
 * copies at the edge must be marked stale at once.
 */
export async function saveStatements(
  database: D1Database,
  changes: readonly Change[],
  urgent: boolean,
  now: number,
): Promise<D1PreparedStatement[]> {
  const facts = changes.map((change) => keysOf(change, now))
  const keys = JSON.stringify(facts)
  const withdraws = facts.some(({ withdrawn }) => withdrawn !== null)
  const lists = await rowLists(changes, now)
  const times = { now, 'next second': nextSecond(now) }
  const imported = importStatements(changes).map((sql): Statement => [sql])
  const before = statements.findIndex(([sql]) => sql === tellOfSave)
  const further = [...(urgent ? [urgentSql] : []), savedSql].map((sql): Statement => [sql])
  const all = [...statements.slice(0, before), ...imported, ...statements.slice(before), ...further]
  const claims = claimStatements(
    database,
    changes.flatMap((change) => change.claims ?? []),
  )
  const saving = all.flatMap(([sql, time, only]) => {
    if (only === 'withdrawal' && !withdraws) return []
    if (sql === upsert) return lists.map((rows) => database.prepare(sql).bind(rows))
    const values = [keys, ...(sql.includes('?2') && time ? [times[time]] : [])]
    return database.prepare(sql).bind(...(sql.includes('?1') ? values : []))
  })
  return [...claims, ...saving]
}
