-- The instant until which a job has claimed the notification; NULL if none has.
ALTER TABLE notification ADD COLUMN claimed INTEGER;
