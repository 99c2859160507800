-- Data of the newest feed, stored in the selection's row so that the feed reads only this row and its articles:
-- `newest` lists the numbers of the newest 100 articles, `size` counts all articles, `latest` is the number of the last archive,
-- and `departed` is the revision of the last save that removed an article without leaving a tombstone.
ALTER TABLE selection ADD COLUMN newest TEXT NOT NULL DEFAULT '[]';
ALTER TABLE selection ADD COLUMN size INTEGER NOT NULL DEFAULT 0;
ALTER TABLE selection ADD COLUMN latest INTEGER;
ALTER TABLE selection ADD COLUMN departed INTEGER NOT NULL DEFAULT 0;

-- An archive of a selection (RFC 5005 §4): the numbers of at most 100 articles of one month. `part` is yyyymm * 100000 + n, where n
-- counts the archives of the month from 1. `earlier` and `later` are the neighbouring archives, or null.
CREATE TABLE archive (
  selection TEXT NOT NULL,
  part INTEGER NOT NULL,
  articles TEXT NOT NULL,
  earlier INTEGER,
  later INTEGER,
  revision INTEGER NOT NULL,
  revised INTEGER NOT NULL DEFAULT 0,
  due INTEGER,
  PRIMARY KEY (selection, part)
) WITHOUT ROWID;

-- The permanent archive of each article in each selection. `revision` is the revision of the save that assigned the article.
CREATE TABLE place (
  article INTEGER NOT NULL,
  selection TEXT NOT NULL,
  part INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  PRIMARY KEY (article, selection)
) WITHOUT ROWID;

-- The articles of each selection that are not public. Lists for editors merge this table with `membership`.
CREATE TABLE drawer (
  selection TEXT NOT NULL,
  status TEXT NOT NULL,
  published INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (selection, status, published DESC, article DESC)
) WITHOUT ROWID;

ALTER TABLE article ADD COLUMN status TEXT GENERATED ALWAYS AS (json ->> '$.status') VIRTUAL;
DROP INDEX article_published;
CREATE INDEX article_status ON article (status, published DESC, number DESC);
CREATE INDEX article_revision ON article (revision DESC, number DESC);

ALTER TABLE tombstone ADD COLUMN id TEXT NOT NULL DEFAULT '';
ALTER TABLE tombstone ADD COLUMN revision INTEGER NOT NULL DEFAULT 0;
UPDATE tombstone SET (id, revision) = (SELECT id, revision FROM article WHERE number = tombstone.article);

-- Fills the new tables from the stored articles. The rest of this file reads only `article`, `selection` and `membership`, so a script
-- that fills these three tables can run the rest of this file afterwards.
INSERT INTO place (article, selection, part, revision)
SELECT article, selection, month * 100000 + (row_number() OVER (PARTITION BY selection, month ORDER BY published, article) - 1) / 100 + 1, 0
FROM (SELECT article, selection, published, CAST(strftime('%Y%m', published / 1000, 'unixepoch') AS INTEGER) AS month
  FROM membership WHERE selection NOT GLOB 'articles/*');

INSERT INTO archive (selection, part, articles, revision, revised, due)
SELECT place.selection, place.part, json_group_array(place.article), selection.revision, selection.revised, min(article.expires)
FROM place JOIN selection ON selection.path = place.selection JOIN article ON article.number = place.article
GROUP BY place.selection, place.part;

UPDATE archive SET
  earlier = (SELECT max(part) FROM archive AS other WHERE other.selection = archive.selection AND other.part < archive.part),
  later = (SELECT min(part) FROM archive AS other WHERE other.selection = archive.selection AND other.part > archive.part);

INSERT INTO schedule (selection, at, article)
SELECT ltrim(place.selection || '/archive/', '/') || printf('%d/%02d/%d', part / 10000000, part / 100000 % 100, part % 100000), expires, number
FROM place JOIN article ON article.number = place.article WHERE expires IS NOT NULL;

INSERT INTO drawer (selection, status, published, article)
SELECT named.key, status, published, number FROM article, json_each(article.selections) AS named
WHERE shown = 0 AND named.key <> '' AND named.key NOT GLOB 'articles/*';

UPDATE selection SET
  newest = (SELECT json_group_array(article) FROM (SELECT article FROM membership
    WHERE membership.selection = selection.path ORDER BY published DESC, article DESC LIMIT 100)),
  size = (SELECT count(*) FROM membership WHERE membership.selection = selection.path),
  latest = (SELECT max(part) FROM archive WHERE archive.selection = selection.path),
  departed = coalesce(revision, 0);

-- Triggers maintain `size`, so that no statement that changes memberships can forget it.
CREATE TRIGGER joined AFTER INSERT ON membership BEGIN UPDATE selection SET size = size + 1 WHERE path = NEW.selection; END;
CREATE TRIGGER parted AFTER DELETE ON membership BEGIN UPDATE selection SET size = size - 1 WHERE path = OLD.selection; END;
