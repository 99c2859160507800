-- One row: the revision of the last save, and the time (epoch milliseconds) from which the present digest is in use.
CREATE TABLE site (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  revision INTEGER NOT NULL,
  digest TEXT NOT NULL,
  since INTEGER NOT NULL
);
INSERT INTO site (one, revision, digest, since) VALUES (1, 0, '', 0);

-- `selections` is a JSON object from path to title. All instants are epoch milliseconds.
-- `shown`: whether the article is in the table `membership`, that is, whether readers can see it.
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

-- `revision` is null until an article of the selection has been public, because readers must not learn of it before.
CREATE TABLE selection (
  path TEXT PRIMARY KEY,
  title TEXT NOT NULL,
  revision INTEGER,
  revised INTEGER NOT NULL DEFAULT 0,
  due INTEGER
) WITHOUT ROWID;

-- The public articles of each selection, in the order of a feed.
CREATE TABLE membership (
  selection TEXT NOT NULL,
  published INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (selection, published DESC, article DESC)
) WITHOUT ROWID;

-- The changes that happen through time alone: an article appears in a selection, or leaves it.
CREATE TABLE schedule (
  selection TEXT NOT NULL,
  at INTEGER NOT NULL,
  article INTEGER NOT NULL,
  PRIMARY KEY (selection, at, article)
) WITHOUT ROWID;
CREATE INDEX schedule_at ON schedule (at);

-- This table never contains a row: an insert aborts its batch, with the reason as the error message.
CREATE TABLE refusal (reason TEXT NOT NULL);
CREATE TRIGGER refuse BEFORE INSERT ON refusal BEGIN SELECT RAISE(ABORT, 'refused: conflict') WHERE NEW.reason = 'conflict'; SELECT RAISE(ABORT, 'refused: slug-taken') WHERE NEW.reason = 'slug-taken'; SELECT RAISE(ABORT, 'refused: id-taken') WHERE NEW.reason = 'id-taken'; END;

-- The selection of all articles exists from the start, without articles.
INSERT INTO selection (path, title, revision) VALUES ('', '', 1);
