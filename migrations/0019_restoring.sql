-- While a backup is imported into an empty store, `restoring` is the revision of the store from which the backup was made; in the batch
-- that completes the import it is -1; otherwise it is null.
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

-- No other save may mix its revisions with those of the backup. A store that is not empty has another revision than 0.
CREATE TRIGGER site_restoring BEFORE UPDATE OF revision ON site WHEN OLD.revision = 0 AND NEW.revision IS NOT OLD.revision AND NEW.restoring >= 0 BEGIN SELECT RAISE(ABORT, 'refused: restoring'); END;

-- The rows of a backup are no saves of this store, so they have no effects. The batch that completes the import adds one effect for all.
CREATE TRIGGER effect_restoring BEFORE INSERT ON effect WHEN EXISTS (SELECT 1 FROM site WHERE restoring = -1 OR restoring >= 0 AND revision = 0) BEGIN SELECT RAISE(IGNORE); END;
