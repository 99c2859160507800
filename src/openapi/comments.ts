import {
  banKinds,
  commentLists,
  commentStates,
  maxListedReports,
  maxModeratedComments,
  reportReasons,
} from '../domain/comment.ts'
import { decisionReasons, maxExplanationCharacters } from '../domain/statement.ts'
import { inPath, json, operation, query } from './operation.ts'
import { object, ref, type Schema, text } from './schema.ts'

/** The API operation that bans the senders of comments. */
export const ofBans = {
  post: operation({
    operationId: 'ban-senders',
    summary: 'Ban the senders of comments',
    description: `Makes all further comments of the senders of at most ${maxModeratedComments} comments wait for an editor, or ends that. A sender is recognized by the e-mail address, or by the network, until the end of the day (UTC). The answer has the ids of the comments that tell who the sender is: one without an e-mail address does not tell the address, and one of another day does not tell the network.`,
    scope: 'moderate',
    requestBody: {
      required: true,
      content: json(ref('Ban'), { ban: { ids: ['q1gTnNyhXKyUZV0LOxW2dw'], by: 'email' } }),
    },
    answers: {
      200: {
        description: 'The comments whose senders are known',
        content: json(ref('Banned'), { ban: { ids: [] } }),
      },
    },
    problems: ['unreadable', 'mayNotModerate', 'tooLarge', 'type', 'banInvalid'],
  }),
}

/** A comment that waits, as the list and the log of it show it. */
const exampleComment = {
  ...{ id: 'q1gTnNyhXKyUZV0LOxW2dw', state: 'pending', reasons: ['mode'], name: 'Kim', text: 'Bonjour.' },
  ...{ title: 'Le marché ouvre samedi', written: '2024-06-19T16:00:00Z' },
  url: 'https://kiosque.example/articles/le-marche-ouvre-samedi/comments?comment=q1gTnNyhXKyUZV0LOxW2dw',
}

/** The API operation that lists what happened to a comment. */
export const ofHistory = {
  get: operation({
    operationId: 'read-comment-history',
    summary: 'Read a comment and what happened to it',
    description:
      'Answers a comment in whatever state, and lists the decisions of moderators, the former texts of a comment that its author has changed, and the reports of readers, the first event first: the last 200, decisions and reports rather than changes. A deleted comment has no texts any more.',
    scope: 'moderate',
    parameters: [inPath('id', 'The id of the comment.', 'q1gTnNyhXKyUZV0LOxW2dw')],
    answers: {
      200: {
        description: 'The comment and what happened to it',
        content: json(ref('CommentHistory'), {
          waiting: { id: exampleComment.id, comment: exampleComment, events: [] },
        }),
      },
    },
    problems: ['mayNotModerate', 'noSuchComment'],
  }),
}

/** The API operation that closes all comments. */
export const ofClosing = {
  post: operation({
    operationId: 'close-comments',
    summary: 'Close all comments',
    description:
      'Closes the comments on all articles, or opens them again. While they are closed, nobody can write a comment; those that are there stay, and so do their feeds.',
    scope: 'moderate',
    requestBody: { required: true, content: json(ref('Closing'), { closing: { closed: true } }) },
    answers: {
      200: {
        description: 'Whether the comments are closed now',
        content: json(ref('Closing'), { closing: { closed: true } }),
      },
    },
    problems: ['unreadable', 'mayNotModerate', 'tooLarge', 'type', 'closingInvalid'],
  }),
}

/** The API operations about comments. */
export const ofComments = {
  get: operation({
    operationId: 'list-comments',
    summary: 'List comments',
    description: `Lists the comments in a state, the oldest first, at most ${maxModeratedComments} on each page. The address of the next page is in \`next\`.`,
    scope: 'moderate',
    parameters: [
      query(
        'state',
        'The state of the comments, or `reported` for those that readers have reported since the last decision; without it, `pending`.',
        'pending',
        {
          enum: [...commentLists],
        },
      ),
      query('after', 'The position at which the previous page ended, copied from `next`.', '50'),
    ],
    answers: {
      200: {
        description: 'A page of comments',
        content: json(ref('Comments'), { waiting: { comments: [exampleComment] } }),
      },
    },
    problems: ['commentState', 'mayNotModerate'],
  }),
  post: operation({
    operationId: 'decide-comments',
    summary: 'Approve, hide or delete comments',
    description: `Puts at most ${maxModeratedComments} comments into a state. An approved comment is public: its date is the instant of its first approval. Copies at the edge of a comment that is not public any more are purged. A deleted comment loses its texts and the e-mail address, and stays deleted. On a site that sends mail, the author of a deleted comment who left an e-mail address is told why by mail, and that of one that is hidden as spam if \`reason\` was given, but not if the reason is \`spam\`. The answer has the present state of each comment that exists.`,
    scope: 'moderate',
    requestBody: {
      required: true,
      content: json(ref('Decision'), {
        approval: { ids: ['q1gTnNyhXKyUZV0LOxW2dw'], state: 'approved' },
        deletion: {
          ...{ ids: ['q1gTnNyhXKyUZV0LOxW2dw'], state: 'deleted', reason: 'illegal' },
          text: 'It names an accused minor.',
        },
      }),
    },
    answers: {
      200: {
        description: 'The comments that exist',
        content: json(ref('Decided'), {
          approval: { comments: [{ id: 'q1gTnNyhXKyUZV0LOxW2dw', state: 'approved' }] },
          deletion: { comments: [{ id: 'q1gTnNyhXKyUZV0LOxW2dw', state: 'deleted' }] },
        }),
      },
    },
    problems: ['unreadable', 'mayNotModerate', 'tooLarge', 'type', 'decisionInvalid'],
  }),
}

