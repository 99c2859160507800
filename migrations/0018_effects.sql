-- What must happen after a save: one row for each revision and effect, written in the batch of the save and deleted when the effect is
-- done. `paths` is a JSON list; null means all paths. `accepted` is 1 after the first of two purge calls. `next` is the first instant at
-- which the row may be taken up; each job that takes up a row adds 1 to `attempts`.
CREATE TABLE effect (
  effect TEXT NOT NULL,
  revision INTEGER NOT NULL,
  paths TEXT CHECK (json_valid(paths)),
  urgent INTEGER NOT NULL DEFAULT 0,
  accepted INTEGER NOT NULL DEFAULT 0,
  attempts INTEGER NOT NULL DEFAULT 0,
  next INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (effect, revision)
) STRICT, WITHOUT ROWID;

INSERT INTO effect (effect, revision, paths) SELECT 'websub', revision, paths FROM outbox WHERE json_valid(paths);

-- When a purge call for waiting rows was last begun, in epoch milliseconds. All isolates share this limit on their calls.
ALTER TABLE site ADD COLUMN purged INTEGER NOT NULL DEFAULT 0;

-- The former version of the Worker reads and deletes the rows of the effect `websub` through this view. A later migration may delete it.
DROP TRIGGER selection_revised;
DROP TRIGGER selection_made;
DROP TRIGGER selection_left;
DROP TABLE outbox;
CREATE VIEW outbox AS SELECT revision, paths FROM effect WHERE effect = 'websub';
CREATE TRIGGER outbox_delete INSTEAD OF DELETE ON outbox BEGIN DELETE FROM effect WHERE effect = 'websub' AND revision = OLD.revision; END;

-- Triggers write the rows, so that no statement that changes what readers see can forget them, in whatever version of the Worker.
CREATE TRIGGER selection_revised AFTER UPDATE OF revision ON selection WHEN NEW.revision IS NOT NULL AND NEW.revision IS NOT OLD.revision BEGIN INSERT INTO effect (effect, revision, paths) VALUES ('purge', NEW.revision, json_array(NEW.path)), ('websub', NEW.revision, json_array(NEW.path)) ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path); END;
CREATE TRIGGER selection_made AFTER INSERT ON selection WHEN NEW.revision IS NOT NULL BEGIN INSERT INTO effect (effect, revision, paths) VALUES ('purge', NEW.revision, json_array(NEW.path)), ('websub', NEW.revision, json_array(NEW.path)) ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path); END;
CREATE TRIGGER selection_left AFTER DELETE ON selection WHEN OLD.revision IS NOT NULL BEGIN INSERT INTO effect (effect, revision, paths) SELECT column1, site.revision, column2 FROM site, (VALUES ('purge', json_array(OLD.path, OLD.path || '/name')), ('websub', json_array(OLD.path))) WHERE true ON CONFLICT (effect, revision) DO UPDATE SET paths = iif(effect.effect = 'purge', json_insert(paths, '$[#]', OLD.path, '$[#]', OLD.path || '/name'), json_insert(paths, '$[#]', OLD.path)); END;
CREATE TRIGGER selection_titled AFTER UPDATE OF title ON selection WHEN OLD.revision IS NOT NULL AND NEW.title IS NOT OLD.title BEGIN INSERT INTO effect (effect, revision, paths) VALUES ('purge', NEW.revision, json_array(NEW.path || '/name')) ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path || '/name'); END;
CREATE TRIGGER archive_added AFTER INSERT ON archive BEGIN INSERT INTO effect (effect, revision, paths) VALUES ('purge', NEW.revision, json_array(ltrim(NEW.selection || '/archive/', '/') || printf('%d/%02d/%d', NEW.part / 10000000, NEW.part / 100000 % 100, NEW.part % 100000))) ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', ltrim(NEW.selection || '/archive/', '/') || printf('%d/%02d/%d', NEW.part / 10000000, NEW.part / 100000 % 100, NEW.part % 100000)); END;
CREATE TRIGGER archive_changed AFTER UPDATE OF revision ON archive WHEN NEW.revision IS NOT OLD.revision BEGIN INSERT INTO effect (effect, revision, paths) VALUES ('purge', NEW.revision, json_array(ltrim(NEW.selection || '/archive/', '/') || printf('%d/%02d/%d', NEW.part / 10000000, NEW.part / 100000 % 100, NEW.part % 100000))) ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', ltrim(NEW.selection || '/archive/', '/') || printf('%d/%02d/%d', NEW.part / 10000000, NEW.part / 100000 % 100, NEW.part % 100000)); END;
CREATE TRIGGER archive_left AFTER DELETE ON archive BEGIN INSERT INTO effect (effect, revision, paths) SELECT 'purge', site.revision, json_array(ltrim(OLD.selection || '/archive/', '/') || printf('%d/%02d/%d', OLD.part / 10000000, OLD.part / 100000 % 100, OLD.part % 100000)) FROM site WHERE true ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', ltrim(OLD.selection || '/archive/', '/') || printf('%d/%02d/%d', OLD.part / 10000000, OLD.part / 100000 % 100, OLD.part % 100000)); END;
