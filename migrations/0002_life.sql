-- Former paths of articles, sections, tags and authors, each with the present path.
CREATE TABLE redirect (
  path TEXT PRIMARY KEY,
  target TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX redirect_target ON redirect (target);

-- Articles that were withdrawn from a selection, kept while feeds report the withdrawal (RFC 6721). Instants are epoch milliseconds.
CREATE TABLE tombstone (
  selection TEXT NOT NULL,
  withdrawn INTEGER NOT NULL,
  article INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (selection, withdrawn DESC, article)
) WITHOUT ROWID;
CREATE INDEX tombstone_article ON tombstone (article);

-- `was_shown`: whether the article was ever public. An article that never was public may be deleted completely.
ALTER TABLE article ADD COLUMN was_shown INTEGER NOT NULL DEFAULT 0;
UPDATE article SET was_shown = 1 WHERE EXISTS (
  SELECT 1 FROM selection WHERE path = 'articles/' || article.slug AND selection.revision IS NOT NULL
);

CREATE INDEX article_published ON article (published DESC, number DESC);
