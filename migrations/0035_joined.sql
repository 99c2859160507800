-- Finds the requests whose mails are due when the hour of an earlier one has passed, because they count for the cap.
CREATE INDEX opt_in_due ON opt_in (due) WHERE due > 0;

-- The `id` of the subscriber with which one that has ended was joined, so that the links to unsubscribe in its mails end that one.
ALTER TABLE subscriber ADD COLUMN joined TEXT;
CREATE INDEX subscriber_joined ON subscriber (joined) WHERE joined IS NOT NULL;
