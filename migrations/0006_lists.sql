-- One index answers an editor's list for each state, and without one by merging: what is seen, and the three
-- kinds of what is not.
DROP INDEX article_status;
CREATE INDEX article_listed ON article (shown, status, published DESC, number DESC);
