import { type SubscriptionStateName, subscriptionStates } from '../domain/subscription.ts'
import { inPath, json, operation, query } from './operation.ts'
import { integer, object, ref, type Schema, text } from './schema.ts'

const topic = 'feed.atom'

const report = {
  topics: [{ topic, subscriptions: 1, pending: 0, slow: 0, failing: 0 }],
  verifications: 0,
  failed: [],
  outbox: 0,
  dead: [],
}

const ofTopic = query('topic', 'Only this feed, named by its address, with or without the host.', topic)

/** The API operations with which an operator inspects and repairs the WebSub hub. */
export const ofHub = {
  '/api/hub': {
    get: operation({
      operationId: 'read-hub',
      summary: 'Show the state of the hub',
      description:
        'Returns the feeds that have subscribers, with the numbers of waiting and failing deliveries. With `topic`, the answer also contains the subscriptions of that feed. Only the host of a callback is shown, because the whole address may be secret.',
      scope: 'admin',
      parameters: [ofTopic],
      answers: { 200: { description: 'The state of the hub', content: json(ref('Hub'), { report }) } },
      problems: ['mayNotAdminister', 'noSuchTopic'],
    }),
  },
  '/api/hub/redeliver': {
    post: operation({
      operationId: 'redeliver',
      summary: 'Deliver again',
      description:
        'Retries failed deliveries now, and runs the jobs again that the queue stopped retrying. With `topic` or `subscription`, only the deliveries of that feed or subscription are retried.',
      scope: 'admin',
      parameters: [ofTopic, query('subscription', 'Only the subscription with this number.', '1')],
      answers: {
        200: {
          description: 'The numbers of deliveries and jobs that will be retried',
          content: json(ref('Redelivery'), { again: { subscriptions: 0, jobs: 0 } }),
        },
      },
      problems: ['mayNotAdminister', 'noSuchTopic', 'noSuchSubscription'],
    }),
  },
  '/api/hub/subscriptions/{number}': {
    delete: operation({
      operationId: 'drop-subscription',
      summary: 'End a subscription',
      description:
        'Ends the subscription before its lease ends. The subscriber is told by `hub.mode=denied`.',
      scope: 'admin',
      parameters: [inPath('number', 'The number of the subscription.', '1')],
      answers: { 204: { description: 'The subscription has ended' } },
      problems: ['mayNotAdminister', 'noSuchSubscription'],
    }),
  },
}

/** What a feed's count of the subscriptions in each state says. */
const inState: Record<SubscriptionStateName, string> = {
  failing: 'The number of subscriptions whose last delivery failed.',
  slow: 'The number of subscriptions whose last delivery succeeded, but took more than 1.5 seconds.',
  pending:
    'The number of subscriptions that have not received the newest change, without the failing and the slow ones.',
}

const instant = (words: string) => text(words, { format: 'date-time' })
const flag = (words: string): Schema => ({ type: 'boolean', description: words })
const list = (words: string, name: string): Schema => ({
  type: 'array',
  description: words,
  items: ref(name),
})

/** The schemas of the API's answers about the WebSub hub. */
export const hubSchemas = (): Record<string, Schema> => ({
  Hub: object('The state of the hub.', ['topics', 'verifications', 'failed', 'outbox', 'dead'], {
    topics: list('The feeds that have subscribers.', 'Topic'),
    subscriptions: list('The subscriptions of the requested feed.', 'Subscription'),
    verifications: integer('The number of requests that wait for their verification.'),
    failed: list(
      'The requests of the last day that their callbacks did not confirm, the newest first, for at most 100 feeds and hosts.',
      'FailedVerification',
    ),
    outbox: integer('The number of saves whose changes the hub has not yet assigned to feeds.'),
    dead: list('The jobs that the queue stopped retrying.', 'DeadLetter'),
  }),
  Topic: object('A feed that has subscribers.', ['topic', 'subscriptions', ...subscriptionStates], {
    topic: text('The address of the feed, without the host.'),
    subscriptions: integer('The number of subscriptions.'),
    ...Object.fromEntries(subscriptionStates.map((state) => [state, integer(inState[state])])),
    delivered: instant('The instant at which a callback last accepted a delivery.'),
  }),
  Subscription: object('A subscription.', ['number', 'host', 'signed', 'expires', 'pending'], {
    number: integer('The number of the subscription.'),
    host: text('The host of the callback.'),
    signed: flag('Whether deliveries are signed.'),
    expires: instant('The instant at which the lease ends.'),
    pending: flag(
      'Whether the newest change has not been delivered yet, although the last delivery did not fail.',
    ),
    delivered: instant('The instant at which the callback last accepted a delivery.'),
    slowSeconds: {
      type: 'number',
      description: 'The seconds that the last delivery took, if it succeeded and was slow.',
    },
    failing: {
      ...object('The failure of the subscription.', ['since', 'attempts', 'failure', 'next'], {
        since: instant('The instant of the first failure since the last success.'),
        attempts: integer('The number of failures since the last success.'),
        failure: text('The result of the last attempt.'),
        next: instant('The instant of the next attempt.'),
      }),
    },
  }),
  FailedVerification: object(
    'The requests for one feed that callbacks on one host did not confirm.',
    ['topic', 'host', 'mode', 'reason', 'failures', 'at'],
    {
      topic: text('The feed, named by its address without the host.'),
      host: text('The host of the callback.'),
      mode: text('What the last of these requests asked for.', { enum: ['subscribe', 'unsubscribe'] }),
      reason: text('What the callback answered last, or why it did not answer.'),
      failures: integer('The number of these requests.'),
      at: instant('The instant of the last failure.'),
    },
  ),
  DeadLetter: object('A job that the queue stopped retrying.', ['number', 'at', 'kind'], {
    number: integer('The number of the job.'),
    at: instant('The instant at which the queue stopped retrying.'),
    kind: text('The kind of job.', { enum: ['push', 'deliver', 'verify', 'announce'] }),
    topic: text('The feed of the job, named by its address without the host.'),
  }),
  Redelivery: object('What will be retried.', ['subscriptions', 'jobs'], {
    subscriptions: integer('The number of failed subscriptions that will be retried.'),
    jobs: integer('The number of jobs that will run again.'),
  }),
})
