-- The code of the article's short link; null for an article whose code is not stored yet.
ALTER TABLE article ADD COLUMN code TEXT;
CREATE INDEX article_code ON article (code);

-- The number of visits through a short link on one day (in the site's time zone) from one network. It contains nothing about visitors.
CREATE TABLE share_count (
  day TEXT NOT NULL,
  code TEXT NOT NULL,
  network TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, code, network)
) WITHOUT ROWID;
CREATE INDEX share_count_code ON share_count (code, day);
