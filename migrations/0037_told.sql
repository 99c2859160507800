-- The revision of the change by which a comment became public for the first time, if somebody is told of comments; null for what was imported
-- or restored, of which nobody is told.
ALTER TABLE comment ADD COLUMN news INTEGER;
CREATE INDEX comment_news ON comment (article, news) WHERE news IS NOT NULL;
CREATE INDEX comment_answer ON comment (parent, news) WHERE news IS NOT NULL AND parent IS NOT NULL;

-- A choice of comments (`comments` and the id of an article) or of replies (`replies` and the id of a comment) begins after all comments that
-- are public at that moment. In such a choice, `told` is the revision of comments up to which everything was told.
CREATE TRIGGER choice_of_comments AFTER INSERT ON choice WHEN NEW.selection IN ('comments', 'replies') AND NEW.told IS NULL BEGIN UPDATE choice SET told = coalesce((SELECT revision FROM discussion WHERE path = 'comments'), 0) WHERE selection = NEW.selection AND article = NEW.article AND subscriber = NEW.subscriber; END;

-- A choice of replies ends with its comment. Such choices do not count among the 50 that a subscriber can have, and of more than 50 of them
-- the oldest end, so that whoever writes many comments can always subscribe.
CREATE TRIGGER replies_ended AFTER UPDATE OF state ON comment WHEN NEW.state = 'deleted' AND OLD.state <> 'deleted' BEGIN DELETE FROM choice WHERE selection = 'replies' AND article = NEW.id; END;
CREATE TRIGGER replies_chosen AFTER INSERT ON choice WHEN NEW.selection = 'replies' BEGIN DELETE FROM choice WHERE selection = 'replies' AND article = NEW.article AND subscriber = NEW.subscriber AND EXISTS (SELECT 1 FROM comment WHERE id = NEW.article AND state = 'deleted'); DELETE FROM choice WHERE selection = 'replies' AND subscriber = NEW.subscriber AND article IN (SELECT article FROM choice WHERE selection = 'replies' AND subscriber = NEW.subscriber ORDER BY since DESC, article LIMIT -1 OFFSET 50); END;

-- A comment that becomes public is an effect, `notify-comments`, if somebody is told of it: `commented/` and the id of its article, `replied/`
-- and the id of the comment that it answers.
CREATE TRIGGER comment_news_added AFTER INSERT ON comment WHEN NEW.news IS NOT NULL BEGIN INSERT INTO effect (effect, revision, paths) SELECT 'notify-comments', NEW.news, json_group_array(event) FROM (SELECT 'commented/' || article.id AS event FROM article WHERE article.number = NEW.article AND EXISTS (SELECT 1 FROM choice WHERE selection = 'comments' AND choice.article = article.id) UNION ALL SELECT 'replied/' || answered.id FROM comment AS answered WHERE answered.number = NEW.parent AND EXISTS (SELECT 1 FROM choice WHERE selection = 'replies' AND choice.article = answered.id)) HAVING count(*) > 0 ON CONFLICT (effect, revision) DO UPDATE SET paths = (SELECT json_group_array(event) FROM (SELECT value AS event FROM json_each(effect.paths) UNION SELECT value FROM json_each(excluded.paths))); END;
CREATE TRIGGER comment_news_approved AFTER UPDATE OF news ON comment WHEN NEW.news IS NOT NULL AND OLD.news IS NULL BEGIN INSERT INTO effect (effect, revision, paths) SELECT 'notify-comments', NEW.news, json_group_array(event) FROM (SELECT 'commented/' || article.id AS event FROM article WHERE article.number = NEW.article AND EXISTS (SELECT 1 FROM choice WHERE selection = 'comments' AND choice.article = article.id) UNION ALL SELECT 'replied/' || answered.id FROM comment AS answered WHERE answered.number = NEW.parent AND EXISTS (SELECT 1 FROM choice WHERE selection = 'replies' AND choice.article = answered.id)) HAVING count(*) > 0 ON CONFLICT (effect, revision) DO UPDATE SET paths = (SELECT json_group_array(event) FROM (SELECT value AS event FROM json_each(effect.paths) UNION SELECT value FROM json_each(excluded.paths))); END;

-- The statements of reasons that are yet to be sent to the authors of comments that a moderator has hidden or deleted, one for a comment at
-- most: the number of the comment, the address, the keyed hash of the author's address as in `comment.email_hash`, the decision with its reason
-- and explanation, and the comment as it was. A row is deleted when the mail was sent, when the decision is taken back, and after 48 hours at
-- most.
CREATE TABLE statement (
  number INTEGER PRIMARY KEY,
  comment INTEGER NOT NULL UNIQUE,
  address TEXT NOT NULL,
  email_hash TEXT,
  language TEXT NOT NULL,
  decision TEXT NOT NULL CHECK (decision IN ('spam', 'deleted')),
  reason TEXT,
  explanation TEXT NOT NULL DEFAULT '',
  text TEXT NOT NULL,
  title TEXT NOT NULL,
  written INTEGER NOT NULL,
  at INTEGER NOT NULL,
  next INTEGER NOT NULL,
  attempts INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX statement_next ON statement (next);
CREATE INDEX statement_email ON statement (email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX statement_address ON statement (address COLLATE NOCASE);
