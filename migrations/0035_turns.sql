-- Finds the requests whose mails are due when the hour of an earlier one has passed, because they count for the cap.
CREATE INDEX opt_in_due ON opt_in (due) WHERE due > 0;
