import { type CommentState, commentStates, maxCommentNameCharacters } from './comment.ts'
import { isEmailAddress } from './email-address.ts'
import type { Issue } from './issue.ts'
import { isVisible } from './name.ts'
import { isQuestionId } from './question.ts'
import { countCharacters, legalText, nameLineOf } from './text.ts'

/**
 * A comment as a backup holds it, and as an import from another system gives it. `article` is the slug of its article, `parent` the
 * id of the comment that it answers, `question` the key of the article's question that it answers, and `text` the text in the
 * Markdown subset of comments, as it was written. Instants are as in RFC 3339: `written` that at which it was sent, `published`
 * that at which it became public (its date in lists and feeds), `edited` that of the author's last change, and `withdrawn` that at
 * which it ceased to be public. A deleted comment has no name and no text.
 */
export interface KeptComment {
  id: string
  article: string
  parent?: string
  question?: string
  state: CommentState
  /** Why it was held, as `HeldReason`. */
  reasons?: readonly string[]
  name: string
  email?: string
  text: string
  written: string
  published?: string
  edited?: string
  withdrawn?: string
}

/** A kept comment with the clean HTML of its text, and the keyed hash of its e-mail address. */
export interface CommentToKeep extends KeptComment {
  html: string
  emailHash?: string
}

/**
 * What became of a comment to keep: it is stored, its id was stored already and stays as it is, or its article or the comment that it
 * answers is unknown.
 */
export type KeptReply = 'kept' | 'unchanged' | 'no-article' | 'no-parent'

/** The largest number of comments in one call that keeps them, and of characters of the text of one (Unicode code points). */
export const maxKeptComments = 50
export const maxKeptCharacters = 20_000

/** The largest number of reasons of one comment. */
const maxReasons = 20

/** For how long after now an instant may be, because the clocks of two systems differ. */
const clockMilliseconds = 86_400_000

type Fields = Record<string, unknown>
type Rule = readonly [field: string, isRight: (given: Fields, now: number) => boolean, must: string]

const isText = (value: unknown): value is string => typeof value === 'string'
const isId = (value: unknown): boolean => isText(value) && /^[\w-]{22}$/.test(value)

const rfc3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/

function isInstant(value: unknown, now: number): boolean {
  const instant = isText(value) && rfc3339.test(value) ? Date.parse(value) : Number.NaN
  return instant >= 0 && instant <= now + clockMilliseconds
}

const instant =
  'must be an instant in RFC 3339 from 1970 on, such as 2024-06-19T16:00:00Z, and not in the future'

const optionalInstants = (['published', 'edited', 'withdrawn'] as const).map(
  (field): Rule => [
    field,
    (given, now) => given[field] === undefined || isInstant(given[field], now),
    instant,
  ],
)

const rules: readonly Rule[] = [
  ['id', ({ id }) => isId(id), 'must be 22 signs of base64url'],
  ['article', ({ article }) => isText(article) && article !== '' && article.length <= 300, 'must be a slug'],
  ['parent', ({ parent }) => parent === undefined || isId(parent), 'must be 22 signs of base64url'],
  [
    'question',
    ({ question }) => question === undefined || (isText(question) && isQuestionId(question)),
    'must be at most 64 letters, digits and hyphens',
  ],
  [
    'state',
    ({ state }) => commentStates.some((one) => one === state),
    `must be one of ${commentStates.join(', ')}`,
  ],
  [
    'reasons',
    ({ reasons }) => reasons === undefined || areReasons(reasons),
    'must be a list of words in lower case',
  ],
  [
    'name',
    ({ state, name }) => state === 'deleted' || isName(name),
    `must be a text of at most ${maxCommentNameCharacters} characters, one of them visible`,
  ],
  [
    'email',
    ({ state, email }) =>
      state === 'deleted' || email === undefined || (isText(email) && isEmailAddress(email)),
    'must be an e-mail address, such as kim@example.com, or be absent',
  ],
  [
    'text',
    ({ state, text }) => state === 'deleted' || isWritten(text),
    `must be a text of at most ${maxKeptCharacters} characters, one of them visible`,
  ],
  ['written', ({ written }, now) => isInstant(written, now), instant],
  ...optionalInstants,
]

const isName = (name: unknown): boolean =>
  isText(name) && countCharacters(name) <= maxCommentNameCharacters && isVisible(nameLineOf(name))

const isWritten = (text: unknown): boolean =>
  isText(text) && countCharacters(text) <= maxKeptCharacters && isVisible(legalText(text))

const areReasons = (reasons: unknown): boolean =>
  Array.isArray(reasons) &&
  reasons.length <= maxReasons &&
  reasons.every((one) => isText(one) && /^[a-z-]{1,20}$/.test(one))

/**
 * Parses a kept comment at the instant `now` (epoch milliseconds). An approved comment without `published` became public when it was
 * written. Further fields are left out, and so are the texts of a deleted comment.
 */
export function parseKeptComment(value: unknown, now: number): KeptComment | Issue {
  if (typeof value !== 'object' || value === null) return { field: 'comment', reason: 'must be an object' }
  const fields = value as Fields
  const broken = rules.find(([, isRight]) => !isRight(fields, now))
  if (broken) return { field: broken[0], reason: broken[2] }
  const given = value as KeptComment
  const { id, article, parent, question, state, reasons = [], written, published, edited, withdrawn } = given
  const isDeleted = state === 'deleted'
  const date = published ?? (state === 'approved' ? written : undefined)
  return {
    ...{ id, article, state },
    ...(parent !== undefined && { parent }),
    ...(question !== undefined && { question }),
    ...(reasons.length > 0 && { reasons }),
    name: isDeleted ? '' : nameLineOf(given.name),
    ...(!isDeleted && given.email !== undefined && { email: given.email }),
    text: isDeleted ? '' : legalText(given.text).replace(/\r\n?/g, '\n'),
    written,
    ...(date !== undefined && { published: date }),
    ...(edited !== undefined && { edited }),
    ...(withdrawn !== undefined && state !== 'approved' && { withdrawn }),
  }
}

/** Whether a parsed comment is one, and no issue. */
export const isKept = (parsed: KeptComment | Issue): parsed is KeptComment => 'id' in parsed
