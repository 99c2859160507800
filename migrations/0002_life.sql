-- Addresses that an article, section, tag or author had before: a path of the contract to the present one.
CREATE TABLE redirect (
  path TEXT PRIMARY KEY,
  target TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX redirect_target ON redirect (target);

-- What was withdrawn from a selection, for as long as readers are told (RFC 6721); instants in epoch milliseconds.
CREATE TABLE tombstone (
  selection TEXT NOT NULL,
  withdrawn INTEGER NOT NULL,
  article INTEGER NOT NULL,
  until INTEGER NOT NULL,
  PRIMARY KEY (selection, withdrawn DESC, article)
) WITHOUT ROWID;
CREATE INDEX tombstone_article ON tombstone (article);

-- `was_shown`: whether anybody could ever see it; one that nobody saw may be deleted without a trace.
ALTER TABLE article ADD COLUMN was_shown INTEGER NOT NULL DEFAULT 0;
UPDATE article SET was_shown = 1 WHERE EXISTS (
  SELECT 1 FROM selection WHERE path = 'articles/' || article.slug AND selection.revision IS NOT NULL
);

CREATE INDEX article_published ON article (published DESC, number DESC);
