import { commentStates } from '../domain/comment.ts'
import { maxKeptCharacters, maxKeptComments } from '../domain/kept-comment.ts'
import { json, operation } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const example = {
  ...{ id: 'Jr9uZtV3nLgP6eQaTiRoKw', article: 'le-marche-ouvre-samedi', state: 'approved' },
  ...{ name: 'Kim Tremblay', text: 'Merci !', written: '2024-06-19T16:00:00Z' },
}

/** The API operation that stores comments of another system. */
export const ofKeptComments = {
  post: operation({
    operationId: 'import-comments',
    summary: 'Import comments',
    description: `Stores at most ${maxKeptComments} comments of another system or of a backup, with their ids, states and dates, and tells nobody. A comment whose id the site has stays as it is, so that repeating the call changes nothing. A comment may answer one of the list, or one that the site has; one that is refused is named in \`refused\`, and stops only those that answer it. A deleted comment keeps its place in its thread, without texts.`,
    scope: 'admin',
    requestBody: {
      required: true,
      content: json(ref('KeptComments'), { one: { comments: [example] } }),
    },
    answers: {
      200: {
        description: 'What became of the comments',
        content: json(ref('ImportedComments'), { one: { kept: 1, unchanged: 0, refused: [] } }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'keptInvalid'],
  }),
}

const instant = (words: string): Schema => text(words, { format: 'date-time' })
const listOf = (description: string, items: Schema): Schema => ({ type: 'array', description, items })

/** The members that a kept comment always has. */
export const keptRequired = ['id', 'article', 'state', 'name', 'text', 'written'] as const

/** The schemas of the members of a kept comment. */
export const keptFields = (): Record<string, Schema> => ({
  id: text('The permanent id: 22 signs of base64url.', { pattern: '^[\\w-]{22}$' }),
  article: text('The slug of the article.'),
  parent: text('The id of the comment that it answers; absent if it answers none.'),
  question: text('The key of the question of the article that it answers; absent if it answers none.'),
  state: text('The state of the comment.', { enum: [...commentStates] }),
  reasons: listOf('Why it was held.', text('A reason.')),
  name: text('The name or pseudonym of the author; of a deleted comment it is not read.'),
  email: text('The e-mail address of the author; absent if there is none.'),
  text: text(`The text in the Markdown subset of comments, at most ${maxKeptCharacters} characters.`),
  written: instant('When it was written.'),
  published: instant(
    'When it became public, which is its date; without it, an approved comment has the date `written`.',
  ),
  edited: instant('When its author changed it last; absent if that never happened.'),
  withdrawn: instant('When it ceased to be public; absent if it is public or never was.'),
})

/** The schemas of comments that are imported, or that a backup has. */
export const keptCommentSchemas = (): Record<string, Schema> => ({
  KeptComment: object('A comment of another system.', [...keptRequired], keptFields()),
  KeptComments: object('Comments of another system.', ['comments'], {
    comments: listOf(`At most ${maxKeptComments} comments.`, ref('KeptComment')),
  }),
  ImportedComments: object('What became of comments.', ['kept', 'unchanged', 'refused'], {
    kept: integer('Those that were stored.'),
    unchanged: integer('Those whose ids the site has already.'),
    refused: listOf(
      'Those that were not stored.',
      object('A comment.', ['at', 'field', 'reason'], {
        at: integer('The place in the list, from 0.'),
        id: text('Its id, if it has one.'),
        field: text('The wrong field.'),
        reason: text('What it must be.'),
      }),
    ),
  }),
})
