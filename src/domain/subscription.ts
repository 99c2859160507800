import type { Format } from './format.ts'
import type { Channel } from './notify.ts'

/** A feed to which a client can subscribe by WebSub (WebSub §2). */
export interface Topic {
  /** The topic's address without the host; the key of the topic's subscriptions. */
  topic: string
  /** The paths of the selections in the topic's feed: one path, or several for an intersection. */
  paths: readonly string[]
  format: Format
}

export type Mode = 'subscribe' | 'unsubscribe'

/** A request to the WebSub hub to subscribe or unsubscribe (WebSub §5.1). */
export interface Intent {
  mode: Mode
  topic: Topic
  /** The topic's address exactly as the subscriber wrote it; the hub sends it back in this form. */
  asked: string
  /** The topic's own address (`rel=self`), if the subscriber wrote another address. */
  self?: string
  callback: string
  /** The host of the subscriber's callback; limits on subscriptions are counted by host. */
  host: string
  secret?: string
  leaseSeconds: number
}

/**
 * Who sent a request to subscribe or unsubscribe: a hash of the client's network, and whether the request renews or
 * ends a subscription that exists.
 */
export interface Requester {
  client: string
  known: boolean
}

/**
 * A request to subscribe or unsubscribe that the hub has yet to verify. `revision` is the topic's revision at
 * the time of the request. `requests` is the number of requests for the same topic and callback that this one has
 * replaced; if the stored number is greater, a newer request came while the callback was asked about this one.
 */
export interface Verification extends Omit<Intent, 'topic' | 'self'> {
  number: number
  topic: string
  paths: readonly string[]
  revision: number
  requests: number
}

/** A subscription whose subscriber has not yet received the topic's latest revision. */
export interface Owed {
  number: number
  asked: string
  callback: string
  secret?: string
  attempts: number
}

/**
 * A callback is slow if its last delivery took longer than this number of milliseconds. The time is longer than a
 * second, after which the lost first packet of a connection is sent again (RFC 6298 §2).
 */
export const slowMilliseconds = 1500

/**
 * The result of one delivery to a subscriber. `at` is the instant of the callback's answer, or of the failure, in epoch
 * milliseconds; `took` is the number of milliseconds until then. After a failed delivery, `pause` is the time in
 * milliseconds from then until the next attempt. `wait` is the part of the pause that the callback asked for; a new
 * revision of the topic does not shorten it.
 */
export type Delivery = { number: number; at: number } & (
  | { kind: 'taken'; took: number }
  | { kind: 'gone' }
  | { kind: 'failed'; took: number; failure: string; pause: number; wait?: number }
)

/**
 * The numbers of subscriptions and pending verifications, in total, by host, by callback and by client. The hub
 * compares them with its limits. If the subscription exists already, the pending verifications are those of
 * subscriptions that exist, otherwise those of all others.
 */
export interface Census {
  subscriptions: number
  pending: number
  ofHost: number
  pendingOfHost: number
  pendingOfClient: number
  ofCallback: number
  /** True if this subscription exists already; a renewal is always accepted. */
  renewed: boolean
  /** True if an earlier request for this topic and callback still waits, so that another one causes no further call. */
  waiting: boolean
}

/** A job on the queue. Jobs contain names and numbers, never the content of feeds. */
export type Job =
  /** Finds the subscriptions that have not yet received the newest revision, and divides them into delivery jobs. */
  | { kind: 'push' }
  /** `slow` if the callbacks may be slow: their last delivery was slow or failed, or they had none yet. */
  | { kind: 'deliver'; topic: string; subscriptions: number[]; slow?: true }
  /** Verifies requests that wait. The number names one of them, but the job takes those whose turn it is. */
  | { kind: 'verify'; verification: number }
  /** Tells a public WebSub hub that these topics have changed. */
  | { kind: 'announce'; hub: string; topics: string[] }
  /** Sends the mails that ask for a confirmation, and those that tell authors of comments why these were hidden or deleted. */
  | { kind: 'opt-in' }
  /** Finds the people who are to be told of what saves have changed, and divides them into jobs. */
  | { kind: 'tell' }
  /** Sends some of the notifications of a channel that wait. */
  | { kind: 'notify'; channel: Channel }

/**
 * The states in which operators see a subscription that lacks something, the most serious first. A subscription is only
 * in the first of the states that apply to it, so that none is counted twice. This is the only list of the states.
 */
export const subscriptionStates = ['failing', 'slow', 'pending'] as const

export type SubscriptionStateName = (typeof subscriptionStates)[number]

/** The state of a subscription as shown to an operator; the subscriber is identified only by host. */
export interface SubscriptionState {
  number: number
  topic: string
  host: string
  signed: boolean
  /** The fields `expires`, `delivered`, `failing.since` and `failing.next` are epoch milliseconds. */
  expires: number
  delivered?: number
  /** Whether the newest change has not been delivered yet, although the last delivery did not fail. */
  pending: boolean
  attempts: number
  /** Milliseconds that the last delivery took, successful or failed. */
  took?: number
  failing?: { since: number; failure: string; next: number }
}

/** The state of a WebSub topic as shown to an operator. */
export interface TopicState extends Record<SubscriptionStateName, number> {
  topic: string
  subscriptions: number
  /** The instant (epoch milliseconds) at which any subscriber last accepted a delivery of the topic. */
  delivered?: number
}

/** A job that the queue gave up on, with the instant of the failure in epoch milliseconds. */
export interface DeadLetter {
  number: number
  job: Job
  at: number
}

/**
 * A request to subscribe or unsubscribe that the callback did not confirm. The callback is identified only by its host.
 */
export type Unconfirmed = Pick<Verification, 'topic' | 'host' | 'mode'> & {
  /** What the callback answered, or why it did not answer, in words. */
  reason: string
}

/** The failed verifications of one topic and host: how many there were, and the last one. */
export interface FailedVerification extends Unconfirmed {
  failures: number
  /** The instant of the last failure in epoch milliseconds. */
  at: number
}

/** The state of the WebSub hub as shown to an operator. */
export interface HubState {
  topics: TopicState[]
  /** The failed verifications of the last day, the newest first, for a limited number of topics and hosts. */
  failed: FailedVerification[]
  verifications: number
  outbox: number
  dead: DeadLetter[]
}
