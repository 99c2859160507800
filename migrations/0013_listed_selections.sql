-- Whether anybody can see something in a selection: the lists of all sections, tags and authors go along what has
-- something, however many others have become empty. A mark of its own, since an index on `size` would be written with
-- each save; articles, which are in no such list, have none.
ALTER TABLE selection ADD COLUMN shown INTEGER;

UPDATE selection SET shown = 1 WHERE size > 0 AND path NOT GLOB 'articles/*';

CREATE INDEX selection_shown ON selection (path, title) WHERE shown = 1;

-- Kept by the store itself, so that no way of changing sizes can miss it.
CREATE TRIGGER selection_filled AFTER UPDATE OF size ON selection WHEN (NEW.size > 0) IS NOT (OLD.size > 0) AND NEW.path NOT GLOB 'articles/*' BEGIN UPDATE selection SET shown = NEW.size > 0 WHERE path = NEW.path; END;
