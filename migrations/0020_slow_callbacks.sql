-- The milliseconds that the callback took for its last delivery, successful or failed; null if there was none. A callback that took long
-- gets its next delivery in a job apart. The former version of the Worker leaves the value as it is.
ALTER TABLE subscription ADD COLUMN took INTEGER;

-- `client` is a hash of the network that sent the request; null if the former version of the Worker stored the request. `known` is 1 if
-- the subscription existed at the time of the request. `requests` counts the requests that took the place of the first one.
ALTER TABLE verification ADD COLUMN client TEXT;
ALTER TABLE verification ADD COLUMN known INTEGER NOT NULL DEFAULT 0;
ALTER TABLE verification ADD COLUMN requests INTEGER NOT NULL DEFAULT 0;
