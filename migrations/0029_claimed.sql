-- The instant until which a job has claimed the notification; NULL if none has. Other jobs leave the subscriber alone until then, so that
-- nobody gets two messages in the wrong order, or the same articles in two digests.
ALTER TABLE notification ADD COLUMN claimed INTEGER;
CREATE INDEX notification_claimed ON notification (subscriber) WHERE claimed IS NOT NULL;
