-- What a save changed and subscribers are still to be told: one row a save, written by the save's own batch.
-- `paths` is a JSON list of the selections that it gave the revision to.
CREATE TABLE outbox (
  revision INTEGER PRIMARY KEY,
  paths TEXT NOT NULL
);

-- Whatever gives a selection another revision, moves it or takes it away stands in the outbox.
CREATE TRIGGER selection_revised AFTER UPDATE OF revision ON selection WHEN NEW.revision IS NOT OLD.revision BEGIN INSERT INTO outbox (revision, paths) VALUES (NEW.revision, json_array(NEW.path)) ON CONFLICT (revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path); END;
CREATE TRIGGER selection_made AFTER INSERT ON selection WHEN NEW.revision IS NOT NULL BEGIN INSERT INTO outbox (revision, paths) VALUES (NEW.revision, json_array(NEW.path)) ON CONFLICT (revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path); END;
CREATE TRIGGER selection_left AFTER DELETE ON selection WHEN OLD.revision IS NOT NULL BEGIN INSERT INTO outbox (revision, paths) VALUES ((SELECT revision FROM site), json_array(OLD.path)) ON CONFLICT (revision) DO UPDATE SET paths = json_insert(paths, '$[#]', OLD.path); END;

-- A feed that somebody subscribes to. `topic` is its address without the host; `path` its selection, `others`
-- (a JSON list) the further ones of an intersection; `revision` what its subscribers are owed.
CREATE TABLE topic (
  topic TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  others TEXT NOT NULL,
  revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX topic_path ON topic (path);

-- `asked` is the topic as the subscriber wrote it; `delivered` the revision that the callback took last, at
-- `delivered_at`; `next` the first instant at which it may be called (a claim, or the pause after a failure).
CREATE TABLE subscription (
  number INTEGER PRIMARY KEY,
  topic TEXT NOT NULL,
  asked TEXT NOT NULL,
  callback TEXT NOT NULL,
  host TEXT NOT NULL,
  secret TEXT,
  expires INTEGER NOT NULL,
  delivered INTEGER NOT NULL,
  delivered_at INTEGER,
  next INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  tried_at INTEGER,
  failing_since INTEGER,
  failure TEXT,
  UNIQUE (topic, callback)
);
CREATE INDEX subscription_host ON subscription (host);
CREATE INDEX subscription_callback ON subscription (callback);
CREATE INDEX subscription_expires ON subscription (expires);

-- Requests whose intent is still to be verified; `revision` is what the topic's readers had when it was made.
CREATE TABLE verification (
  number INTEGER PRIMARY KEY,
  mode TEXT NOT NULL,
  topic TEXT NOT NULL,
  path TEXT NOT NULL,
  others TEXT NOT NULL,
  asked TEXT NOT NULL,
  callback TEXT NOT NULL,
  host TEXT NOT NULL,
  secret TEXT,
  lease_seconds INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  next INTEGER NOT NULL DEFAULT 0,
  UNIQUE (topic, callback)
);
CREATE INDEX verification_host ON verification (host);

-- Jobs that the queue gave up on: looked at, and sent again, by the operator.
CREATE TABLE dead_letter (
  number INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  at INTEGER NOT NULL
);
