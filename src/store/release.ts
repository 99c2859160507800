import { archivePathSql, placing, revisedAs, touchArchives } from './archives.ts'
import { nextChangeAfter, selectionsOfArticle } from './columns.ts'
import { savedSql } from './effects.ts'
import { addToHiddenIndex, removeFromHiddenIndex } from './hidden-index.ts'
import { keepImported } from './imports.ts'
import { listNewest } from './newest.ts'
import { tellOfRelease } from './notify/happenings.ts'
import { isRestoring } from './restore.ts'
import { lastSave, siteRevision } from './revisions.ts'
import { listTombstones } from './tombstones.ts'

/** SQL for the articles whose scheduled change is due at ?1, the current time. */
const changed = 'SELECT article FROM schedule WHERE at <= ?1'

/**
 * SQL that reads a row if changes are due at ?1, the current time. The changes wait while a backup is imported, because
 * no save may mix its revisions with those of the backup; then `waits` is 1.
 */
export const dueSql = `SELECT EXISTS (SELECT 1 FROM site WHERE ${isRestoring}) AS waits FROM schedule WHERE at <= ?1 LIMIT 1`

const visible = 'coalesce(appears <= ?1 AND (expires IS NULL OR expires > ?1), 0)'

const pairs = `FROM article, json_each(${selectionsOfArticle}) AS named WHERE article.number IN (${changed})`

/**
 * SQL for the selections and archives whose scheduled change is due at ?1, the current time. A selection whose own row
 * in the schedule is bad changes together with the article's other selections. The end of a tombstone
 * changes only the selection of the tombstone.
 */
const due = `SELECT * FROM (SELECT selection FROM schedule WHERE at <= ?1 UNION ALL SELECT named.key ${pairs}
  AND EXISTS (SELECT 1 FROM schedule WHERE at IN (appears, expires) AND at <= ?1 AND schedule.article = number))`

/**
 * SQL for the latest instant at which an embargo ended, an article expired or a tombstone ended, rounded up
 * to a whole second. All dates that a release sets are computed from this instant.
 */
const instant = `(SELECT (max(at) + 999) / 1000 * 1000 FROM schedule WHERE at <= ?1)`

/** SQL for the latest of these instants that belongs to a row of `selection`. */
const ownInstant = `coalesce((SELECT (max(at) + 999) / 1000 * 1000 FROM schedule
  WHERE selection = selection.path AND at <= ?1), ${instant})`

/** SQL for the second after ?1. */
const next = '(CAST(?1 AS INTEGER) / 1000 + 1) * 1000'

const dated = revisedAs(next, { base: instant })

/**
 * SQL that selects rows of the table `place`, which assigns articles to archives. It selects the rows that
 * the release adds, and the rows of the articles that the release shows or hides.
 */
const places = `FROM place WHERE article IN (${changed}) AND (revision = ${siteRevision} OR EXISTS
  (SELECT 1 FROM schedule WHERE schedule.selection = ${archivePathSql('place')} AND at <= ?1
     AND schedule.article = place.article))`

/**
 * Returns the statements that carry out all changes that have become due by `now`, in one batch and with one
 * new revision. The date `revised` of a changed selection becomes the instant of the selection's latest due
 * change, rounded up to a whole second, but is at least one second later than the previous `revised`.
 */
export function releaseStatements(database: D1Database, now: number): D1PreparedStatement[] {
  return [
    'UPDATE site SET revision = max(revision + 1, ?1)',
    `UPDATE selection SET departed = ${siteRevision} WHERE path IN
       (SELECT named.key ${pairs} AND shown = 1
        UNION SELECT selection FROM tombstone WHERE article IN (${changed}))`,
    removeFromHiddenIndex(changed),
    keepImported(changed),
    tellOfRelease(changed, visible),
    `UPDATE article SET revision = ${siteRevision},
       shown = ${visible}, news = iif(was_shown = 0 AND quiet = 0 AND ${visible} = 1, ${lastSave('?1')}, news), was_shown = 1 WHERE number IN (${changed})`,
    `DELETE FROM membership WHERE (selection, published, article) IN
       (SELECT named.key, published, number ${pairs} AND shown = 0)`,
    `INSERT INTO membership (selection, published, article)
       SELECT named.key, published, number ${pairs} AND shown = 1 ON CONFLICT DO NOTHING`,
    addToHiddenIndex(changed),
    ...placing(changed, dated),
    `INSERT INTO schedule (selection, at, article) SELECT ${archivePathSql('place')}, expires, number
       FROM place JOIN article ON number = place.article
       WHERE place.article IN (${changed}) AND place.revision = ${siteRevision} AND shown = 1 AND expires > ?1`,
    touchArchives(places, dated),
    `UPDATE selection SET revision = ${siteRevision}, ${listNewest}, revised = ${revisedAs(next, { base: ownInstant })},
       due = ${nextChangeAfter('?1')}
       WHERE path IN (${due})`,
    `DELETE FROM tombstone WHERE article IN (${changed})`,
    listTombstones,
    'DELETE FROM schedule WHERE at <= ?1',
    savedSql,
  ].map((sql) => database.prepare(sql).bind(...(sql.includes('?1') ? [now] : [])))
}
