-- The feed of all articles has a date even if the site never published: the instant at which its database was made. Formerly, the date
-- of this selection was 0 until the first article became public.
UPDATE selection SET revised = CAST(strftime('%s', 'now') AS INTEGER) * 1000 WHERE path = '' AND revised = 0;
