import { archivePathSql, placing, touchArchives } from './archives.ts'
import { addToHiddenIndex, removeFromHiddenIndex } from './hidden-index.ts'
import { listNewest } from './newest.ts'
import { listTombstones } from './tombstones.ts'

/** SQL for the articles whose scheduled change is due at ?1, the current time. */
const changed = 'SELECT article FROM schedule WHERE at <= ?1'

/** SQL for the selections and archives whose scheduled change is due at ?1, the current time. */
const due = 'SELECT selection FROM schedule WHERE at <= ?1'

/**
 * SQL for whether changes are due at ?1, the current time. While a backup is imported, they wait, because no save may
 * mix its revisions with those of the backup.
 */
export const releasable = `SELECT 1 FROM schedule WHERE at <= ?1
  AND NOT EXISTS (SELECT 1 FROM site WHERE restoring IS NOT NULL) LIMIT 1`

const visible = 'coalesce(appears <= ?1 AND (expires IS NULL OR expires > ?1), 0)'

const pairs = `FROM article, json_each(article.selections) AS named WHERE article.number IN (${changed})`

/**
 * SQL for the latest instant at which an embargo ended, an article expired or a tombstone ended, rounded up
 * to a whole second. All dates that a release sets are computed from this instant.
 */
const instant = `(SELECT (max(at) + 999) / 1000 * 1000 FROM schedule WHERE at <= ?1)`

const dated = `max(revised + 1000, ${instant})`

/**
 * SQL that selects rows of the table `place`, which assigns articles to archives. It selects the rows that
 * the release adds, and the rows of the articles that the release shows or hides.
 */
const places = `FROM place WHERE article IN (${changed}) AND (revision = (SELECT revision FROM site) OR EXISTS
  (SELECT 1 FROM schedule WHERE schedule.selection = ${archivePathSql('place')} AND at <= ?1
     AND schedule.article = place.article))`

const revision = '(SELECT revision FROM site)'

/**
 * Returns the statements that carry out all changes that have become due by `now`, in one batch and with one
 * new revision. The date `revised` of a changed selection becomes the instant of the selection's latest due
 * change, rounded up to a whole second, but is at least one second later than the previous `revised`.
 */
export function releaseStatements(database: D1Database, now: number): D1PreparedStatement[] {
  return [
    'UPDATE site SET revision = max(revision + 1, ?1)',
    `UPDATE selection SET departed = ${revision} WHERE path IN
       (SELECT named.key ${pairs} AND shown = 1
        UNION SELECT selection FROM tombstone WHERE article IN (${changed}))`,
    removeFromHiddenIndex(changed),
    `UPDATE article SET revision = ${revision},
       shown = ${visible}, was_shown = 1 WHERE number IN (${changed})`,
    `DELETE FROM membership WHERE (selection, published, article) IN
       (SELECT named.key, published, number ${pairs} AND shown = 0)`,
    `INSERT INTO membership (selection, published, article)
       SELECT named.key, published, number ${pairs} AND shown = 1 ON CONFLICT DO NOTHING`,
    addToHiddenIndex(changed),
    ...placing(changed, dated),
    `INSERT INTO schedule (selection, at, article) SELECT ${archivePathSql('place')}, expires, number
       FROM place JOIN article ON number = place.article
       WHERE place.article IN (${changed}) AND place.revision = ${revision} AND shown = 1 AND expires > ?1`,
    touchArchives(places, dated),
    `UPDATE selection SET revision = ${revision}, ${listNewest}, revised = max(revised + 1000,
       (SELECT (max(at) + 999) / 1000 * 1000 FROM schedule WHERE selection = selection.path AND at <= ?1)),
       due = (SELECT min(at) FROM schedule WHERE schedule.selection = selection.path AND at > ?1)
       WHERE path IN (${due}) RETURNING path`,
    `DELETE FROM tombstone WHERE article IN (${changed})`,
    listTombstones,
    'DELETE FROM schedule WHERE at <= ?1',
  ].map((sql) => database.prepare(sql).bind(...(sql.includes('?1') ? [now] : [])))
}
