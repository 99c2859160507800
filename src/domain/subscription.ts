import type { Format } from './format.ts'

/** A feed that can be subscribed to (WebSub §2). */
export interface Topic {
  /** Its address without the host; the key of its subscriptions. */
  topic: string
  /** The selections that it shows: one, or those of an intersection. */
  paths: readonly string[]
  format: Format
}

export type Mode = 'subscribe' | 'unsubscribe'

/** What somebody asks of the hub (WebSub §5.1). */
export interface Intent {
  mode: Mode
  topic: Topic
  /** The topic as the subscriber wrote it, which is what it is told. */
  asked: string
  callback: string
  /** The callback's host, by which callers are counted. */
  host: string
  secret?: string
  leaseSeconds: number
}

/** An intent that is still to be verified; `revision` is what the topic had when it was asked for. */
export interface Verification extends Omit<Intent, 'topic'> {
  number: number
  topic: string
  paths: readonly string[]
  revision: number
}

/** A subscription that is owed a delivery. */
export interface Owed {
  number: number
  asked: string
  callback: string
  secret?: string
  attempts: number
}

/** What came of one delivery. A pause is in milliseconds. */
export type Delivery =
  | { number: number; kind: 'taken' }
  | { number: number; kind: 'gone' }
  | { number: number; kind: 'failed'; failure: string; pause: number }

/** How many subscriptions and pending verifications there are by whom: what the caps are held against. */
export interface Census {
  subscriptions: number
  pending: number
  ofHost: number
  pendingOfHost: number
  ofCallback: number
  /** Whether the very subscription is there already: it may always be renewed. */
  renewed: boolean
}

/** What the queue carries: names and numbers, never bodies. */
export type Job =
  /** Find out who is owed what, and part it into deliveries. */
  | { kind: 'push' }
  | { kind: 'deliver'; topic: string; subscriptions: number[] }
  | { kind: 'verify'; verification: number }
  /** Tell a public hub that these topics have changed. */
  | { kind: 'announce'; hub: string; topics: string[] }

/** A subscription as an operator sees it: whose it is, by its host only, and how it fares. */
export interface SubscriptionState {
  number: number
  topic: string
  host: string
  signed: boolean
  /** Instants in epoch milliseconds. */
  expires: number
  delivered?: number
  pending: boolean
  attempts: number
  failing?: { since: number; failure: string; next: number }
}

/** A topic as an operator sees it. */
export interface TopicState {
  topic: string
  subscriptions: number
  pending: number
  failing: number
  /** When a callback last took it, in epoch milliseconds. */
  delivered?: number
}

/** A job that the queue gave up on, at an instant in epoch milliseconds. */
export interface DeadLetter {
  number: number
  job: Job
  at: number
}

/** The hub as an operator sees it. */
export interface HubState {
  topics: TopicState[]
  verifications: number
  outbox: number
  dead: DeadLetter[]
}
