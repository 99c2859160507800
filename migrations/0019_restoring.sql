-- While a backup is imported into an empty store, `restoring` is the revision of the store from which the backup was made; otherwise
-- it is null.
ALTER TABLE site ADD COLUMN restoring INTEGER;

-- What a backup says of its sections, tags and authors, until the import is complete and they get these values.
CREATE TABLE restoring (
  path TEXT PRIMARY KEY,
  revision INTEGER NOT NULL,
  revised INTEGER NOT NULL,
  departed INTEGER NOT NULL,
  number INTEGER,
  name_revision INTEGER NOT NULL,
  name_revised INTEGER NOT NULL
) WITHOUT ROWID;

-- No other save may mix its revisions with those of the backup.
CREATE TRIGGER site_restoring BEFORE UPDATE OF revision ON site WHEN NEW.restoring IS NOT NULL AND NEW.revision IS NOT OLD.revision BEGIN SELECT RAISE(ABORT, 'refused: restoring'); END;
