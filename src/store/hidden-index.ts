import { filedOfArticle, selectionsOfArticle } from './columns.ts'

/**
 * Returns SQL that removes articles from the hidden index, which lists the articles that no public list
 * shows. `numbers` is an SQL query for the numbers of the articles. The SQL must run before the articles
 * change, because it finds the entries by the articles' stored sections, tags and authors.
 */
export const removeFromHiddenIndex = (numbers: string): string =>
  `DELETE FROM hidden_index WHERE (selection, status, published, article) IN
     (SELECT named.value, status, published, number FROM article, json_each(${filedOfArticle}) AS named
      WHERE number IN (${numbers}))`

/**
 * Returns SQL that adds articles to the hidden index, except those that a public list shows. `numbers` is an
 * SQL query for the numbers of the articles. An entry may be left from before, if `removeFromHiddenIndex` could not
 * find it because the article's column `filed` was bad.
 */
export const addToHiddenIndex = (numbers: string): string =>
  `INSERT INTO hidden_index (selection, status, published, article)
   SELECT named.value, status, published, number FROM article, json_each(${filedOfArticle}) AS named
   WHERE number IN (${numbers}) AND (shown = 0 OR json_type(${selectionsOfArticle}, '$.""') IS NULL)
   ON CONFLICT DO NOTHING`
