-- What takes back the last import. `former` is the article before the import, or null if the import created it. `revision` is the
-- revision of the import's last save of the article. `undone` is the revision of the save that took the import back.
ALTER TABLE imported ADD COLUMN former TEXT CHECK (former IS NULL OR json_valid(former));
ALTER TABLE imported ADD COLUMN revision INTEGER;
ALTER TABLE imported ADD COLUMN undone INTEGER;
CREATE INDEX imported_run ON imported (run, article);
