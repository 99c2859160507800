// Input and output: the store, the queue, callbacks.
import { rfc3339 } from '../domain/instant.ts'
import type { DeadLetter, Job, SubscriptionState, TopicState } from '../domain/subscription.ts'
import type { HubPorts } from './ports.ts'
import { deny } from './subscribe.ts'

/** What an operator does with the hub needs. */
export type OperatePorts = Pick<HubPorts, 'subscriptions' | 'enqueue' | 'call'>

/** A subscription as an operator reads it. Callbacks and secrets are keys to somebody else's door: only the host is told. */
export interface SubscriptionReport {
  number: number
  host: string
  signed: boolean
  expires: string
  pending: boolean
  delivered?: string
  failing?: { since: string; attempts: number; failure: string; next: string }
}

/** The hub as an operator reads it: its topics, or the subscriptions of one. */
export interface HubReport {
  topics: (Omit<TopicState, 'delivered'> & { delivered?: string })[]
  subscriptions?: SubscriptionReport[]
  verifications: number
  outbox: number
  dead: { number: number; at: string; kind: Job['kind']; topic?: string }[]
}

/** Which subscriptions are to be called again: all that fail, those of a topic, or one. */
export interface Which {
  topic?: string
  subscription?: number
}

/** How the hub fares; of a topic, who subscribes to it. */
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

/** Has failing callbacks called again now, and what the queue gave up on tried again. Gives how many of each. */
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

/** Ends a subscription and tells its subscriber; false where there is none. */
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
