/** Takes the stored articles out of the hidden index, where they stand under the names that they have now. */
export const removeFromHiddenIndex = (numbers: string): string =>
  `DELETE FROM hidden_index WHERE (selection, status, published, article) IN
     (SELECT named.value, status, published, number FROM article, json_each(article.filed) AS named
      WHERE number IN (${numbers}))`

/** Puts those of the stored articles into the hidden index that no listing shows to readers. */
export const addToHiddenIndex = (numbers: string): string =>
  `INSERT INTO hidden_index (selection, status, published, article)
   SELECT named.value, status, published, number FROM article, json_each(article.filed) AS named
   WHERE number IN (${numbers}) AND (shown = 0 OR json_type(article.selections, '$.""') IS NULL)`
