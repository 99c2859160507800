-- A JSON list of the paths of the article's section, tags and authors, by which editors find the article even if its rights keep it
-- out of public selections. Articles that are stored already get the paths outside of public selections with their next save.
ALTER TABLE article ADD COLUMN filed TEXT NOT NULL DEFAULT '[]';
UPDATE article SET filed = (SELECT json_group_array(key) FROM json_each(selections)
  WHERE key <> '' AND key NOT GLOB 'articles/*');
