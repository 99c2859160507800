-- One index serves the lists for editors: directly for one state, and by merging four ranges for all states: the public
-- articles, and the articles of each of the three statuses that are not public.
DROP INDEX article_status;
CREATE INDEX article_listed ON article (shown, status, published DESC, number DESC);
