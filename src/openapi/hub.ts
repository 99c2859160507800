import { inPath, json, operation, query } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const topic = 'feed.atom'

const report = {
  topics: [{ topic, subscriptions: 1, pending: 0, failing: 0 }],
  verifications: 0,
  outbox: 0,
  dead: [],
}

const ofTopic = query('topic', 'Only this feed: its address without the host.', topic)

/** What an operator may ask of the hub. */
export const ofHub = {
  '/api/hub': {
    get: operation({
      operationId: 'read-hub',
      summary: 'See how the hub fares',
      description:
        'The feeds that have subscribers, what waits and what fails; of one feed, its subscriptions too. Of a callback only the host is told: its address is a key to somebody else’s door.',
      scope: 'admin',
      parameters: [ofTopic],
      answers: { 200: { description: 'The hub', content: json(ref('Hub'), { report }) } },
      problems: ['mayNotAdminister'],
    }),
  },
  '/api/hub/redeliver': {
    post: operation({
      operationId: 'redeliver',
      summary: 'Deliver again',
      description:
        'Calls callbacks that fail again now, and does again what the queue gave up on; of one feed or one subscription where it is named.',
      scope: 'admin',
      parameters: [ofTopic, query('subscription', 'Only this subscription, by its number.', '1')],
      answers: {
        200: {
          description: 'What will be called again',
          content: json(ref('Redelivery'), { again: { subscriptions: 0, jobs: 0 } }),
        },
      },
      problems: ['mayNotAdminister'],
    }),
  },
  '/api/hub/subscriptions/{number}': {
    delete: operation({
      operationId: 'drop-subscription',
      summary: 'End a subscription',
      description: 'Ends it before its lease does, and tells the subscriber that it is denied.',
      scope: 'admin',
      parameters: [inPath('number', 'The number of the subscription.', '1')],
      answers: { 204: { description: 'It is ended' } },
      problems: ['mayNotAdminister', 'noSuchSubscription'],
    }),
  },
}

const instant = (words: string) => text(words, { format: 'date-time' })
const flag = (words: string): Schema => ({ type: 'boolean', description: words })
const list = (words: string, name: string): Schema => ({
  type: 'array',
  description: words,
  items: ref(name),
})

/** The schemas of what the hub says of itself. */
export const hubSchemas = (): Record<string, Schema> => ({
  Hub: object('How the hub fares.', ['topics', 'verifications', 'outbox', 'dead'], {
    topics: list('The feeds that have subscribers.', 'Topic'),
    subscriptions: list('The subscriptions of the feed that was asked for.', 'Subscription'),
    verifications: integer('How many requests wait for their verification.'),
    outbox: integer('How many saves wait to be pushed.'),
    dead: list('What the queue gave up on.', 'DeadLetter'),
  }),
  Topic: object('A feed that has subscribers.', ['topic', 'subscriptions', 'pending', 'failing'], {
    topic: text('Its address without the host.'),
    subscriptions: integer('How many there are.'),
    pending: integer('How many are owed a delivery.'),
    failing: integer('How many of them failed last time.'),
    delivered: instant('When a callback last took a delivery.'),
  }),
  Subscription: object('A subscription.', ['number', 'host', 'signed', 'expires', 'pending'], {
    number: integer('Its number.'),
    host: text('The host of its callback.'),
    signed: flag('Whether its deliveries are signed.'),
    expires: instant('When its lease ends.'),
    pending: flag('Whether it is owed a delivery.'),
    delivered: instant('When it last took a delivery.'),
    failing: {
      ...object('How it fails.', ['since', 'attempts', 'failure', 'next'], {
        since: instant('Since when.'),
        attempts: integer('How often in a row.'),
        failure: text('What came of the last try.'),
        next: instant('When it is tried again.'),
      }),
    },
  }),
  DeadLetter: object('A job that the queue gave up on.', ['number', 'at', 'kind'], {
    number: integer('Its number.'),
    at: instant('When that was.'),
    kind: text('What was to be done.', { enum: ['push', 'deliver', 'verify', 'announce'] }),
    topic: text('Of which feed.'),
  }),
  Redelivery: object('What will be called again.', ['subscriptions', 'jobs'], {
    subscriptions: integer('How many callbacks that failed.'),
    jobs: integer('How many jobs that the queue gave up on.'),
  }),
})
