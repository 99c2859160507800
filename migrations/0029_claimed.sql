-- The instant until which a job has claimed the notification; NULL if none has. Other jobs leave the subscriber alone until then, so that
-- nobody gets two messages in the wrong order, or the same articles in two digests.
ALTER TABLE notification ADD COLUMN claimed INTEGER;
CREATE INDEX notification_claimed ON notification (subscriber) WHERE claimed IS NOT NULL;

-- 1 if a browser may show the message although it was not counted as accepted: its answer was lost, or the job that sent it was killed.
ALTER TABLE notification ADD COLUMN reached INTEGER NOT NULL DEFAULT 0 CHECK (reached IN (0, 1));

-- The instant of the first of the refusals that `failures` counts: an address is unknown only if it still is some time later.
ALTER TABLE subscriber ADD COLUMN refused INTEGER;
