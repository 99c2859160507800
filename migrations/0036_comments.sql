-- The facts of an article on which its comments depend. A bad row of an article gives no facts that would show anything.
CREATE VIEW discussed AS
  SELECT number AS article, 'articles/' || CAST(slug AS TEXT) || '/comments' AS path,
    coalesce(CAST(json ->> '$.title' AS TEXT), '') AS title, coalesce(CAST(json ->> '$.language' AS TEXT), 'und') AS language,
    CAST(json ->> '$.comments' AS TEXT) AS mode, iif(shown = 1, 1, 0) AS shown,
    iif(coalesce(json ->> '$.rights.syndicate', 'none') <> 'none', 1, 0) AS feeds,
    iif(typeof(expires) = 'integer', expires, NULL) AS expires
  FROM (SELECT number, slug, shown, expires, iif(json_valid(json), json, '{}') AS json FROM article);

-- The head of the comments of one article, and one with the path `comments` and the article 0 for those of all articles. The facts of
-- the article are copied, so that one row tells whether its comments are public. `revision` is NULL until a comment was public. `closed` is 1 in the row of all
-- articles while nobody may write a comment anywhere.
CREATE TABLE discussion (
  path TEXT PRIMARY KEY,
  article INTEGER NOT NULL UNIQUE,
  title TEXT NOT NULL DEFAULT '',
  language TEXT NOT NULL DEFAULT '',
  mode TEXT,
  shown INTEGER NOT NULL DEFAULT 0,
  feeds INTEGER NOT NULL DEFAULT 0,
  expires INTEGER,
  revision INTEGER,
  revised INTEGER NOT NULL DEFAULT 0,
  changed INTEGER,
  departed INTEGER NOT NULL DEFAULT 0,
  size INTEGER NOT NULL DEFAULT 0,
  closed INTEGER NOT NULL DEFAULT 0
) STRICT, WITHOUT ROWID;

-- One row for each comment, for ever: a deleted one keeps its row without its texts, so that no id is given again. `parent` and `thread`
-- are the numbers of the comment that it answers and of the first comment of its thread; both are NULL for a first comment. `published`
-- is the instant at which it became public, and `withdrawn` the instant at which it ceased to be so. Until `edit_until`, whoever has the
-- token with the hash `edit_hash` may change the text. `network` is the keyed hash of the network from which it was sent; its key is
-- the salt of the day, after which nobody can tell whether two hashes are of one network, or of which one. `text_hash` is the hash of a
-- long text's letters, to find repetitions. `question` is the key of the author's question about a passage that the thread answers.
CREATE TABLE comment (
  number INTEGER PRIMARY KEY,
  id TEXT NOT NULL UNIQUE,
  article INTEGER NOT NULL,
  parent INTEGER,
  thread INTEGER,
  state TEXT NOT NULL CHECK (state IN ('pending', 'approved', 'spam', 'deleted')),
  reasons TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(reasons)),
  name TEXT NOT NULL,
  email TEXT,
  email_hash TEXT,
  network TEXT,
  text TEXT NOT NULL,
  html TEXT NOT NULL,
  text_hash TEXT,
  written INTEGER NOT NULL,
  published INTEGER,
  withdrawn INTEGER,
  revision INTEGER NOT NULL DEFAULT 0,
  changed INTEGER NOT NULL DEFAULT 0,
  form TEXT UNIQUE,
  edit_hash TEXT,
  edit_until INTEGER,
  edited INTEGER,
  replies INTEGER NOT NULL DEFAULT 0,
  reports INTEGER NOT NULL DEFAULT 0,
  question TEXT
) STRICT;