const state = text('The state of the comment.', { enum: [...commentStates] })
const id = text('The permanent id of the comment.')
const listOf = (description: string, items: Schema): Schema => ({ type: 'array', description, items })

const listedComment = object(
  'A comment.',
  ['id', 'state', 'reasons', 'name', 'text', 'written', 'title', 'url'],
  {
    id,
    state,
    reasons: listOf(
      'Why it was held: `mode` (the mode of the article), `links` (many links), `quick` (the form came back at once), `trap` (a field was filled that people do not see), `repeated` (the same text was written within a day), `rate` (many came from one network), `words` (it has a word of `COMMENT_WORDS`), `banned` (its sender is banned), `robot` (Turnstile refused it), `akismet` (Akismet takes it for spam), `unchecked` (Turnstile or Akismet could not be asked).',
      text('A reason.'),
    ),
    name: text('The name or pseudonym of the author.'),
    email: text('The e-mail address of the author; absent if there is none.'),
    text: text('The text as it was written.'),
    written: text('When it was sent.', { format: 'date-time' }),
    published: text('When it became public for the first time; absent if it never was.', {
      format: 'date-time',
    }),
    title: text('The title of the article.'),
    parent: text('The id of the comment that it answers; absent if it answers none.'),
    question: text(
      'The key of the question about a passage that its thread answers; absent if it answers none.',
    ),
    version: text(
      'The id by which it is approved, if its author has changed it: an approval means the text that was listed. Absent if nobody has changed it.',
    ),
    reports: {
      type: 'integer',
      description: 'How many readers have reported it since the last decision; absent if none.',
    },
    reportReason: text('Why the last one of them reported it; absent if none.', { enum: [...reportReasons] }),
    lastReports: listOf(
      `The last reports since the last decision, the newest first, at most ${maxListedReports}; absent if none.`,
      object('A report.', ['reason'], {
        reason: text('Why.', { enum: [...reportReasons] }),
        text: text('What the reader wrote; absent if nothing.'),
      }),
    ),
    decision: object('Who decided last, if it is hidden or deleted; otherwise absent.', [], {
      actor: text('The name of the token that decided, `author`, or `rule`.'),
      reason: text('Why; absent if no reason was given.', { enum: [...decisionReasons] }),
      text: text('The explanation; absent if there is none, and of a deleted comment.'),
    }),
    url: text('The address of the comment.', { format: 'uri' }),
  },
)

/** The schemas of the API's requests and answers about comments. */
export const commentSchemas = (): Record<string, Schema> => ({
  Comments: object('A page of comments.', ['comments'], {
    comments: listOf('The comments.', listedComment),
    next: text('The address of the next page; absent on the last one.'),
  }),
  Decision: object('What becomes of comments.', ['ids', 'state'], {
    ids: listOf(
      `The ids of at most ${maxModeratedComments} comments.`,
      text(
        'An id. To approve a comment that its author has changed, its `version`; it is not approved if the author has changed it since.',
      ),
    ),
    state,
    reason: text('Why, for the log and for the author.', { enum: [...decisionReasons] }),
    text: text('An explanation, for the log and for the author.', { maxLength: maxExplanationCharacters }),
  }),
  CommentHistory: object('A comment and what happened to it.', ['id', 'comment', 'events'], {
    id,
    comment: listedComment,
    events: listOf(
      'The events.',
      object('An event.', ['at', 'kind'], {
        at: text('When it happened.', { format: 'date-time' }),
        kind: text('What happened.', { enum: ['decided', 'edited', 'reported'] }),
        actor: text('The name of the token that decided, `author`, or `rule`; absent for a reader.'),
        state,
        reason: text('Why a reader reported it, or why a moderator decided.', {
          enum: [...new Set([...reportReasons, ...decisionReasons])],
        }),
        text: text('The former text, what a reader wrote, or the explanation of a moderator.'),
        email: text('The e-mail address that a reader left.'),
      }),
    ),
  }),
  Closing: object('Whether the comments on all articles are closed.', ['closed'], {
    closed: { type: 'boolean', description: 'Whether they are closed.' },
  }),
  Ban: object('A ban.', ['ids'], {
    ids: listOf(`The ids of at most ${maxModeratedComments} comments.`, text('An id.')),
    by: text('By what the sender is recognized; without it, `email`.', { enum: [...banKinds] }),
    banned: { type: 'boolean', description: 'Whether the ban begins; without it, true.' },
  }),
  Banned: object('The comments whose senders are known.', ['ids'], {
    ids: listOf('Their ids.', text('An id.')),
  }),
  Decided: object('The comments that exist.', ['comments'], {
    comments: listOf(
      'The comments.',
      object('A comment.', ['id', 'state'], {
        id,
        state,
        unchanged: {
          type: 'boolean',
          description:
            'True if the decision left the state as it was: the comment had it already, is deleted, or was changed by its author since it was listed. Otherwise absent.',
        },
      }),
    ),
  }),
})
