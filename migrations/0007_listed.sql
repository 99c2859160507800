-- The status comes first, because SQLite would use an index that begins with `shown` to read all public articles in each save.
DROP INDEX article_listed;
CREATE INDEX article_listed ON article (status, shown, published DESC, number DESC);