CREATE INDEX comment_shown ON comment (article, published, number) WHERE state = 'approved';
CREATE INDEX comment_public ON comment (published, number) WHERE state = 'approved';
CREATE INDEX comment_first ON comment (article, published, number) WHERE parent IS NULL AND (state = 'approved' OR replies > 0);
CREATE INDEX comment_answered ON comment (article, replies, number) WHERE parent IS NULL AND (state = 'approved' OR replies > 0);
CREATE INDEX comment_asked ON comment (article, question, published, number) WHERE parent IS NULL AND question IS NOT NULL AND (state = 'approved' OR replies > 0);
CREATE INDEX comment_reply ON comment (thread, published, number) WHERE parent IS NOT NULL AND state = 'approved';
CREATE INDEX comment_state ON comment (state, number);
CREATE INDEX comment_reported ON comment (number) WHERE reports > 0;
CREATE INDEX comment_withdrawn ON comment (article, withdrawn) WHERE withdrawn IS NOT NULL;
CREATE INDEX comment_gone ON comment (withdrawn) WHERE withdrawn IS NOT NULL;
CREATE INDEX comment_known ON comment (email_hash, network) WHERE email_hash IS NOT NULL;
CREATE INDEX comment_address ON comment (email COLLATE NOCASE) WHERE email IS NOT NULL;
CREATE INDEX comment_text ON comment (text_hash, written) WHERE text_hash IS NOT NULL;
CREATE INDEX comment_network ON comment (network, written) WHERE network IS NOT NULL;

-- What happened to comments: decisions of moderators, the texts that authors have changed, and reports of readers. `reports` of a comment
-- is the number of reports since the last decision.
CREATE TABLE comment_event (
  number INTEGER PRIMARY KEY,
  comment INTEGER NOT NULL,
  at INTEGER NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('decided', 'edited', 'reported')),
  actor TEXT NOT NULL DEFAULT '',
  state TEXT,
  reason TEXT,
  text TEXT,
  form TEXT UNIQUE,
  email TEXT,
  email_hash TEXT
) STRICT;
CREATE INDEX comment_history ON comment_event (comment, number);
CREATE INDEX comment_reporter ON comment_event (email_hash) WHERE email_hash IS NOT NULL;
CREATE INDEX comment_reporter_address ON comment_event (email COLLATE NOCASE) WHERE email IS NOT NULL;

-- The key of the hashes of networks, a random one for each day. Only the row of the present day exists, or of the last day on
-- which anybody wrote.
CREATE TABLE salt (day TEXT PRIMARY KEY, value TEXT NOT NULL) STRICT, WITHOUT ROWID;

-- Senders whose comments wait for a moderator: the keyed hash of an e-mail address, or the hash of a network, which is deleted with the
-- salt of its day.
CREATE TABLE ban (hash TEXT PRIMARY KEY, kind TEXT NOT NULL CHECK (kind IN ('email', 'network')), at INTEGER NOT NULL) STRICT, WITHOUT ROWID;

-- Each new revision of comments is an effect of its own, `websub-comments`, for the hub: an approval does not move the revision of the
-- site, so that its revision may be above that one. Without a hub, cron deletes these rows.
CREATE TRIGGER discussion_told AFTER UPDATE OF revision ON discussion WHEN NEW.revision IS NOT NULL AND NEW.revision IS NOT OLD.revision BEGIN INSERT INTO effect (effect, revision, paths) VALUES ('websub-comments', NEW.revision, json_array(NEW.path)) ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', NEW.path); END;

-- The date of a change: the second after it, or one second after the former date if an answer may have been sent with that date. The
-- former date stays if the clock (`changed`) and the revision are at least 250 ms before it, because the change is then committed before
-- that date (store/archives.ts). Of an article's save the clock is not known.
CREATE TRIGGER discussion_revised AFTER UPDATE OF revision ON discussion WHEN NEW.revision IS NOT OLD.revision BEGIN UPDATE discussion SET revised = (SELECT CASE WHEN next > max(NEW.revised, sent) THEN next WHEN NEW.changed IS NOT NULL AND NEW.revised BETWEEN max(next, NEW.revision + 250) AND next + 1000 AND NEW.revised > sent THEN NEW.revised ELSE max(NEW.revised, sent) + 1000 END FROM (SELECT next, iif(charged > next, since, 0) AS sent FROM site, (SELECT (coalesce(NEW.changed, NEW.revision) / 1000 + 1) * 1000 AS next))) WHERE path = NEW.path; END;

