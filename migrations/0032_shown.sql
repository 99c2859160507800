-- The last digests that a browser shows: a JSON object with `daily` and `weekly`, each with the instant of the message (`at`), the ids of its
-- articles (`articles`), and `isCut` if there were more, so that an article that is withdrawn can be taken out of the notification.
ALTER TABLE subscriber ADD COLUMN shown TEXT CHECK (shown IS NULL OR json_valid(shown));
