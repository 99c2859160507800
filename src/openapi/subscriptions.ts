import { schedules } from '../domain/notify.ts'
import { json, operation } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const report = {
  choices: [],
  waiting: 0,
  optIns: 0,
  paused: 0,
  failing: [],
  failedOptIns: [],
  capped: 0,
  holds: [],
}

/** The API operations about the people who are told of articles. */
export const ofSubscriptions = {
  get: operation({
    operationId: 'read-subscriptions',
    summary: 'Show what people are told of',
    description:
      'Returns how many people are told of what, by channel, selection and schedule, and which mails and notifications could not be sent. No address of a person or a browser is shown. The subscriptions of programs are those of the WebSub hub.',
    scope: 'admin',
    answers: {
      200: { description: 'The subscriptions', content: json(ref('Subscriptions'), { report }) },
    },
    problems: ['mayNotAdminister'],
  }),
  delete: operation({
    operationId: 'erase-subscriber',
    summary: 'Erase a person',
    description:
      'Ends the subscriptions of an e-mail address, in whatever letter case, or of the endpoint of a browser, and erases the address with everything that is stored about the person. A request that waits for its confirmation is erased too.',
    scope: 'admin',
    requestBody: {
      required: true,
      content: json(ref('Erasure'), { erasure: { address: 'kim@example.com' } }),
    },
    answers: {
      200: {
        description: 'The person is erased',
        content: json(ref('ErasedPerson'), { erasure: { erased: 0, requests: 0 } }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'erasureInvalid'],
  }),
}

export const channel = text('How people are told.', { enum: ['email', 'webpush'] })
export const listOf = (description: string, items: Schema): Schema => ({ type: 'array', description, items })
const instant = (words: string) => text(words, { format: 'date-time' })

/** The schemas of the API's answers about the people who are told of articles. */
export const subscriptionsSchemas = (): Record<string, Schema> => ({
  Subscriptions: object('What people are told of.', Object.keys(report), {
    choices: listOf(
      'How many have chosen what.',
      object('A choice.', ['channel', 'selection', 'article', 'slug', 'schedule', 'subscribers'], {
        channel,
        selection: text('The path of a selection, empty for all articles; or `corrections`.'),
        article: text('The id of the article whose corrections are meant; otherwise empty.'),
        slug: text('The slug of this article; otherwise empty, also if the article was deleted.'),
        schedule: text('How often they are told.', { enum: schedules }),
        subscribers: integer('The number of subscribers.'),
      }),
    ),
    waiting: integer('The number of notifications that wait.'),
    optIns: integer('The number of requests that are not confirmed.'),
    paused: integer('The number of subscribers that have paused.'),
    failing: listOf(
      'The subscribers whose last mail or notification failed, at most 100.',
      object('A failure.', ['number', 'channel', 'failures', 'failure'], {
        number: integer('The number of the subscriber.'),
        channel,
        failures: integer('How often the address was refused as unknown since the last success.'),
        failure: text('The answer of the server, or why there was none.'),
      }),
    ),
    failedOptIns: listOf(
      'Why mails that ask for a confirmation could not be sent, at most 100 reasons.',
      object('A reason.', ['failure', 'optIns'], {
        failure: text('The answer of the server, or why there was none.'),
        optIns: integer('The number of requests.'),
      }),
    ),
    capped: integer(
      'The number of requests of the last 48 hours that got no mail, because too many came in an hour.',
    ),
    holds: listOf(
      'The channels that send nothing for a time, because the fault is that of the site, and the push services that have asked to wait.',
      object('A stop.', ['channel', 'until', 'since', 'failure'], {
        channel,
        service: text('The origin of the push service; absent if the whole channel sends nothing.'),
        until: instant('The instant from which messages are sent again.'),
        since: instant('The instant of the first of the failures in a row.'),
        failure: text('The answer of the server, or why there was none.'),
      }),
    ),
  }),
  Erasure: object('Whom to erase.', ['address'], {
    address: text('The e-mail address, or the endpoint of the browser.'),
  }),
  ErasedPerson: object('What was erased.', ['erased', 'requests'], {
    erased: integer('The number of subscribers.'),
    requests: integer('The number of requests that waited for their confirmation.'),
  }),
  Erased: object('What was erased.', ['erased', 'comments', 'isMore'], {
    erased: integer('The number of subscribers.'),
    comments: integer('The number of comments.'),
    isMore: { type: 'boolean', description: 'Whether there may be further comments: call it again.' },
  }),
})
