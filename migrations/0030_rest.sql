-- What became public while a choice had digests of a schedule, and has yet to be told in one, although the choice has another schedule
-- since, or was paused: the times after `after`, up to `until`. A choice with a digest has besides the time after `choice.told`.
CREATE TABLE rest (
  subscriber INTEGER NOT NULL,
  selection TEXT NOT NULL,
  until INTEGER NOT NULL,
  schedule TEXT NOT NULL CHECK (schedule IN ('daily', 'weekly')),
  after INTEGER NOT NULL,
  PRIMARY KEY (subscriber, selection, until)
) STRICT, WITHOUT ROWID;
CREATE INDEX rest_schedule ON rest (schedule, subscriber);
CREATE INDEX rest_selection ON rest (selection);

INSERT INTO rest (subscriber, selection, until, schedule, after)
  SELECT subscriber, selection, changed, former, max(since, coalesce(told, 0)) FROM choice
  WHERE former IS NOT NULL AND changed > max(since, coalesce(told, 0));
UPDATE choice SET told = NULL, former = NULL, changed = NULL WHERE schedule = 'now';
DROP INDEX choice_former;

-- The instant at which a choice ceased to be told at once: what is owed from before is still told so.
ALTER TABLE choice ADD COLUMN at_once_until INTEGER;

-- The instant at which the subscriber paused.
ALTER TABLE subscriber ADD COLUMN paused INTEGER;

-- The keyed hashes of the addresses that the subscriber had before, each with the instant of the change (JSON), so that an erasure counts
-- also for what a restore of the database brings back from before the change.
ALTER TABLE subscriber ADD COLUMN former TEXT CHECK (former IS NULL OR json_valid(former));
