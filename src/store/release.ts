/** The articles whose time has come at ?1. */
const changed = 'SELECT article FROM schedule WHERE at <= ?1'

const visible = 'coalesce(appears <= ?1 AND (expires IS NULL OR expires > ?1), 0)'

const pairs = `FROM article, json_each(article.selections) WHERE article.number IN (${changed})`

/**
 * The statements that run, as one batch and one save, every change that time alone has made due by `now`.
 * A selection's `revised` becomes the instant of its last change, never an earlier one than it had.
 */
export function releaseStatements(database: D1Database, now: number): D1PreparedStatement[] {
  return [
    'UPDATE site SET revision = max(revision + 1, ?1)',
    `UPDATE article SET revision = (SELECT revision FROM site),
       shown = ${visible}, was_shown = max(was_shown, ${visible}) WHERE number IN (${changed})`,
    `DELETE FROM membership WHERE (selection, published, article) IN (SELECT key, published, number ${pairs})`,
    `INSERT INTO membership (selection, published, article) SELECT key, published, number ${pairs} AND shown = 1`,
    `UPDATE selection SET revision = (SELECT revision FROM site), revised = max(revised + 1000,
       (SELECT (max(at) + 999) / 1000 * 1000 FROM schedule WHERE selection = selection.path AND at <= ?1))
       WHERE path IN (SELECT selection FROM schedule WHERE at <= ?1) RETURNING path`,
    'DELETE FROM tombstone WHERE until <= ?1',
    'DELETE FROM schedule WHERE at <= ?1',
    `UPDATE selection SET due = (SELECT min(at) FROM schedule WHERE schedule.selection = selection.path)
       WHERE due <= ?1`,
  ].map((sql) => database.prepare(sql).bind(now))
}
