-- The feed of all articles has a date even if the site never published: the instant of this migration, which is that at which the
-- database was made if the site is new. Formerly, the date of this selection was 0 until the first article became public.
UPDATE selection SET revised = CAST(strftime('%s', 'now') AS INTEGER) * 1000 WHERE path = '' AND revised = 0;
