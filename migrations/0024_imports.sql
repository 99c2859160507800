-- The articles that imports have saved. `origin` is the path of the file of an article, relative to the folder in which the import
-- ran: a later import knows the article by it. `run` is the import that saved the article last.
CREATE TABLE imported (
  article TEXT NOT NULL PRIMARY KEY,
  origin TEXT,
  run INTEGER
) STRICT;
CREATE INDEX imported_origin ON imported (origin);
CREATE TRIGGER article_deleted AFTER DELETE ON article BEGIN DELETE FROM imported WHERE article = OLD.id; END;

-- The last import: its number, a hash of the names of its files, and whether it is complete.
CREATE TABLE import (
  one INTEGER PRIMARY KEY CHECK (one = 1),
  run INTEGER NOT NULL,
  files TEXT NOT NULL,
  complete INTEGER NOT NULL
) STRICT;
