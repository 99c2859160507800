-- One row: the revision of the last save, and since when (epoch ms) the present digest holds.
CREATE TABLE site (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  digest TEXT NOT NULL,
  since INTEGER NOT NULL
);
INSERT INTO site (one, revision, digest, since) VALUES (1, 0, '', 0);

-- `selections` is a JSON object, path to title; all instants are epoch milliseconds.
-- `shown`: whether the article's memberships stand, that is, whether anybody can see it.
CREATE TABLE article (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  slug TEXT NOT NULL UNIQUE,
  json TEXT NOT NULL,
  selections TEXT NOT NULL,
  published INTEGER NOT NULL,
  appears INTEGER,
  expires INTEGER,
  shown INTEGER NOT NULL,
  revision INTEGER NOT NULL
);

-- `revision` is null until something in the selection has been public: nobody may know of it before.
CREATE TABLE selection (
  path TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  revision INTEGER,
  revised INTEGER NOT NULL DEFAULT 0,
  due INTEGER
) WITHOUT ROWID;

-- Which public article is in which selection, in the order of a feed.
CREATE TABLE membership (
  selection TEXT NOT NULL,
  published INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (selection, published DESC, article DESC)
) WITHOUT ROWID;

-- What time alone will change: an article appears in, or leaves, a selection.
CREATE TABLE schedule (
  selection TEXT NOT NULL,
  at INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (selection, at, article)
) WITHOUT ROWID;
CREATE INDEX schedule_at ON schedule (at);

-- Never holds a row: writing one aborts the batch that it stands in, and says why.
CREATE TABLE refusal (reason TEXT NOT NULL);
CREATE TRIGGER refuse BEFORE INSERT ON refusal BEGIN SELECT RAISE(ABORT, 'refused: conflict') WHERE NEW.reason = 'conflict'; SELECT RAISE(ABORT, 'refused: slug-taken') WHERE NEW.reason = 'slug-taken'; SELECT RAISE(ABORT, 'refused: id-taken') WHERE NEW.reason = 'id-taken'; END;

-- The feed of all articles is known from the first day on, and empty.
INSERT INTO selection (path, title, revision) VALUES ('', '', 1);
