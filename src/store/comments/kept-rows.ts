import { articleOfComments, type CommentState } from '../../domain/comment.ts'
import { rfc3339 } from '../../domain/instant.ts'
import type { KeptComment } from '../../domain/kept-comment.ts'
import { listOr } from '../columns.ts'
import { instantIn } from './rows.ts'

/** A comment as the statements of this folder select it for backups and for its author. */
export interface KeptRow {
  number: number
  id: string
  path: string
  parent: string | null
  question: string | null
  state: CommentState
  reasons: string
  name: string
  email: string | null
  text: string
  written: number
  published: number | null
  edited: number | null
  withdrawn: number | null
}

/** SQL for the columns of `KeptRow`, from a row of `comment` and the row of `discussion` of its article. */
export const keptColumns = `comment.number, comment.id, discussion.path,
  (SELECT answered.id FROM comment AS answered WHERE answered.number = comment.parent) AS parent, comment.question, comment.state,
  ${listOr('comment.reasons', "'[]'")} AS reasons, comment.name, comment.email, comment.text,
  coalesce(${instantIn('comment.written')}, 0) AS written,
  ${['published', 'edited', 'withdrawn'].map((column) => `${instantIn(`comment.${column}`)} AS ${column}`).join(', ')}`

export function keptOf(row: KeptRow): KeptComment {
  const { id, path, parent, question, state, name, email, text, written, published, edited, withdrawn } = row
  const reasons = JSON.parse(row.reasons) as string[]
  return {
    ...{ id, article: articleOfComments(path)?.split('/')[1] ?? '' },
    ...(parent !== null && { parent }),
    ...(question !== null && { question }),
    state,
    ...(reasons.length > 0 && { reasons }),
    name,
    ...(email !== null && { email }),
    text,
    written: rfc3339(written),
    ...(published !== null && { published: rfc3339(published) }),
    ...(edited !== null && { edited: rfc3339(edited) }),
    ...(withdrawn !== null && { withdrawn: rfc3339(withdrawn) }),
  }
}
