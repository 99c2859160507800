import type { Comment } from '../../domain/comment.ts'
import { maxInstant } from '../columns.ts'

/**
 * A public comment as the statements of this folder select it. `parent` is the id of the comment that it answers, and `answering` the name
 * of that comment's author, if it is public.
 */
export interface CommentRow {
  number: number
  id: string
  name: string
  html: string
  published: number
  revision: number
  edited: number | null
  parent: string | null
  answering: string | null
  question: string | null
  path: string
  title: string
  language: string
}

/** SQL for a column with an instant; null if the row is bad, so that the value is none. */
export const instantIn = (column: string): string => `iif(abs(${column}) <= ${maxInstant}, ${column}, NULL)`

/** SQL for the columns of `CommentRow`, from a row of `comment` and the row of `discussion` of its article. */
export const commentColumns = `comment.number, comment.id, comment.name, comment.html, comment.published, comment.revision, ${instantIn('comment.edited')} AS edited,
  (SELECT answered.id FROM comment AS answered WHERE answered.number = comment.parent) AS parent,
  (SELECT answered.name FROM comment AS answered WHERE answered.number = comment.parent AND answered.state = 'approved') AS answering,
  comment.question,
  discussion.path, discussion.title, discussion.language`

/** SQL for the revision of the comments of the path ?1. */
export const commentRevision = '(SELECT revision FROM discussion WHERE path = ?1)'

export const commentOf = ({
  id,
  name,
  html,
  published,
  edited,
  parent,
  answering,
  question,
  path,
  title,
  language,
}: CommentRow): Comment => ({
  ...{ id, name, html, published },
  ...(edited !== null && { edited }),
  ...(parent !== null && { parent }),
  ...(answering !== null && { answering }),
  ...(question !== null && { question }),
  on: { path, title, language },
})
