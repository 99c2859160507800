-- The changes of which subscribers are not yet notified: one row for each save, written in the batch of that save.
-- `paths` is a JSON list of the selections that the save changed.
CREATE TABLE outbox (
  revision INTEGER PRIMARY KEY,
  paths TEXT NOT NULL
);

-- Triggers add each selection to the outbox that gets another revision, is moved or is deleted.
CREATE TRIGGER selection_revised AFTER UPDATE OF revision ON selection WHEN NEW.revision IS NOT OLD.revision BEGIN INSERT INTO outbox (revision, paths) VALUES (NEW.revision, json_array(NEW.path)) ON CONFLICT (revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path); END;
CREATE TRIGGER selection_made AFTER INSERT ON selection WHEN NEW.revision IS NOT NULL BEGIN INSERT INTO outbox (revision, paths) VALUES (NEW.revision, json_array(NEW.path)) ON CONFLICT (revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path); END;
CREATE TRIGGER selection_left AFTER DELETE ON selection WHEN OLD.revision IS NOT NULL BEGIN INSERT INTO outbox (revision, paths) VALUES ((SELECT revision FROM site), json_array(OLD.path)) ON CONFLICT (revision) DO UPDATE SET paths = json_insert(paths, '$[#]', OLD.path); END;

-- A feed with subscribers. `topic` is its address without the host; `path` is its selection; `others` (a JSON list) contains the other
-- selections of an intersection; `revision` is the revision that the subscribers must receive.
CREATE TABLE topic (
  topic TEXT PRIMARY KEY,
  path TEXT NOT NULL,
  others TEXT NOT NULL,
  revision INTEGER NOT NULL
) WITHOUT ROWID;
CREATE INDEX topic_path ON topic (path);

-- `asked` is the topic as the subscriber wrote it. `delivered` is the revision that the callback accepted last, at `delivered_at`.
-- `next` is the first instant at which the callback may be called: a job has claimed the subscription, or a delivery has failed.
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

-- Subscription requests that are not yet verified. `revision` is the topic's revision at the time of the request.
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

-- Jobs that the queue gave up on. The operator can inspect them and run them again.
CREATE TABLE dead_letter (
  number INTEGER PRIMARY KEY,
  job TEXT NOT NULL,
  at INTEGER NOT NULL
);
