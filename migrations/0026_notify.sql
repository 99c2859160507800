-- The people and browsers that asked to be told of articles. `id` is random and stands in their links; links with an older `version` are
-- invalid. `address` is an e-mail address or the endpoint of a push service, and `keys` (JSON) are that endpoint's keys. `proof` (JSON)
-- says when and how they consented, and `confirmed` when the address was confirmed last. `address_hash` is a keyed hash of the address,
-- which stays the same for the life of the row. A row that has ended keeps its number and `id` for 60 days, without address, hash, keys
-- and proof.
CREATE TABLE subscriber (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  channel TEXT NOT NULL CHECK (channel IN ('email', 'webpush')),
  address TEXT,
  address_hash TEXT,
  keys TEXT CHECK (keys IS NULL OR json_valid(keys)),
  language TEXT NOT NULL,
  state TEXT NOT NULL CHECK (state IN ('active', 'paused', 'ended')),
  version INTEGER NOT NULL DEFAULT 1,
  created INTEGER NOT NULL,
  confirmed INTEGER NOT NULL DEFAULT 0,
  proof TEXT CHECK (proof IS NULL OR json_valid(proof)),
  told INTEGER,
  ended INTEGER,
  failures INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  CHECK ((state = 'ended') = (address IS NULL))
) STRICT;
CREATE UNIQUE INDEX subscriber_address ON subscriber (channel, address) WHERE address IS NOT NULL;
CREATE INDEX subscriber_address_hash ON subscriber (address_hash) WHERE address_hash IS NOT NULL;
CREATE INDEX subscriber_ended ON subscriber (ended) WHERE state = 'ended';

-- What a subscriber is told of, and how often: the path of a selection, or `corrections` and the id of an article. `since` is the instant
-- from which articles count; `told` is the end of the time that the last digest covers.
CREATE TABLE choice (
  subscriber INTEGER NOT NULL,
  selection TEXT NOT NULL,
  article TEXT NOT NULL DEFAULT '',
  schedule TEXT NOT NULL CHECK (schedule IN ('now', 'daily', 'weekly')),
  since INTEGER NOT NULL,
  told INTEGER,
  PRIMARY KEY (selection, article, subscriber)
) STRICT, WITHOUT ROWID;
CREATE INDEX choice_subscriber ON choice (subscriber);
CREATE INDEX choice_schedule ON choice (schedule, subscriber);

-- Requests to be told by e-mail, or to change an address. Only the hash of the token in the mail is stored. `sent` is the instant at which
-- the mail was sent, and `done` is 1 if the request was confirmed. Rows are kept for 48 hours, because they limit the mails to an address:
-- `address_hash` is its keyed hash, which stays when the address is erased.
CREATE TABLE opt_in (
  number INTEGER PRIMARY KEY,
  address TEXT NOT NULL,
  subscriber INTEGER,
  language TEXT NOT NULL,
  choices TEXT NOT NULL CHECK (json_valid(choices)),
  words TEXT NOT NULL,
  asked INTEGER NOT NULL,
  token_hash TEXT UNIQUE,
  sent INTEGER,
  done INTEGER NOT NULL DEFAULT 0 CHECK (done IN (0, 1)),
  next INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  failure TEXT,
  address_hash TEXT NOT NULL
) STRICT;
CREATE INDEX opt_in_address ON opt_in (address_hash, asked);
CREATE INDEX opt_in_subscriber ON opt_in (subscriber) WHERE subscriber IS NOT NULL;
CREATE INDEX opt_in_asked ON opt_in (asked);
CREATE INDEX opt_in_waiting ON opt_in (next) WHERE sent IS NULL AND done = 0;

-- What subscribers have yet to be told: one row for each subscriber and event, deleted when it is done. `event` is `published/` or
-- `corrected/` and the id of an article, or `digest/`, a schedule and an instant. `next` is the first instant at which a job may take it.
CREATE TABLE notification (
  subscriber INTEGER NOT NULL,
  event TEXT NOT NULL,
  channel TEXT NOT NULL,
  since INTEGER NOT NULL,
  next INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  UNIQUE (event, subscriber)
) STRICT;
CREATE INDEX notification_next ON notification (channel, next);

-- The digests that were begun, so that each is begun once. `until` is the instant up to which it covers articles.
CREATE TABLE digest (
  schedule TEXT NOT NULL CHECK (schedule IN ('daily', 'weekly')),
  until INTEGER NOT NULL,
  PRIMARY KEY (schedule, until)
) STRICT, WITHOUT ROWID;

-- A channel that sends nothing until an instant, because the fault is our own: a refused sender, a wrong password, a quota.
CREATE TABLE hold (
  channel TEXT PRIMARY KEY,
  until INTEGER NOT NULL,
  since INTEGER NOT NULL,
  failure TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The addresses that were erased, because a person unsubscribed or was erased, as keyed hashes, with the instant of the last time. After
-- the database was restored to an earlier time, a copy of this list outside of it is applied again. `kept` is 1 if the bucket of
-- erasures has the row.
CREATE TABLE erased (
  hash TEXT PRIMARY KEY,
  at INTEGER NOT NULL,
  kept INTEGER NOT NULL DEFAULT 0 CHECK (kept IN (0, 1))
) STRICT, WITHOUT ROWID;
CREATE INDEX erased_at ON erased (at);
CREATE INDEX erased_waiting ON erased (at) WHERE kept = 0;

-- 1 if nobody is told when the article becomes public: it came by an import. Each save sets the value anew.
ALTER TABLE article ADD COLUMN quiet INTEGER NOT NULL DEFAULT 0;

-- The instant at which the article became public for the first time, if people are told of it.
ALTER TABLE article ADD COLUMN news INTEGER;
