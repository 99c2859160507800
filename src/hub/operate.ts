// I/O: reads and writes the store, sends messages to the queue, and calls the subscribers' callbacks.
import { rfc3339 } from '../domain/instant.ts'
import type { DeadLetter, Job, SubscriptionState, TopicState } from '../domain/subscription.ts'
import type { HubPorts } from './ports.ts'
import { deny } from './subscribe.ts'

/**
 * The interfaces through which the functions of this file reach the store, the queue and the subscribers'
 * callbacks.
 */
export type OperatePorts = Pick<HubPorts, 'subscriptions' | 'enqueue' | 'call'>

/**
 * A subscription as operators see it. It shows only the host of the callback, because callbacks and secrets are
 * credentials.
 */
export interface SubscriptionReport {
  number: number
  host: string
  signed: boolean
  expires: string
  pending: boolean
  delivered?: string
  failing?: { since: string; attempts: number; failure: string; next: string }
}

/**
 * The state of the hub as operators see it: all topics or one named topic, and the subscriptions of the named
 * topic.
 */
export interface HubReport {
  topics: (Omit<TopicState, 'delivered'> & { delivered?: string })[]
  subscriptions?: SubscriptionReport[]
  verifications: number
  outbox: number
  dead: { number: number; at: string; kind: Job['kind']; topic?: string }[]
}

/**
 * Selects the failing subscriptions that are retried now: all failing subscriptions, those of one topic, or one
 * by its number.
 */
export interface Which {
  topic?: string
  subscription?: number
}

/** Reports the state of the hub. If a topic is named, the report has only this topic, with its subscriptions. */
export async function reportHub({ subscriptions }: OperatePorts, topic?: string): Promise<HubReport> {
  const { topics, verifications, outbox, dead } = await subscriptions.state()
  const shown = topic === undefined ? topics : topics.filter((one) => one.topic === topic)
  return {
    topics: shown.map(({ delivered, ...one }) => ({ ...one, ...at('delivered', delivered) })),
    ...(topic !== undefined && { subscriptions: (await subscriptions.subscriptions(topic)).map(reportOf) }),
    verifications,
    outbox,
    dead: dead.map(letterOf),
  }
}

/**
 * Retries failing callbacks and the jobs in the dead-letter queue now. Returns the number of retried callbacks
 * and the number of retried jobs.
 */
export async function redeliver(
  { subscriptions, enqueue }: OperatePorts,
  { topic, subscription }: Which,
): Promise<{ subscriptions: number; jobs: number }> {
  const retried = await subscriptions.retry({
    ...(topic !== undefined && { topic }),
    ...(subscription !== undefined && { number: subscription }),
  })
  const dead = topic === undefined && subscription === undefined ? await subscriptions.takeDeadLetters() : []
  await enqueue([...dead.map(({ job }) => job), { kind: 'push' }])
  return { subscriptions: retried, jobs: dead.length }
}

/** Ends a subscription and notifies its subscriber. Returns false if no subscription has this number. */
export async function drop(ports: OperatePorts, number: number): Promise<boolean> {
  const [ended] = await ports.subscriptions.end([number])
  if (ended) await deny(ports, ended, 'This subscription was ended by the hub.')
  return ended !== undefined
}

function reportOf({
  number,
  host,
  signed,
  expires,
  delivered,
  pending,
  attempts,
  failing,
}: SubscriptionState) {
  return {
    ...{ number, host, signed, expires: rfc3339(expires), pending },
    ...at('delivered', delivered),
    ...(failing && {
      failing: {
        since: rfc3339(failing.since),
        attempts,
        failure: failing.failure,
        next: rfc3339(failing.next),
      },
    }),
  }
}

const letterOf = ({ number, at, job }: DeadLetter) => ({
  number,
  at: rfc3339(at),
  kind: job.kind,
  ...('topic' in job && { topic: job.topic }),
})

const at = (name: 'delivered', instant: number | undefined) =>
  instant === undefined ? {} : { [name]: rfc3339(instant) }
