-- When the version in charge (`digest`) last changed, in epoch milliseconds; 0 allows the next cron run to change it at once.
ALTER TABLE site ADD COLUMN charged INTEGER NOT NULL DEFAULT 0;
