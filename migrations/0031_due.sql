-- The instant at which the mail of a request is due, if the address had one in the hour before; otherwise 0, and it is due at once.
-- What else is asked for the address until then is added to the request.
ALTER TABLE opt_in ADD COLUMN due INTEGER NOT NULL DEFAULT 0;
