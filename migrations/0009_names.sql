-- The revision and date of the save that gave the selection its present name. A document that shows only the name changes only with
-- this save. Zero for a name that is older than this migration.
ALTER TABLE selection ADD COLUMN name_revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE selection ADD COLUMN name_revised INTEGER NOT NULL DEFAULT 0;

-- Triggers maintain the columns, so that no statement that changes a title or makes a selection public can forget them.
CREATE TRIGGER selection_renamed AFTER UPDATE OF title, revision ON selection WHEN NEW.revision IS NOT NULL AND (NEW.title IS NOT OLD.title OR OLD.revision IS NULL) AND NEW.path NOT GLOB 'articles/*' BEGIN UPDATE selection SET name_revision = NEW.revision, name_revised = NEW.revised WHERE path = NEW.path; END;
CREATE TRIGGER selection_named AFTER INSERT ON selection WHEN NEW.revision IS NOT NULL AND NEW.path NOT GLOB 'articles/*' BEGIN UPDATE selection SET name_revision = NEW.revision, name_revised = NEW.revised WHERE path = NEW.path; END;
