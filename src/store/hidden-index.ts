/**
 * SQL that removes articles, by their numbers, from the hidden index. Run it before the articles change,
 * because it finds the index entries by the articles' stored sections, tags and authors.
 */
export const removeFromHiddenIndex = (numbers: string): string =>
  `DELETE FROM hidden_index WHERE (selection, status, published, article) IN
     (SELECT named.value, status, published, number FROM article, json_each(article.filed) AS named
      WHERE number IN (${numbers}))`

/** SQL that adds articles, by their numbers, to the hidden index if no public list shows them. */
export const addToHiddenIndex = (numbers: string): string =>
  `INSERT INTO hidden_index (selection, status, published, article)
   SELECT named.value, status, published, number FROM article, json_each(article.filed) AS named
   WHERE number IN (${numbers}) AND (shown = 0 OR json_type(article.selections, '$.""') IS NULL)`
