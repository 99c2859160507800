-- The sitemaps of one year in the sitemap index: a JSON object from the number of a sitemap (ten archives of all articles) to the
-- latest `revised` of its archives. With one row for each year, the index of a million articles reads only some tens of rows.
CREATE TABLE sitemap_year (
  year INTEGER PRIMARY KEY,
  revised TEXT NOT NULL
);

INSERT INTO sitemap_year (year, revised)
SELECT number / 1000000, json_group_object(printf('%d', number), revised)
FROM (SELECT (part - 1) / 10 AS number, max(revised) AS revised FROM archive WHERE selection = '' GROUP BY (part - 1) / 10)
GROUP BY number / 1000000;

-- Triggers maintain the rows, so that no statement that changes archives can forget them.
CREATE TRIGGER archive_made AFTER INSERT ON archive WHEN NEW.selection = '' BEGIN INSERT INTO sitemap_year (year, revised) VALUES ((NEW.part - 1) / 10000000, json_object(printf('%d', (NEW.part - 1) / 10), NEW.revised)) ON CONFLICT (year) DO UPDATE SET revised = json_set(sitemap_year.revised, printf('$."%d"', (NEW.part - 1) / 10), max(NEW.revised, coalesce(json_extract(sitemap_year.revised, printf('$."%d"', (NEW.part - 1) / 10)), 0))); END;
CREATE TRIGGER archive_revised AFTER UPDATE OF revised ON archive WHEN NEW.selection = '' AND NEW.revised IS NOT OLD.revised BEGIN UPDATE sitemap_year SET revised = json_set(revised, printf('$."%d"', (NEW.part - 1) / 10), max(NEW.revised, coalesce(json_extract(revised, printf('$."%d"', (NEW.part - 1) / 10)), 0))) WHERE year = (NEW.part - 1) / 10000000; END;
