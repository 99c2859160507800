// I/O: reads and writes the store, sends messages to the queue, and calls the subscribers' callbacks.
import { rfc3339 } from '../domain/instant.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { presentUrl, type Site } from '../domain/site.ts'
import {
  type DeadLetter,
  type FailedVerification,
  type Job,
  type SubscriptionState,
  slowMilliseconds,
  type TopicState,
} from '../domain/subscription.ts'
import type { HubPorts } from './ports.ts'
import { findTopic } from './protocol/topic.ts'
import { deny } from './subscribe.ts'

/**
 * The interfaces through which the functions of this file reach the store, the queue and the subscribers'
 * callbacks.
 */
export type OperatePorts = Pick<HubPorts, 'site' | 'subscriptions' | 'enqueue' | 'call'>

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
  /** Seconds that the last delivery took, if it succeeded and was slow. */
  slowSeconds?: number
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
  /** The failed verifications of the last day, the newest first: all, or those of the named topic. */
  failed: (Omit<FailedVerification, 'at'> & { at: string })[]
  outbox: number
  dead: { number: number; at: string; kind: Job['kind']; topic?: string }[]
}

/**
 * Selects the failing subscriptions that are retried now: all failing subscriptions, those of one topic, or one
 * by its number.
 */
export interface Which {
  /** The topic by its key (`feed.atom`) or by its full address. */
  topic?: string
  subscription?: number
}

/**
 * Reports the state of the hub. If a topic is named, by its key or by its full address, the report has only this topic,
 * with its subscriptions.
 */
export async function reportHub(
  { site, subscriptions }: OperatePorts,
  named?: string,
): Promise<Result<HubReport>> {
  const { topics, verifications, failed, outbox, dead } = await subscriptions.state()
  const topic = topicIn(topics, named, site)
  if (!topic.ok) return topic
  const isShown = (one: string) => topic.value === undefined || one === topic.value
  const shown = topics.filter((one) => isShown(one.topic))
  return success({
    topics: shown.map(({ delivered, ...one }) => ({ ...one, ...at('delivered', delivered) })),
    ...(topic.value !== undefined && {
      subscriptions: (await subscriptions.subscriptions(topic.value)).map(reportOf),
    }),
    verifications,
    failed: failed.filter((one) => isShown(one.topic)).map((one) => ({ ...one, at: rfc3339(one.at) })),
    outbox,
    dead: dead.map(letterOf),
  })
}

/** The largest number of topics that a refusal names. */
const maxTopics = 20

/**
 * Finds the topic that an operator has named by its key or by its address, in whatever spelling; undefined if none is
 * named. A topic without subscribers is a problem that names those with subscribers.
 */
function topicIn(
  topics: readonly TopicState[],
  named: string | undefined,
  site: Site,
): Result<string | undefined> {
  if (named === undefined) return success(undefined)
  const present = presentUrl(site, named)
  const key = present.startsWith(`${site.url}/`) ? present.slice(site.url.length + 1) : present
  const keys = topics.map(({ topic }) => topic)
  const found = [key, findTopic(named, site)?.topic.topic].find(
    (one) => one !== undefined && keys.includes(one),
  )
  if (found !== undefined) return success(found)
  const rest = keys.length > maxTopics ? ` and ${keys.length - maxTopics} more` : ''
  const known =
    keys.length > 0 ? `; known: ${keys.slice(0, maxTopics).join(', ')}${rest}` : '; no feed has any'
  return failure({ kind: 'not-found', what: `a feed "${named}" that has subscribers${known}` })
}

/**
 * Retries failing callbacks and the jobs in the dead-letter queue now. Returns the number of retried callbacks
 * and the number of retried jobs. An unknown topic or subscription is a problem.
 */
export async function redeliver(
  { site, subscriptions, enqueue }: OperatePorts,
  { topic: named, subscription }: Which,
): Promise<Result<{ subscriptions: number; jobs: number }>> {
  const found =
    named === undefined ? success(undefined) : topicIn((await subscriptions.state()).topics, named, site)
  if (!found.ok) return found
  const topic = found.value
  if (subscription !== undefined && !(await subscriptions.has(subscription)))
    return failure({ kind: 'not-found', what: `subscription ${subscription}` })
  const retried = await subscriptions.retry({
    ...(topic !== undefined && { topic }),
    ...(subscription !== undefined && { number: subscription }),
  })
  const dead = topic === undefined && subscription === undefined ? await subscriptions.takeDeadLetters() : []
  await enqueue([...dead.map(({ job }) => job), { kind: 'push' }])
  return success({ subscriptions: retried, jobs: dead.length })
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
  took = 0,
  failing,
}: SubscriptionState) {
  return {
    ...{ number, host, signed, expires: rfc3339(expires), pending },
    ...at('delivered', delivered),
    ...(!failing && took > slowMilliseconds && { slowSeconds: took / 1000 }),
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
