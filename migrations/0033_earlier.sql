-- The hash of the token in an earlier mail of the request, whose answer was lost, so that it may have arrived: its link works too.
ALTER TABLE opt_in ADD COLUMN earlier_hash TEXT;
CREATE INDEX opt_in_earlier ON opt_in (earlier_hash) WHERE earlier_hash IS NOT NULL;
