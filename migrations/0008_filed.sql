-- By which sections, tags and authors an editor finds the article, as a JSON list of paths: those of its names, also
-- where its rights keep it out of the selections that readers see. What is stored gets the rest with its next save.
ALTER TABLE article ADD COLUMN filed TEXT NOT NULL DEFAULT '[]';
UPDATE article SET filed = (SELECT json_group_array(key) FROM json_each(selections)
  WHERE key <> '' AND key NOT GLOB 'articles/*');
