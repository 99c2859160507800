-- Each section, tag and author gets a permanent number when it first becomes public. Therefore the sitemaps of selections have fixed
-- bounds, and a new selection changes only the last sitemap. A selection that is moved gets a new number.
ALTER TABLE selection ADD COLUMN number INTEGER;

UPDATE selection SET number = counted.number FROM (SELECT path, row_number() OVER (ORDER BY path) AS number FROM selection
  WHERE revision IS NOT NULL AND (path >= 'sections/' AND path < 'sections0' OR path >= 'tags/' AND path < 'tags0' OR path >= 'authors/' AND path < 'authors0')) AS counted
WHERE counted.path = selection.path;

CREATE INDEX selection_number ON selection (number) WHERE number IS NOT NULL;

-- Triggers assign the numbers, so that no statement that makes selections public can forget them.
CREATE TRIGGER selection_appeared AFTER UPDATE OF revision ON selection WHEN OLD.revision IS NULL AND NEW.revision IS NOT NULL AND (NEW.path GLOB 'sections/*' OR NEW.path GLOB 'tags/*' OR NEW.path GLOB 'authors/*') BEGIN UPDATE selection SET number = (SELECT coalesce(max(number), 0) + 1 FROM selection WHERE number > 0) WHERE path = NEW.path; END;
CREATE TRIGGER selection_came AFTER INSERT ON selection WHEN NEW.revision IS NOT NULL AND (NEW.path GLOB 'sections/*' OR NEW.path GLOB 'tags/*' OR NEW.path GLOB 'authors/*') BEGIN UPDATE selection SET number = (SELECT coalesce(max(number), 0) + 1 FROM selection WHERE number > 0) WHERE path = NEW.path; END;
