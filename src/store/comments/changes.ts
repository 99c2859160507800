import {
  type AddedComment,
  allComments,
  type CommentDraft,
  type CommentState,
  type EditedWords,
  type OwnComment,
} from '../../domain/comment.ts'

/**
 * SQL for the revision of a change that makes comments public at ?1. It does not move the revision of the site, so that many
 * comments do not keep an export from ending, but it comes after it, and after all revisions of comments.
 */
export const nextRevision = `max(?1, (SELECT revision + 1 FROM site),
  (SELECT coalesce(revision, 0) + 1 FROM discussion WHERE path = '${allComments}'))`

/**
 * SQL for the revision of a comment that becomes public for the first time, if anybody is told of comments; null otherwise, so that a site
 * that tells nobody has no further rows in its indexes.
 */
export const newsRevision = `iif(EXISTS (SELECT 1 FROM choice WHERE selection IN ('comments', 'replies')), ${nextRevision}, NULL)`

/** Stores a new comment, if its article and the comment that it answers are public at the instant `now`. */
export async function addComment(
  database: D1Database,
  draft: CommentDraft,
  now: number,
): Promise<AddedComment> {
  const {
    id,
    path,
    parent = null,
    question = null,
    state,
    reasons,
    name,
    email = null,
    emailHash = null,
    network,
    text,
    html,
    textHash = null,
    form,
    editHash,
    editUntil,
  } = draft
  const run = (sql: string, ...values: unknown[]) => database.prepare(sql).bind(...values)
  const results = await database.batch<{ id: string; text: string; state: CommentState }>([
    run(`INSERT INTO discussion (path, article) VALUES ('${allComments}', 0) ON CONFLICT DO NOTHING`),
    run(
      `INSERT INTO discussion (path, article, title, language, mode, shown, feeds, expires)
       SELECT path, article, title, language, mode, shown, feeds, expires FROM discussed
       WHERE article = (SELECT number FROM article WHERE slug = ?1) AND shown = 1 ON CONFLICT DO NOTHING`,
      path.split('/')[1],
    ),
    run(
      `INSERT INTO comment (id, article, parent, thread, state, reasons, name, email, email_hash, network, text, html, text_hash, written, published, revision, news, changed, form, edit_hash, edit_until, question)
       SELECT ?2, discussion.article, answered.number, coalesce(answered.thread, answered.number), ?5, ?6, ?7, ?8, ?9, ?15, ?10, ?11, ?16, ?1,
         iif(?5 = 'approved', ?1, NULL), iif(?5 = 'approved', ${nextRevision}, 0), iif(?5 = 'approved', ${newsRevision}, NULL), ?1, ?12, ?13, ?14, iif(?4 IS NULL, ?17, answered.question)
       FROM discussion LEFT JOIN comment AS answered
         ON answered.id = ?4 AND answered.article = discussion.article AND answered.state = 'approved'
       WHERE discussion.path = ?3 AND discussion.shown = 1 AND coalesce(discussion.expires > ?1, 1)
         AND (?4 IS NULL OR answered.number IS NOT NULL)
       ON CONFLICT (form) DO NOTHING`,
      ...[
        now,
        id,
        path,
        parent,
        state,
        JSON.stringify(reasons),
        name,
        email,
        emailHash,
        text,
        html,
        form,
        editHash,
        editUntil,
        network,
        textHash,
        question,
      ],
    ),
    run('SELECT id, text, state FROM comment WHERE form = ?1', form),
  ])
  const stored = results[3]?.results[0]
  if (!stored) return { kind: 'closed' }
  return stored.id === id ? { kind: 'added' } : { kind: 'repeated', text: stored.text, state: stored.state }
}

/** SQL for the comment ?2 if its author, who has the token with the hash ?3, may change it at the instant ?1. */
const editable = `comment.id = ?2 AND comment.edit_hash = ?3 AND comment.edit_until > ?1 AND comment.state IN ('approved', 'pending')`

/** Reads a comment that its author may change at the instant `now`. */
export async function readOwn(
  database: D1Database,
  id: string,
  editHash: string,
  now: number,
): Promise<OwnComment | undefined> {
  const row = await database
    .prepare(
      `SELECT comment.text, comment.state, comment.text_hash AS textHash, discussion.path,
         EXISTS (SELECT 1 FROM ban WHERE hash IN (comment.email_hash, comment.network)) AS banned FROM comment CROSS JOIN discussion ON discussion.article = comment.article
       WHERE ${editable}`,
    )
    .bind(now, id, editHash)
    .first<
      Pick<OwnComment, 'text' | 'state' | 'path'> & { textHash: string | null; banned: number } & Record<
          string,
          unknown
        >
    >()
  if (!row) return undefined
  const { text, state, path, textHash, banned } = row
  return { text, state, path, ...(textHash !== null && { textHash }), isBanned: banned === 1 }
}

/** Changes the text of a comment whose author may change it at the instant `now`. */
export async function editComment(
  database: D1Database,
  id: string,
  editHash: string,
  { text, html, textHash, state }: EditedWords,
  now: number,
): Promise<boolean> {
  const results = await database.batch([
    database
      .prepare(
        `INSERT INTO comment_event (comment, at, kind, actor, text) SELECT number, ?1, 'edited', 'author', text FROM comment
         WHERE ${editable} AND state = ?5 AND text <> ?4`,
      )
      .bind(now, id, editHash, text, state),
    database
      .prepare(
        `UPDATE comment SET text = ?4, html = ?5, text_hash = ?6, edited = max(?1, coalesce(edited, 0) + 1), changed = ?1,
           revision = iif(state = 'approved' AND html IS NOT ?5, ${nextRevision}, revision) WHERE ${editable} AND state = ?7`,
      )
      .bind(now, id, editHash, text, html, textHash ?? null, state),
  ])
  return (results[1]?.meta.changes ?? 0) > 0
}
