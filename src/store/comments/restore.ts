import { allComments } from '../../domain/comment.ts'
import type { CommentFacts } from '../../domain/comment-backup.ts'
import type { CommentToKeep } from '../../domain/kept-comment.ts'
import { erasedAt, markOf, unlessErased } from './erased.ts'

/** A comment of a backup, as the statements below read it. */
export const restoredComment = (comment: CommentToKeep, facts: CommentFacts) => {
  const { emailHash: _, email: __, reasons = [], ...others } = comment
  const { instants, ...backup } = facts
  return { ...others, ...instants, reasons, ...backup }
}

const given = (name: string): string => `incoming.value ->> '${name}'`
const incoming = 'json_each(?1) AS incoming'

/** SQL for the instant at which an incoming comment was erased; null if it was not. A backup has no address by which its author is known. */
const erased = erasedAt([markOf(given('id'))], given('written'))

/** SQL for the value of a column of an incoming comment. When one that was public was erased, it ceased to be public. */
const storedIn = (column: string): string =>
  column === 'withdrawn'
    ? `coalesce(${given(column)}, iif(${given('state')} = 'approved', ${erased}, NULL))`
    : unlessErased(erased, column, given(column))

const copied = ['number', 'id', 'parent', 'thread', 'state', 'name', 'text', 'html', 'written', 'published']
const others = ['question', 'edited', 'withdrawn', 'revision']

/**
 * The statements that restore comments; ?1 is a list of them. Those that the store lists as erased are stored as deleted ones. Until
 * the backup is complete, no head of comments has a revision, so that no ETag of the backup stands for a part of the comments.
 */
export const commentStatements = [
  `INSERT INTO discussion (path, article) SELECT '${allComments}', 0 WHERE json_array_length(?1) > 0 ON CONFLICT DO NOTHING`,
  `INSERT INTO discussion (path, article, title, language, mode, shown, feeds, expires)
   SELECT path, article, title, language, mode, shown, feeds, expires FROM discussed
   WHERE article IN (SELECT article.number FROM ${incoming} CROSS JOIN article ON article.slug = ${given('article')})
   ON CONFLICT DO NOTHING`,
  `INSERT INTO comment (${[...copied, ...others].join(', ')}, article, reasons, reports, changed)
   SELECT ${[...copied, ...others].map(storedIn).join(', ')}, article.number, incoming.value -> 'reasons', coalesce(${given('reports')}, 0),
     ${given('written')}
   FROM ${incoming} CROSS JOIN article ON article.slug = ${given('article')}
   WHERE ${given('parent')} IS NULL OR ${given('parent')} IN (SELECT number FROM comment UNION ALL SELECT value ->> 'number' FROM json_each(?1))
   ORDER BY ${given('number')} ON CONFLICT DO NOTHING RETURNING id`,
  `INSERT INTO comment_event (comment, at, kind, actor, state, reason, text)
   SELECT comment.number, event.value ->> 'at', event.value ->> 'kind', coalesce(event.value ->> 'actor', ''), event.value ->> 'state',
     event.value ->> 'reason', iif(comment.state = 'deleted', NULL, event.value ->> 'text')
   FROM ${incoming} CROSS JOIN comment ON comment.id = ${given('id')} AND comment.number = ${given('number')}, json_each(incoming.value, '$.events') AS event
   WHERE NOT EXISTS (SELECT 1 FROM comment_event WHERE comment_event.comment = comment.number)`,
  'UPDATE discussion SET revision = NULL WHERE revision IS NOT NULL',
  `SELECT comment.id FROM ${incoming} CROSS JOIN comment ON comment.id = ${given('id')} AND comment.number = ${given('number')}`,
]

/** The place of the statement among `commentStatements` that returns the ids of the comments which it adds. */
export const placeOfAdding = (): number => commentStatements.findIndex((sql) => sql.endsWith('RETURNING id'))

/**
 * The statement that keeps the heads of a backup until it is complete, in the columns of a selection: `number` is the number of
 * public comments, and `name_revision` whether comments are closed. A head without a revision has -1.
 */
export const discussionStatements = [
  `INSERT INTO restoring (path, revision, revised, departed, number, name_revision, name_revised)
   SELECT ${given('path')}, coalesce(${given('revision')}, -1), ${given('revised')}, ${given('departed')}, ${given('size')},
     coalesce(${given('closed')}, 0), 0
   FROM ${incoming} WHERE true ON CONFLICT DO NOTHING RETURNING path`,
]

/** SQL condition on a row of `restoring`: it is the head of comments, and no selection. */
export const isDiscussion = `(path = '${allComments}' OR path GLOB 'articles/*')`

/**
 * The statements that complete the heads of comments of a backup. A head gets the revision of the backup if `exact` is true and it has
 * as many public comments as in the backup; otherwise a new one. ?1 is the
 * present instant. They run before the effects of the restore end.
 */
export function completeDiscussions(exact: boolean): string[] {
  const ofGiven = `FROM restoring AS given WHERE given.path = discussion.path`
  const isSame = 'given.revision >= 0 AND given.number = discussion.size'
  const revision = `(SELECT max(?1, site.revision, (SELECT coalesce(max(revision), 0) FROM comment),
    (SELECT max(revision) FROM restoring)) + 1 FROM site)`
  return [
    `INSERT INTO discussion (path, article) SELECT path, 0 FROM restoring WHERE path = '${allComments}' ON CONFLICT DO NOTHING`,
    `UPDATE discussion SET closed = given.name_revision ${ofGiven}`,
    ...(exact
      ? [
          `UPDATE discussion SET revision = given.revision ${ofGiven} AND ${isSame}`,
          `UPDATE discussion SET revised = given.revised, departed = given.departed ${ofGiven} AND ${isSame}`,
        ]
      : []),
    `UPDATE discussion SET changed = NULL, revision = ${revision}, departed = ${revision} WHERE revision IS NULL
     AND (size > 0 OR path IN (SELECT path FROM restoring WHERE revision >= 0))`,
  ]
}
