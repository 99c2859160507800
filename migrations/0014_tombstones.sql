-- The newest hundred tombstones of a selection as a JSON list, so that a feed reads one row for its withdrawals. The column is null from
-- a change of the selection's tombstones to the end of the batch that changed them.
ALTER TABLE selection ADD COLUMN tombstones TEXT DEFAULT '[]';

UPDATE selection SET tombstones = (SELECT json_group_array(json_object('article', article, 'id', id, 'withdrawn', withdrawn, 'revision', revision))
  FROM (SELECT article, id, withdrawn, revision FROM tombstone WHERE tombstone.selection = selection.path ORDER BY withdrawn DESC, article LIMIT 100))
WHERE path IN (SELECT selection FROM tombstone);

CREATE INDEX selection_tombstones ON selection (tombstones) WHERE tombstones IS NULL;

-- Triggers set the column to null, so that no statement that changes tombstones can forget it. Tombstones may precede their selection.
CREATE TRIGGER tombstone_set AFTER INSERT ON tombstone BEGIN UPDATE selection SET tombstones = NULL WHERE path = NEW.selection AND tombstones IS NOT NULL; END;
CREATE TRIGGER tombstone_moved AFTER UPDATE ON tombstone BEGIN UPDATE selection SET tombstones = NULL WHERE path IN (OLD.selection, NEW.selection) AND tombstones IS NOT NULL; END;
CREATE TRIGGER tombstone_left AFTER DELETE ON tombstone BEGIN UPDATE selection SET tombstones = NULL WHERE path = OLD.selection AND tombstones IS NOT NULL; END;
CREATE TRIGGER selection_mourned AFTER INSERT ON selection WHEN EXISTS (SELECT 1 FROM tombstone WHERE selection = NEW.path) BEGIN UPDATE selection SET tombstones = NULL WHERE path = NEW.path; END;
