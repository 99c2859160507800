import { keptFields, keptRequired } from './kept-comments.ts'
import { json, operation } from './operation.ts'
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
  ErasedComments: object('How much was erased.', ['comments', 'reports', 'isMore'], {
    comments: integer('The comments that this call deleted.'),
    reports: integer('The reports whose texts and addresses were removed.'),
    isMore: { type: 'boolean', description: 'Whether the person has further comments.' },
  }),
})