-- Triggers maintain the heads, so that no kind of save of a comment or of an article can forget them.
CREATE TRIGGER comment_added AFTER INSERT ON comment WHEN NEW.state = 'approved' BEGIN UPDATE discussion SET size = size + 1, changed = NEW.changed, revision = max(coalesce(revision, 0), NEW.revision) WHERE article IN (NEW.article, 0); UPDATE comment SET replies = replies + 1 WHERE number = NEW.thread; END;
CREATE TRIGGER comment_approved AFTER UPDATE OF state ON comment WHEN NEW.state = 'approved' AND OLD.state <> 'approved' BEGIN UPDATE discussion SET size = size + 1, changed = NEW.changed, revision = max(coalesce(revision, 0), NEW.revision) WHERE article IN (NEW.article, 0); UPDATE comment SET replies = replies + 1 WHERE number = NEW.thread; END;
CREATE TRIGGER comment_left AFTER UPDATE OF state ON comment WHEN OLD.state = 'approved' AND NEW.state <> 'approved' BEGIN UPDATE discussion SET size = size - 1, changed = NEW.changed, revision = max(coalesce(revision, 0), NEW.revision), departed = max(departed, NEW.revision) WHERE article IN (NEW.article, 0); UPDATE comment SET replies = replies - 1 WHERE number = NEW.thread; INSERT INTO effect (effect, revision, paths) SELECT 'purge', NEW.revision, json_group_array(path) FROM discussion WHERE article IN (NEW.article, 0) HAVING count(*) > 0 ON CONFLICT (effect, revision) DO UPDATE SET paths = iif(paths IS NULL, NULL, (SELECT json_group_array(path) FROM (SELECT value AS path FROM json_each(effect.paths) UNION SELECT value FROM json_each(excluded.paths)))); END;
CREATE TRIGGER comment_edited AFTER UPDATE OF html ON comment WHEN NEW.state = 'approved' AND OLD.state = 'approved' AND NEW.html IS NOT OLD.html BEGIN UPDATE discussion SET changed = NEW.changed, revision = max(coalesce(revision, 0), NEW.revision) WHERE article IN (NEW.article, 0); END;
CREATE TRIGGER article_discussed AFTER UPDATE ON article WHEN EXISTS (SELECT 1 FROM discussion WHERE article = NEW.number) BEGIN UPDATE discussion SET changed = NULL, revision = max((SELECT revision + 1 FROM discussion WHERE path = 'comments'), revision + 1, (SELECT site.revision FROM site)), departed = max((SELECT revision + 1 FROM discussion WHERE path = 'comments'), revision + 1, (SELECT site.revision FROM site)) WHERE revision IS NOT NULL AND article IN (NEW.number, 0) AND EXISTS (SELECT 1 FROM discussion AS own JOIN discussed ON discussed.article = own.article WHERE own.article = NEW.number AND own.revision IS NOT NULL AND (own.path IS NOT discussed.path OR own.title IS NOT discussed.title OR own.language IS NOT discussed.language OR own.mode IS NOT discussed.mode OR own.shown IS NOT discussed.shown OR own.feeds IS NOT discussed.feeds OR own.expires IS NOT discussed.expires)); INSERT INTO effect (effect, revision, paths) SELECT 'purge', site.revision, json_array('comments') FROM site WHERE EXISTS (SELECT 1 FROM discussion AS own JOIN discussed ON discussed.article = own.article WHERE own.article = NEW.number AND own.revision IS NOT NULL AND (own.path IS NOT discussed.path OR own.title IS NOT discussed.title OR own.language IS NOT discussed.language OR own.mode IS NOT discussed.mode OR own.shown IS NOT discussed.shown OR own.feeds IS NOT discussed.feeds OR own.expires IS NOT discussed.expires)) ON CONFLICT (effect, revision) DO UPDATE SET paths = json_insert(paths, '$[#]', 'comments'); UPDATE discussion SET (path, title, language, mode, shown, feeds, expires) = (SELECT path, title, language, mode, shown, feeds, expires FROM discussed WHERE discussed.article = NEW.number) WHERE article = NEW.number; END;
