import { integerOr, nextChange, selectionsOfArticle } from './columns.ts'
import { removeFromHiddenIndex } from './hidden-index.ts'

const unseen = `article.id = ?1 AND ${integerOr('article.revision', '0')} = ?2 AND article.was_shown = 0`
const filed = `article, json_each(${selectionsOfArticle}) AS named WHERE ${unseen}`

/**
 * Returns the statements that delete an article if it was never public. The number of rows that the last
 * statement changed tells whether the article was deleted.
 */
export function removeStatements(database: D1Database, id: string, replaces: number): D1PreparedStatement[] {
  return [
    removeFromHiddenIndex(`SELECT number FROM article WHERE ${unseen}`),
    `DELETE FROM schedule WHERE (selection, at, article) IN
       (SELECT * FROM (SELECT named.key, appears, number FROM ${filed}
         UNION ALL SELECT named.key, expires, number FROM ${filed}))`,
    `UPDATE selection SET due = ${nextChange}
       WHERE path IN (SELECT named.key FROM ${filed})`,
    `DELETE FROM article WHERE ${unseen}`,
  ].map((sql) => database.prepare(sql).bind(id, replaces))
}
