import { type ExaminedTable, list, orNull, type Rule } from '../column-rules.ts'
import { maxInstant } from '../columns.ts'

/** Makes a rule for a column with an instant. The schema allows only integers there. */
const instant = (column: string, what: string): Rule => ({
  column,
  isBad: `${column} NOT BETWEEN -${maxInstant} AND ${maxInstant}`,
  must: `must be an instant in epoch milliseconds, ${what}`,
})

/** SQL for whether a number is that of no comment. */
const isNoComment = (column: string): string =>
  `NOT EXISTS (SELECT 1 FROM comment AS other WHERE other.number = comment.${column})`

/** The columns of comments that `npx kiosque doctor` examines. No text, name or address is in a finding. */
export const commentTables: readonly ExaminedTable[] = [
  {
    table: 'discussion',
    id: 'path',
    rules: [
      {
        column: 'path',
        isBad: `iif(article = 0, path <> 'comments', path NOT GLOB 'articles/?*/comments')`,
        must: 'must be the path of the comments on an article, or `comments` for the article 0',
      },
      { column: 'size', isBad: 'size < 0', must: 'must be the number of public comments' },
      orNull(instant('expires', 'at which the article ceases to be public')),
    ],
  },
  {
    table: 'comment',
    id: 'number',
    rules: [
      { column: 'id', isBad: `id = '' OR id GLOB '*[^A-Za-z0-9_-]*'`, must: 'must be signs of base64url' },
      {
        column: 'parent',
        isBad: `parent IS NOT NULL AND ${isNoComment('parent')}`,
        must: 'must be the number of a comment, or null',
      },
      {
        column: 'thread',
        isBad: `(thread IS NULL) <> (parent IS NULL) OR thread IS NOT NULL AND ${isNoComment('thread')}`,
        must: 'must be the number of a comment if the comment answers one, and null otherwise',
      },
      {
        column: 'question',
        isBad: `question = '' OR question GLOB '*[^A-Za-z0-9-]*'`,
        must: 'must be letters, digits and hyphens, or null',
      },
      list('reasons', 'the reasons for which the comment was held'),
      instant('written', 'at which it was sent'),
      {
        column: 'published',
        isBad: `state = 'approved' AND published IS NULL`,
        must: 'must be an instant if the comment is public',
      },
      orNull(instant('published', 'at which it became public')),
      orNull(instant('withdrawn', 'at which it ceased to be public')),
      orNull(instant('edited', 'at which its author changed it')),
    ],
  },
]
