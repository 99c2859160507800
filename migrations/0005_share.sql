-- The code of the article's short link; null until somebody asks for one that is not written down yet.
ALTER TABLE article ADD COLUMN code TEXT;
CREATE INDEX article_code ON article (code);

-- How often a short link was followed: of nobody in particular, on a day of the house, from a network.
CREATE TABLE share_count (
  day TEXT NOT NULL,
  code TEXT NOT NULL,
  network TEXT NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (day, code, network)
) WITHOUT ROWID;
CREATE INDEX share_count_code ON share_count (code, day);
