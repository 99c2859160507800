import { maxErasedAddresses } from '../domain/erased.ts'
import { digestSchedules, schedules } from '../domain/notify.ts'
import { maxSubscriberLines } from '../domain/subscriber-line.ts'
import { json, operation, query } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'
import { channel, listOf } from './subscriptions.ts'

const hash = 'q8Xh2mYk0b5s7D1cWfJr9uZtV3nLgP6eQaTiRoKxYwM'
const list = { erased: [{ hash, at: 1718798400000 }] }

const ended = {
  ...{ id: 'q8Xh2mYk0b5s7D1cWfJr9w', version: 1, channel: 'email', language: 'fr' },
  ...{ state: 'ended', created: 1718712000000, ended: 1718798400000 },
}

/** The API operations about the list of erased addresses. */
export const ofErased = {
  get: operation({
    operationId: 'list-erased',
    summary: 'List erased addresses',
    description: `Lists the addresses that were erased in the last 400 days, because a person unsubscribed or was erased, as keyed hashes, at most ${maxErasedAddresses} on each page: those of the database, and then those of the bucket of erasures, if there is one. The address of the next page is in \`next\`.`,
    scope: 'read',
    parameters: [query('after', 'The position at which the previous page ended, copied from `next`.', hash)],
    answers: {
      200: {
        description: 'A page of erased addresses',
        content: json(ref('ErasedAddresses'), { none: { erased: [] } }),
      },
    },
    problems: [],
  }),
  post: operation({
    operationId: 'erase-again',
    summary: 'Erase addresses again',
    description: `Ends the subscriptions of addresses that were erased, at most ${maxErasedAddresses} in one call, deletes the comments that they wrote before, and lists the addresses as erased. Call this with all addresses of the list above, and with those that you have kept elsewhere, after each restore of the database to an earlier point in time; \`npx kiosque restored\` does it. A subscriber who has confirmed the address after its erasure stays, and so does what a person has written since. A call deletes some hundred comments at most; repeat it as long as \`isMore\` is true. Repeating the call changes nothing.`,
    scope: 'admin',
    requestBody: { required: true, content: json(ref('ErasedAddresses'), { list }) },
    answers: {
      200: {
        description: 'The addresses are erased',
        content: json(ref('Erased'), { list: { erased: 0, comments: 0, isMore: false } }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'erasedInvalid'],
  }),
}

/** The API operations about a backup of the subscribers. */
export const ofSubscriberBackup = {
  get: operation({
    operationId: 'list-subscribers',
    summary: 'Read subscribers, for a backup',
    description: `Lists the people and browsers that are told of articles, with their addresses, at most ${maxSubscriberLines} on each page. The address of the next page is in \`next\`. No other call returns addresses of subscribers, and no cache keeps it: \`npx kiosque export --subscriptions FILE\` writes them encrypted. \`bad\` names rows that are bad by their number.`,
    scope: 'admin',
    parameters: [
      query('after', 'The number of the subscriber after which the page begins.', '100', {
        pattern: '^\\d{1,15}$',
      }),
    ],
    answers: {
      200: {
        description: 'A page of subscribers',
        content: json(ref('SubscriberPage'), { none: { subscribers: [], bad: [] } }),
      },
    },
    problems: ['mayNotAdminister', 'after'],
  }),
  post: operation({
    operationId: 'restore-subscribers',
    summary: 'Restore subscribers',
    description: `Adds subscribers of a backup, at most ${maxSubscriberLines} in one call, with their ids, so that the links in their mails stay valid if the site has the same secrets. Nobody gets a mail by that, and the next digest covers at most its own period. Subscribers whose id or address the site has already stay as they are. Those whose address was erased after they confirmed it are left out. A subscriber that cannot be read is named in \`bad\` by the place in the list, and does not stop the others. Repeating the call does no harm.`,
    scope: 'admin',
    requestBody: {
      required: true,
      content: json(ref('SubscriberPage'), { ended: { subscribers: [ended] } }),
    },
    answers: {
      200: {
        description: 'What became of the subscribers',
        content: json(ref('RestoredSubscribers'), {
          ended: { restored: 1, unchanged: 0, erased: 0, bad: [] },
        }),
      },
    },
    problems: ['unreadable', 'mayNotAdminister', 'tooLarge', 'type', 'subscribersInvalid'],
  }),
}

const milliseconds = (words: string) => integer(`${words}, in epoch milliseconds.`)

const consentFields: Record<string, Schema> = {
  at: milliseconds('The instant'),
  words: text('The words that were shown.'),
  choices: listOf(
    'What the person agreed to.',
    object('A choice.', ['selection', 'schedule'], {
      selection: text('The path of a selection, empty for all articles; or `corrections`.'),
      article: text('The id of the article whose corrections are meant.'),
      schedule: text('How often they are told.', { enum: schedules }),
    }),
  ),
}

/** The fields of a subscriber in a backup; one that has ended has neither an address nor choices. */
const subscriberFields: Record<string, Schema> = {
  id: text('The random part of the links in mails.'),
  version: integer('The version of the links.'),
  channel,
  language: text('The language of mails.'),
  state: text('Whether the person is told.', { enum: ['active', 'paused', 'ended'] }),
  created: milliseconds('The instant of the first confirmation'),
  told: milliseconds('The instant of the last mail'),
  ended: milliseconds('The instant of the end'),
  joined: text('The `id` of the subscriber with which one that has ended was joined.'),
  address: text('The e-mail address, or the push endpoint.'),
  addressHash: text('A hash of the address with a secret of the site.'),
  former: listOf(
    'The addresses before.',
    object('An address.', ['hash', 'at'], {
      hash: text('A hash of the address with a secret of the site.'),
      at: milliseconds('The instant of the change'),
    }),
  ),
  paused: milliseconds('The instant of the pause'),
  keys: object('The keys of a push endpoint.', ['p256dh', 'auth', 'server'], {
    p256dh: text('The public key.'),
    auth: text('The shared secret.'),
    server: text('The public key of the site with which the endpoint was made.'),
  }),
  confirmed: milliseconds('The instant of the last confirmation of the address'),
  proof: object('The first consent, and later ones.', ['at', 'words'], {
    ...consentFields,
    later: listOf('The later consents.', object('A consent.', ['at', 'words'], consentFields)),
  }),
  choices: listOf(
    'What the person is told of.',
    object('A choice.', ['selection', 'schedule', 'since'], {
      selection: text('The path of a selection, empty for all articles; or `corrections`.'),
      article: text('The id of the article whose corrections are meant.'),
      schedule: text('How often they are told.', { enum: schedules }),
      since: milliseconds('The instant from which articles count'),
      told: milliseconds('The end of the time that the last digest covers'),
      rests: listOf(
        'What a digest has yet to tell although the choice has another schedule since.',
        object('A time.', ['schedule', 'after', 'until'], {
          schedule: text('The digests that tell it.', { enum: digestSchedules }),
          after: milliseconds('The beginning'),
          until: milliseconds('The end'),
        }),
      ),
    }),
  ),
}

/** The schemas of the API's answers about backups of subscribers, and about erased addresses. */
export const subscriberBackupSchemas = (): Record<string, Schema> => ({
  SubscriberPage: object('Subscribers.', ['subscribers'], {
    subscribers: listOf(
      'The subscribers.',
      object('A subscriber.', ['id', 'version', 'channel', 'language', 'state', 'created'], subscriberFields),
    ),
    bad: listOf(
      'The bad rows.',
      object('A bad row.', ['number', 'field', 'reason'], {
        number: integer('The number of the subscriber.'),
        field: text('The wrong field.'),
        reason: text('What it must be.'),
      }),
    ),
    next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
  }),
  RestoredSubscribers: object('What became of subscribers.', ['restored', 'unchanged', 'erased', 'bad'], {
    restored: integer('Those that were added.'),
    unchanged: integer('Those whose id or address the site has already.'),
    erased: integer('Those whose address was erased after they confirmed it.'),
    bad: listOf(
      'Those that cannot be read.',
      object('A subscriber.', ['at', 'field', 'reason'], {
        at: integer('The place in the list, from 0.'),
        field: text('The wrong field.'),
        reason: text('What it must be.'),
      }),
    ),
  }),
  ErasedAddresses: object('Addresses that were erased.', ['erased'], {
    erased: listOf(
      'The addresses.',
      object('An address.', ['hash', 'at'], {
        hash: text('A hash of the address with a secret of the site, in base64url.', {
          pattern: '^[\\w-]{43}$',
        }),
        at: integer('The instant of the last erasure, in epoch milliseconds.'),
      }),
    ),
    next: text('The address of the next page; absent on the last one.', { format: 'uri-reference' }),
  }),
})
