-- The requests to be told by e-mail that got no mail, because the site had as many in an hour as MAIL_CAP allows: their number, by the
-- instant (epoch milliseconds) at which the hour begins. Rows are kept for 48 hours.
CREATE TABLE capped (
  hour INTEGER PRIMARY KEY,
  requests INTEGER NOT NULL
) STRICT;

-- The correction (`note`) of the article of which people were told last, without its full stop, so that they are not told of it again.
ALTER TABLE article ADD COLUMN corrected TEXT;

-- Finds the subscriber with an e-mail address in whatever letter case. It is not unique, because two rows may be there already that
-- differ only in letter case.
CREATE INDEX subscriber_address_any_case ON subscriber (address COLLATE NOCASE) WHERE address IS NOT NULL;

-- The schedule of the digests that a choice had before it was told at once, and the instant of that change, until what became public
-- before it has been told in a last digest.
ALTER TABLE choice ADD COLUMN former TEXT CHECK (former IN ('daily', 'weekly'));
ALTER TABLE choice ADD COLUMN changed INTEGER;
CREATE INDEX choice_former ON choice (former) WHERE former IS NOT NULL;
