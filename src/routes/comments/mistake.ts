import type { CommentMistake } from '../../domain/languages/comments.ts'
import { type Problem, retrySeconds } from '../../domain/problem.ts'

/** The problem of a form that another site has sent. */
export const foreign = (task: string): Problem => ({
  kind: 'invalid-request',
  task,
  issues: [{ field: 'Origin', reason: 'must be the site itself, or a website that COMMENT_ORIGINS names' }],
})

/** The problem of a client that has sent too many forms. */
export const excess: Problem = {
  kind: 'too-many-requests',
  reason: 'too many comments were sent',
  seconds: retrySeconds,
}

/** The problem of a comment on an article on which nobody can comment any more. */
export const shut: Problem = { kind: 'comments-closed' }

/** The field that a mistake concerns, and what would be right, for programs. */
const issues: Record<Exclude<CommentMistake, 'tooMany' | 'shut'>, [field: string, reason: string]> = {
  name: ['name', 'must be a name of at most 60 characters'],
  email: ['email', 'must be an e-mail address, or empty'],
  notify: ['email', 'must be an e-mail address if `notify` is given'],
  text: ['text', 'must not be blank'],
  tooLong: ['text', 'must have at most 4000 characters'],
  unreadable: ['text', 'has quotes or marks of Markdown that cannot be read; use fewer of them'],
  expired: ['form', 'must be from the form, which is valid for a day'],
  used: ['form', 'was used for another comment; get the form again'],
  closed: ['parent', 'must be a public comment on a public article, or empty'],
  question: ['question', 'must be the key of a question that the article asks, or empty'],
}

/** What a program is told of a mistake in a comment; `task` is what the request was to do. */
export function problemOf(task: string, mistake: CommentMistake): Problem {
  if (mistake === 'tooMany') return excess
  if (mistake === 'shut') return shut
  const [field, reason] = issues[mistake]
  return { kind: 'invalid-request', task, issues: [{ field, reason }] }
}
