import { type Article, appearsAt, expiresAt, isPublicAt } from '../domain/article.ts'
import { nextSecond } from '../domain/instant.ts'
import { selectionsOf } from '../domain/selection.ts'

const revision = '(SELECT revision FROM site)'

/** The paths of the selections that the stored article names. */
const paths = 'SELECT key FROM article, json_each(article.selections) WHERE article.id = ?1'

const refuse = (reason: string, condition: string): string =>
  `INSERT INTO refusal (reason) SELECT '${reason}' WHERE ${condition}`

/**
 * Gives a new revision to the selections in which the article is seen. `revised` never goes back, so that
 * no date which a reader may hold comes to stand for something else.
 */
const touch = `UPDATE selection
  SET revision = ${revision}, revised = CASE WHEN ?2 >= revised THEN ?2 ELSE revised + 1000 END
  WHERE path IN (${paths} AND article.shown = 1) RETURNING path`

const plan = `UPDATE selection
  SET due = (SELECT min(at) FROM schedule WHERE schedule.selection = selection.path)
  WHERE path IN (${paths})`

/**
 * The statements of one save, to be run as one batch. Everything that depends on what is stored is asked
 * inside it: nothing is read first and written later.
 */
export function saveStatements(
  database: D1Database,
  article: Article,
  replaces: number | null,
  now: number,
): D1PreparedStatement[] {
  const { id, slug } = article
  const appears = appearsAt(article) ?? null
  const expires = expiresAt(article) ?? null
  const selections = Object.fromEntries(selectionsOf(article).map(({ path, title }) => [path, title]))
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  return [
    run(refuse('slug-taken', 'EXISTS (SELECT 1 FROM article WHERE slug = ?1 AND id <> ?2)'), slug, id),
    run(refuse('id-taken', 'EXISTS (SELECT 1 FROM article WHERE id = ?1 AND slug <> ?2)'), id, slug),
    run(refuse('conflict', '(SELECT revision FROM article WHERE id = ?1) IS NOT ?2'), id, replaces),
    run('UPDATE site SET revision = max(revision + 1, ?1)', now),
    run(touch, id, nextSecond(now)),
    run(
      `DELETE FROM membership WHERE (selection, published, article) IN
         (SELECT key, published, number FROM article, json_each(article.selections) WHERE article.id = ?1)`,
      id,
    ),
    run(
      `DELETE FROM schedule WHERE (selection, at, article) IN
         (SELECT key, appears, number FROM article, json_each(article.selections) WHERE article.id = ?1
          UNION ALL
          SELECT key, expires, number FROM article, json_each(article.selections) WHERE article.id = ?1)`,
      id,
    ),
    run(plan, id),
    run(
      `INSERT INTO article (id, slug, json, selections, published, appears, expires, shown, revision)
       VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ${revision})
       ON CONFLICT (id) DO UPDATE SET json = ?3, selections = ?4, published = ?5, appears = ?6,
         expires = ?7, shown = ?8, revision = ${revision}`,
      id,
      slug,
      JSON.stringify(article),
      JSON.stringify(selections),
      Date.parse(article.published),
      appears,
      expires,
      isPublicAt(article, now) ? 1 : 0,
    ),
    run(
      `INSERT INTO selection (path, title) SELECT key, value FROM article, json_each(article.selections)
       WHERE article.id = ?1 AND (article.shown = 1 OR article.appears > ?2) ON CONFLICT DO NOTHING`,
      id,
      now,
    ),
    run(
      `INSERT INTO membership (selection, published, article)
       SELECT key, published, number FROM article, json_each(article.selections)
       WHERE article.id = ?1 AND article.shown = 1`,
      id,
    ),
    run(
      `INSERT INTO schedule (selection, at, article)
       SELECT key, appears, number FROM article, json_each(article.selections)
       WHERE article.id = ?1 AND appears > ?2
       UNION
       SELECT key, expires, number FROM article, json_each(article.selections)
       WHERE article.id = ?1 AND appears IS NOT NULL AND expires > max(?2, appears)`,
      id,
      now,
    ),
    run(touch, id, nextSecond(now)),
    run(plan, id),
    run('SELECT revision FROM article WHERE id = ?1', id),
  ]
}
