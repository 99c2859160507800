-- The last number that each table of the hub has given to a row. A number is never given twice, because operators and jobs on the
-- queue name rows by number: a number from an old list must not mean another subscription.
CREATE TABLE last_number (
  table_name TEXT PRIMARY KEY,
  last INTEGER NOT NULL CHECK (last BETWEEN 0 AND 999999999999999)
) STRICT, WITHOUT ROWID;

INSERT INTO last_number (table_name, last) VALUES
  ('subscription', (SELECT coalesce(max(number), 0) FROM subscription)),
  ('verification', (SELECT coalesce(max(number), 0) FROM verification)),
  ('dead_letter', (SELECT coalesce(max(number), 0) FROM dead_letter));

-- SQLite gives a new row the highest number in the table plus 1, which a deleted row may have had. Triggers then give the row a new
-- number, whatever version of the Worker has inserted the row.
CREATE TRIGGER subscription_numbered AFTER INSERT ON subscription BEGIN UPDATE subscription SET number = (SELECT last + 1 FROM last_number WHERE table_name = 'subscription') WHERE number = NEW.number AND NEW.number <= (SELECT last FROM last_number WHERE table_name = 'subscription'); UPDATE last_number SET last = max(last + 1, NEW.number) WHERE table_name = 'subscription'; END;
CREATE TRIGGER verification_numbered AFTER INSERT ON verification BEGIN UPDATE verification SET number = (SELECT last + 1 FROM last_number WHERE table_name = 'verification') WHERE number = NEW.number AND NEW.number <= (SELECT last FROM last_number WHERE table_name = 'verification'); UPDATE last_number SET last = max(last + 1, NEW.number) WHERE table_name = 'verification'; END;
CREATE TRIGGER dead_letter_numbered AFTER INSERT ON dead_letter BEGIN UPDATE dead_letter SET number = (SELECT last + 1 FROM last_number WHERE table_name = 'dead_letter') WHERE number = NEW.number AND NEW.number <= (SELECT last FROM last_number WHERE table_name = 'dead_letter'); UPDATE last_number SET last = max(last + 1, NEW.number) WHERE table_name = 'dead_letter'; END;

-- The instant before which a failing callback has asked not to be called (Retry-After); null if it asked for nothing.
ALTER TABLE subscription ADD COLUMN wait_until INTEGER;

-- The callbacks that did not confirm a request to subscribe or unsubscribe, for operators: one row for each topic and host, with the
-- number of failures and the last one. The rows are deleted after a day, and only the newest hundred are kept, because anybody can
-- cause failures.
CREATE TABLE failed_verification (
  topic TEXT NOT NULL,
  host TEXT NOT NULL,
  mode TEXT NOT NULL,
  reason TEXT NOT NULL,
  failures INTEGER NOT NULL,
  at INTEGER NOT NULL CHECK (at BETWEEN 0 AND 8640000000000000),
  PRIMARY KEY (topic, host)
) STRICT, WITHOUT ROWID;
CREATE INDEX failed_verification_at ON failed_verification (at);
