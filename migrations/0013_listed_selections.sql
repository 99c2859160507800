-- Whether a selection has public articles. Lists of sections, tags and authors read only selections that have some, however many
-- other selections are empty. The column is separate because every save would write an index on `size`. It is null for the selections
-- of single articles, which are in none of these lists.
ALTER TABLE selection ADD COLUMN shown INTEGER;

UPDATE selection SET shown = 1 WHERE size > 0 AND path NOT GLOB 'articles/*';

CREATE INDEX selection_shown ON selection (path, title) WHERE shown = 1;

-- A trigger maintains the column, so that no statement that changes sizes can forget it.
CREATE TRIGGER selection_filled AFTER UPDATE OF size ON selection WHEN (NEW.size > 0) IS NOT (OLD.size > 0) AND NEW.path NOT GLOB 'articles/*' BEGIN UPDATE selection SET shown = NEW.size > 0 WHERE path = NEW.path; END;
