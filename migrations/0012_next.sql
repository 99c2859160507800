-- When time alone will next change anything in listings: an archive changes with what comes into its month, which has no
-- place there before, and its head reads this row anyhow. `archive.due` is no longer read or written.
ALTER TABLE site ADD COLUMN due INTEGER;
UPDATE site SET due = (SELECT due FROM selection WHERE path = '');

-- Kept by the store itself, so that no way of planning can miss it.
CREATE TRIGGER site_due AFTER UPDATE OF due ON selection WHEN NEW.path = '' AND NEW.due IS NOT OLD.due BEGIN UPDATE site SET due = NEW.due WHERE one = 1; END;
