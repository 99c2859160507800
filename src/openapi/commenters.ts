import { maxCommenterLines } from '../domain/commenter-line.ts'
import { keptFields, keptRequired } from './kept-comments.ts'
import { json, operation, query } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const address = { address: 'kim@example.com' }

/** The API operations about the comments of one person. */
export const ofPerson = {
  post: operation({
    operationId: 'read-person',
    summary: 'Read the comments of a person',
    description:
      'Lists the comments of the person with an e-mail address, in whatever letter case, and the reports that the person made, for a person who asks what is stored. Deleted comments say nothing of a person, and are left out. The address is in the body, because servers keep the addresses of requests. `next` is the position of the next page, for the member `after`.',
    scope: 'admin',
    requestBody: { required: true, content: json(ref('Person'), { one: address }) },
    answers: {
      200: {
        description: 'A page of what is stored',
        content: json(ref('PersonComments'), { one: { comments: [], reports: [] } }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'personInvalid'],
  }),
  delete: operation({
    operationId: 'erase-person',
    summary: 'Erase the comments of a person',
    description:
      'Deletes the comments of the person with an e-mail address, in whatever letter case, and removes what the person wrote in reports. Each call erases fifty comments at most; repeat it as long as `isMore` is true. The list of erased addresses gets the keyed hashes of the address and the ids of the comments, so that they are erased again after a restore of the database or of a backup. What the person writes later stays. A ban of the address stays.',
    scope: 'admin',
    requestBody: { required: true, content: json(ref('Person'), { one: address }) },
    answers: {
      200: {
        description: 'How much was erased',
        content: json(ref('ErasedComments'), { one: { comments: 0, reports: 0, isMore: false } }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'personInvalid'],
  }),
}

/** The API operations about a backup of the addresses of comments. */
export const ofAddresses = {
  get: operation({
    operationId: 'list-comment-addresses',
    summary: 'Read the addresses of comments, for a backup',
    description: `Lists the e-mail addresses that people left with comments and reports, at most ${maxCommenterLines} on each page. The address of the next page is in \`next\`. No cache keeps it; \`npx kiosque export --subscriptions FILE\` writes them encrypted.`,
    scope: 'admin',
    parameters: [
      query('after', 'The position at which the previous page ended, copied from `next`.', 'comment 7'),
    ],
    answers: {
      200: {
        description: 'A page of addresses',
        content: json(ref('CommentAddresses'), {
          none: { addresses: [], next: '/api/comments/addresses?after=comment_event+0' },
        }),
      },
    },
    problems: ['mayNotAdminister'],
  }),
  post: operation({
    operationId: 'restore-comment-addresses',
    summary: 'Restore the addresses of comments',
    description: `Gives comments and reports of a backup their e-mail addresses, at most ${maxCommenterLines} in one call. One that has an address keeps it, and a deleted comment gets none. Erase again afterwards those who were erased since the backup (\`POST /api/subscriptions/erased\`).`,
    scope: 'admin',
    requestBody: {
      required: true,
      content: json(ref('CommentAddresses'), {
        one: { addresses: [{ kind: 'commenter', comment: 'Jr9uZtV3nLgP6eQaTiRoKw', ...address }] },
      }),
    },
    answers: {
      200: {
        description: 'What became of the addresses',
        content: json(ref('RestoredAddresses'), { one: { restored: 0, unchanged: 1, bad: [] } }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'addressesInvalid'],
  }),
}

const listOf = (description: string, items: Schema): Schema => ({ type: 'array', description, items })

/** The schemas of the API's requests and answers about one person. */
export const commenterSchemas = (): Record<string, Schema> => ({
  Person: object('A person.', ['address'], {
    address: text('The e-mail address.'),
    after: integer('The position at which the previous page ended, copied from `next`.'),
  }),
  PersonComments: object('What is stored of the comments of a person.', ['comments', 'reports'], {
    comments: listOf(
      'The comments.',
      object('A comment.', [...keptRequired, 'former'], {
        ...keptFields(),
        former: listOf('The former texts of a comment that the person changed.', text('A text.')),
      }),
    ),
    reports: listOf(
      'The reports; on the first page.',
      object('A report.', ['comment', 'at'], {
        comment: text('The id of the comment.'),
        at: text('When it was made.', { format: 'date-time' }),
        reason: text('The reason.'),
        text: text('The text; absent if there is none any more.'),
      }),
    ),
    next: integer('The position of the next page; absent on the last one.'),
  }),
  CommentAddresses: object('E-mail addresses that people left with comments and reports.', ['addresses'], {
    addresses: listOf(
      'The addresses.',
      object('An address.', ['kind', 'comment', 'address'], {
        kind: text('Whose it is: of the author, or of a reader who reported the comment.', {
          enum: ['commenter', 'reporter'],
        }),
        comment: text('The id of the comment.'),
        at: integer('Of a report: the instant, in epoch milliseconds.'),
        address: text('The e-mail address.'),
        hash: text('The keyed hash of the address.'),
      }),
    ),
    next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
  }),
  RestoredAddresses: object('What became of addresses.', ['restored', 'unchanged', 'bad'], {
    restored: integer('The comments and reports that got their address.'),
    unchanged: integer('Those that are unknown or deleted, or have an address already.'),
    bad: listOf(
      'Those that cannot be read.',
      object('An address.', ['at', 'field', 'reason'], {
        at: integer('The place in the list, from 0.'),
        field: text('The wrong field.'),
        reason: text('What it must be.'),
      }),
    ),
  }),
  ErasedComments: object('How much was erased.', ['comments', 'reports', 'isMore'], {
    comments: integer('The comments that this call deleted.'),
    reports: integer('The reports whose texts and addresses were removed.'),
    isMore: { type: 'boolean', description: 'Whether the person has further comments.' },
  }),
})
