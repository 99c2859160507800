-- The browsers that show, or may show, the notification of an article or of its correction, of the last day: if the article is withdrawn,
-- exactly these are told. `at` is the instant of the message.
CREATE TABLE shown_article (
  article TEXT NOT NULL,
  subscriber INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (article, subscriber)
) STRICT, WITHOUT ROWID;
CREATE INDEX shown_article_subscriber ON shown_article (subscriber);
CREATE INDEX shown_article_at ON shown_article (at);

-- Finds the browsers that got a digest in the last day.
CREATE INDEX subscriber_shown
  ON subscriber (max(coalesce(shown ->> '$.daily.at', 0), coalesce(shown ->> '$.weekly.at', 0))) WHERE shown IS NOT NULL;

-- The articles that subscribers with digests were told of in another way, at once or by the digests of another schedule, so that no digest
-- has them again: of the last weeks, as long as a digest can have them. `at` is the instant at which this was stored.
CREATE TABLE told_article (
  article TEXT NOT NULL,
  subscriber INTEGER NOT NULL,
  at INTEGER NOT NULL,
  PRIMARY KEY (article, subscriber)
) STRICT, WITHOUT ROWID;
CREATE INDEX told_article_subscriber ON told_article (subscriber);
CREATE INDEX told_article_at ON told_article (at);
