-- The hidden index: what `membership` holds of what readers can see, this holds of what they cannot, by the state of it;
-- an editor's list merges the two. It was called `drawer`.
ALTER TABLE drawer RENAME TO hidden_index;

-- The version that runs until the new one is deployed goes on with the former name. A later migration takes it away.
CREATE VIEW drawer AS SELECT selection, status, published, article FROM hidden_index;
CREATE TRIGGER drawer_insert INSTEAD OF INSERT ON drawer BEGIN INSERT INTO hidden_index (selection, status, published, article) VALUES (NEW.selection, NEW.status, NEW.published, NEW.article); END;
CREATE TRIGGER drawer_delete INSTEAD OF DELETE ON drawer BEGIN DELETE FROM hidden_index WHERE selection = OLD.selection AND status = OLD.status AND published = OLD.published AND article = OLD.article; END;

-- The same trigger as before, under a plain name.
DROP TRIGGER selection_mourned;
CREATE TRIGGER selection_with_tombstones AFTER INSERT ON selection WHEN EXISTS (SELECT 1 FROM tombstone WHERE selection = NEW.path) BEGIN UPDATE selection SET tombstones = NULL WHERE path = NEW.path; END;
