-- With which save, and when, a selection got the name that it has: of what shows the name and not what is in the
-- selection, only that is a change. Zero where the name is older than this.
ALTER TABLE selection ADD COLUMN name_revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE selection ADD COLUMN name_revised INTEGER NOT NULL DEFAULT 0;

-- Kept by the store itself, so that no way of naming can miss it: another title, or that readers may know of it.
CREATE TRIGGER selection_renamed AFTER UPDATE OF title, revision ON selection WHEN NEW.revision IS NOT NULL AND (NEW.title IS NOT OLD.title OR OLD.revision IS NULL) AND NEW.path NOT GLOB 'articles/*' BEGIN UPDATE selection SET name_revision = NEW.revision, name_revised = NEW.revised WHERE path = NEW.path; END;
CREATE TRIGGER selection_named AFTER INSERT ON selection WHEN NEW.revision IS NOT NULL AND NEW.path NOT GLOB 'articles/*' BEGIN UPDATE selection SET name_revision = NEW.revision, name_revised = NEW.revised WHERE path = NEW.path; END;
