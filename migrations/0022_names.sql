-- The names that each section, tag or author has or had, by its path. A name keeps its path for ever, so that no other name gets
-- it. A save of this version writes the folded form of a name (`foldName` in domain/name.ts); this migration and the triggers
-- write spellings.
CREATE TABLE name (
  path TEXT NOT NULL,
  name TEXT NOT NULL,
  PRIMARY KEY (path, name)
) STRICT, WITHOUT ROWID;
CREATE INDEX name_name ON name (name, path);

-- The names of each article with their paths. Without names of equal paths, the paths in `filed` are in the order of the names.
CREATE VIEW spelling AS
SELECT one.number, path.value AS path, json_extract(content, '$.section') AS name
  FROM (SELECT number, iif(json_valid(json), json, '{}') AS content, iif(json_valid(filed), filed, '[]') AS paths FROM article) AS one JOIN json_each(paths) AS path ON path.key = 0
  WHERE (json_type(content, '$.section') IS 'text') AND path.type = 'text'
    AND json_array_length(paths) = (json_type(content, '$.section') IS 'text') + coalesce(json_array_length(content, '$.tags'), 0) + coalesce(json_array_length(content, '$.authors'), 0)
UNION ALL SELECT one.number, path.value, given.value
  FROM (SELECT number, iif(json_valid(json), json, '{}') AS content, iif(json_valid(filed), filed, '[]') AS paths FROM article) AS one JOIN json_each(content, '$.tags') AS given JOIN json_each(paths) AS path ON path.key = (json_type(content, '$.section') IS 'text') + given.key
  WHERE given.type = 'text' AND path.type = 'text'
    AND json_array_length(paths) = (json_type(content, '$.section') IS 'text') + coalesce(json_array_length(content, '$.tags'), 0) + coalesce(json_array_length(content, '$.authors'), 0)
UNION ALL SELECT one.number, path.value, given.value ->> '$.name'
  FROM (SELECT number, iif(json_valid(json), json, '{}') AS content, iif(json_valid(filed), filed, '[]') AS paths FROM article) AS one JOIN json_each(content, '$.authors') AS given JOIN json_each(paths) AS path ON path.key = (json_type(content, '$.section') IS 'text') + json_array_length(content, '$.tags') + given.key
  WHERE given.type = 'object' AND json_type(given.value, '$.name') = 'text' AND path.type = 'text'
    AND json_array_length(paths) = (json_type(content, '$.section') IS 'text') + coalesce(json_array_length(content, '$.tags'), 0) + coalesce(json_array_length(content, '$.authors'), 0);

-- Former versions made one key of several names; these keep it. An article that may not be syndicated is in no selection.
INSERT INTO name (path, name) SELECT path, title FROM selection
  WHERE (path GLOB 'sections/*' OR path GLOB 'tags/*' OR path GLOB 'authors/*') AND typeof(path) = 'text' AND typeof(title) = 'text' AND title <> '';
INSERT INTO name (path, name) SELECT named.key, named.value FROM article, json_each(iif(json_valid(selections), selections, '{}')) AS named
  WHERE (named.key GLOB 'sections/*' OR named.key GLOB 'tags/*' OR named.key GLOB 'authors/*') AND named.type = 'text' AND named.value <> '' ON CONFLICT DO NOTHING;
INSERT INTO name (path, name) SELECT path, name FROM spelling WHERE true ON CONFLICT DO NOTHING;

-- Triggers write the names that a former version of the Worker stores after this migration.
CREATE TRIGGER article_named AFTER INSERT ON article WHEN EXISTS (SELECT 1 FROM json_each(iif(json_valid(NEW.filed), NEW.filed, '[]')) AS filed WHERE NOT EXISTS (SELECT 1 FROM name WHERE name.path = filed.value)) BEGIN INSERT INTO name (path, name) SELECT path, name FROM spelling WHERE number = NEW.number ON CONFLICT DO NOTHING; END;
CREATE TRIGGER article_refiled AFTER UPDATE OF json, filed ON article WHEN EXISTS (SELECT 1 FROM json_each(iif(json_valid(NEW.filed), NEW.filed, '[]')) AS filed WHERE NOT EXISTS (SELECT 1 FROM name WHERE name.path = filed.value)) BEGIN INSERT INTO name (path, name) SELECT path, name FROM spelling WHERE number = NEW.number ON CONFLICT DO NOTHING; END;
CREATE TRIGGER selection_claimed AFTER INSERT ON selection WHEN (NEW.path GLOB 'sections/*' OR NEW.path GLOB 'tags/*' OR NEW.path GLOB 'authors/*') AND typeof(NEW.title) = 'text' AND NEW.title <> '' AND NOT EXISTS (SELECT 1 FROM name WHERE path = NEW.path AND name IN (NEW.title, lower(NEW.title))) BEGIN INSERT INTO name (path, name) VALUES (NEW.path, NEW.title); END;
CREATE TRIGGER selection_retitled AFTER UPDATE OF title ON selection WHEN (NEW.path GLOB 'sections/*' OR NEW.path GLOB 'tags/*' OR NEW.path GLOB 'authors/*') AND typeof(NEW.title) = 'text' AND NEW.title <> '' AND NOT EXISTS (SELECT 1 FROM name WHERE path = NEW.path AND name IN (NEW.title, lower(NEW.title))) BEGIN INSERT INTO name (path, name) VALUES (NEW.path, NEW.title); END;
