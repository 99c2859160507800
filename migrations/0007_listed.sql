-- The state first: an index that begins with `shown` tempts a save to go through all that is seen.
DROP INDEX article_listed;
CREATE INDEX article_listed ON article (status, shown, published DESC, number DESC);
