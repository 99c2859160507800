-- The hidden index (formerly `drawer`) lists the articles of each selection that are not public, by status. Lists for editors merge it
-- with `membership`, which lists the public articles.
ALTER TABLE drawer RENAME TO hidden_index;

-- The former version of the Worker uses the former name until the new version is deployed. A later migration may delete this view.
CREATE VIEW drawer AS SELECT selection, status, published, article FROM hidden_index;
CREATE TRIGGER drawer_insert INSTEAD OF INSERT ON drawer BEGIN INSERT INTO hidden_index (selection, status, published, article) VALUES (NEW.selection, NEW.status, NEW.published, NEW.article); END;
CREATE TRIGGER drawer_delete INSTEAD OF DELETE ON drawer BEGIN DELETE FROM hidden_index WHERE selection = OLD.selection AND status = OLD.status AND published = OLD.published AND article = OLD.article; END;

-- The same trigger as before, with a plain name.
DROP TRIGGER selection_mourned;
CREATE TRIGGER selection_with_tombstones AFTER INSERT ON selection WHEN EXISTS (SELECT 1 FROM tombstone WHERE selection = NEW.path) BEGIN UPDATE selection SET tombstones = NULL WHERE path = NEW.path; END;
