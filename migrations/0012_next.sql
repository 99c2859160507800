-- The next instant at which time alone changes any listing. An archive can change because of an article that is assigned to no archive
-- yet, and the query for its head reads this row anyway. The column `archive.due` is no longer read or written.
ALTER TABLE site ADD COLUMN due INTEGER;
UPDATE site SET due = (SELECT due FROM selection WHERE path = '');

-- A trigger maintains the column, so that no statement that schedules changes can forget it.
CREATE TRIGGER site_due AFTER UPDATE OF due ON selection WHEN NEW.path = '' AND NEW.due IS NOT OLD.due BEGIN UPDATE site SET due = NEW.due WHERE one = 1; END;
