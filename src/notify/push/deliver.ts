// I/O: reads and writes the store, and sends messages to push services.
import {
  type Notification,
  type RecordedPush,
  type Subscriber,
  triedMilliseconds,
} from '../../domain/notify.ts'
import { unlessBad } from '../envelope.ts'
import { failingLast } from '../order.ts'
import type { PushPorts } from '../ports.ts'
import { jobsFor, pushesPerJob } from '../tell.ts'
import { topicOf } from '../token.ts'
import { consequenceOf, type PushAnswer } from './answer.ts'
import { encrypt, freshPair } from './encryption.ts'
import { type MakeMessage, type Message, openMessages, type ReadMessages } from './message.ts'
import { type Heard, stopAfter } from './service.ts'
import { openVapid } from './vapid.ts'

/**
 * The number of messages that are on their way at once. Workers allow six connections that wait for an answer in one
 * invocation; the sixth is left for the database.
 */
const concurrentCalls = 5

/**
 * The number of results that are stored together while a job sends. A plan of Workers that allows little processor time may kill a
 * job before its end; what it has stored is then not sent again.
 */
const resultsPerRecord = 10

/** Milliseconds for which nothing is sent after a refusal that is our own fault. */
const holdMilliseconds = 3_600_000

/** Milliseconds after which messages to a push service that seems to be at fault go on, unless it asks to wait for longer. */
const pauseMilliseconds = 60_000

/**
 * Sends some of the messages to browsers that wait, five at a time. Whether there is anything to tell, to which endpoint and what, is
 * read again before each five are sent. Results are stored ten at a time: if the job is killed, the messages whose results are not
 * stored are sent again, and a browser shows the same notification anew instead of a second one. What is for browsers whose last message
 * failed comes last, and one of them stops no message to others. If more messages are left, another job is queued.
 */
export async function deliverPushes(ports: PushPorts): Promise<void> {
  const { subscribers, clock, enqueue, log } = ports
  const claimed = await subscribers.claim('webpush', pushesPerJob)
  if (claimed.length === 0) return
  const delivery: Delivery = {
    ports,
    read: openMessages(ports),
    send: openSender(ports),
    heard: new Map(),
    stopped: new Map(),
    putOff: new Map(),
    results: [],
    failures: new Map(),
  }
  for (const { origin, until } of await subscribers.heldServices())
    delivery.stopped.set(origin, { until, untried: [] })
  const numbers = { accepted: 0, gone: 0 }
  const record = async () => {
    await subscribers.recordAll(delivery.results)
    for (const { told } of delivery.results.splice(0)) {
      if (told.kind === 'done') numbers.accepted += 1
      if (told.kind === 'gone') numbers.gone += 1
    }
  }
  try {
    for (const group of groupsOf(failingLast(claimed))) {
      // What a browser was told by an earlier message of the job counts for its next one.
      const isNext = group.some((one) =>
        delivery.results.some(({ notification }) => notification.subscriber.number === one.subscriber.number),
      )
      if (isNext) await record().catch(() => {})
      const notifications = await subscribers.refresh(group)
      const make = await delivery.read(notifications)
      await Promise.all(notifications.map((notification) => deliver(delivery, notification, make)))
      await stop(delivery)
      // What cannot be stored now is stored with the next results.
      if (delivery.results.length >= resultsPerRecord) await record().catch(() => {})
    }
  } finally {
    const { held } = delivery
    if (held) await subscribers.hold('webpush', clock() + holdMilliseconds, `${held.host} ${held.failure}`)
    await record()
    for (const { until, untried } of delivery.stopped.values()) await subscribers.release(untried, until)
  }
  log('pushed', numbers)
  for (const { messages, ...failure } of delivery.failures.values())
    log('push-failed', { ...failure, messages })
  if (delivery.held) log('push-held', delivery.held)
  const { webpush } = await subscribers.due()
  await enqueue(jobsFor({ email: 0, webpush: Math.min(webpush, 1) }, 0))
}

/** Stops what a job sends to push services that seem to be at fault, or that do not accept our signature. */
async function stop(delivery: Delivery): Promise<void> {
  const { subscribers, clock } = delivery.ports
  for (const [origin, heard] of delivery.heard) {
    const fault = delivery.stopped.has(origin) ? undefined : stopAfter(heard)
    if (!fault) continue
    const { stops, failure, wait } = fault
    const until = clock() + (wait || pauseMilliseconds)
    delivery.stopped.set(origin, { until, untried: [] })
    if (stops === 'channel') delivery.held = { host: new URL(origin).host, failure }
    if (wait > 0) await subscribers.holdService(origin, until, failure)
  }
}

/** Divides notifications into groups that are sent together, none with two for one subscriber. Each subscriber keeps the order. */
function groupsOf(notifications: readonly Notification[]): Notification[][] {
  const groups: Notification[][] = []
  for (const notification of notifications) {
    const { number } = notification.subscriber
    const before = groups.findLastIndex((group) =>
      group.some(({ subscriber }) => subscriber.number === number),
    )
    const group = groups.slice(before + 1).find(({ length }) => length < concurrentCalls)
    if (group) group.push(notification)
    else groups.push([notification])
  }
  return groups
}

/** What one job keeps while it sends. */
interface Delivery {
  ports: PushPorts
  read: ReadMessages
  send: Send
  /** What the job has heard of each push service, by origin. */
  heard: Map<string, Heard>
  /** The push services, by origin, to which the job sends nothing more, until when, and what it has not tried. */
  stopped: Map<string, { until: number; untried: Notification[] }>
  /** What became of a message that is tried again, by the subscriber, who gets nothing else before. */
  putOff: Map<number, RecordedPush['told']>
  /** What became of messages, until it is stored. */
  results: RecordedPush[]
  /** The number of messages that failed, by the push service and the failure. */
  failures: Map<string, Failure & { messages: number }>
  /** Why the channel is held. */
  held?: Failure
}

interface Failure {
  host: string
  failure: string
}

async function deliver(delivery: Delivery, notification: Notification, make: MakeMessage): Promise<void> {
  const { ports, send, results, failures } = delivery
  const { subscriber, since, attempts } = notification
  const record = (told: RecordedPush['told']) => void results.push({ notification, told })
  const row = { table: 'subscriber', id: subscriber.number } as const
  const request = await unlessBad(ports, row, async () => {
    const { origin, host } = new URL(subscriber.address)
    if (delivery.stopped.has(origin)) return { origin, host }
    const message = await make(notification)
    if (!message?.payload) return { origin, host, covers: message?.covers }
    const { covers, shows } = message
    return { origin, host, covers, shows, encrypted: await encrypted(ports, message, subscriber) }
  })
  const stopped = delivery.stopped.get(request?.origin ?? '')
  if (stopped) return void stopped.untried.push(notification)
  const former = delivery.putOff.get(subscriber.number)
  if (former) return record(former)
  if (!request?.encrypted) return record({ kind: 'nothing', covers: request?.covers })
  const answer = await send(subscriber, request.encrypted)
  const wasAccepted = subscriber.told !== undefined
  const { unanswered } = subscriber
  const now = ports.clock()
  const { told, stops, serviceWaits, isUnanswered } = consequenceOf(answer, {
    ...{ since, attempts, now, wasAccepted, unanswered },
    triedFor: triedMilliseconds(notification.happening),
  })
  const isMaybeTaken = 'fault' in answer
  results.push({
    ...{ notification, isMaybeTaken, ...(isUnanswered && { isUnanswered }) },
    ...(request.shows && (told.kind === 'done' || isMaybeTaken) && { shows: request.shows }),
    told: told.kind === 'done' ? { ...told, covers: request.covers } : told,
  })
  const { origin } = request
  const heard = delivery.heard.get(origin) ?? { hasAccepted: false, failed: new Map() }
  delivery.heard.set(origin, heard)
  if (told.kind === 'done') heard.hasAccepted = true
  if (stops) {
    const failure = 'failure' in told ? told.failure : told.kind
    const { isFailing } = subscriber
    heard.failed.set(subscriber.number, {
      ...{ stops, failure, isFailing, isCertain: 'own' in answer, wait: serviceWaits ?? 0 },
    })
  }
  if (!('failure' in told)) return
  if (told.kind === 'later') delivery.putOff.set(subscriber.number, told)
  const failure = { host: request.host, failure: told.failure }
  const key = JSON.stringify(failure)
  failures.set(key, { ...failure, messages: (failures.get(key)?.messages ?? 0) + 1 })
}

interface Encrypted {
  headers: Record<string, string>
  body: Uint8Array
}

async function encrypted(
  { bytes, secrets }: PushPorts,
  { payload, headers, about }: Message,
  subscriber: Subscriber,
): Promise<Encrypted> {
  const { keys } = subscriber
  if (!keys) throw new TypeError('a browser has keys')
  const fresh = { pair: await freshPair(), salt: bytes(16) }
  const body = await encrypt(payload, keys, fresh).catch(() => undefined)
  if (!body) throw new TypeError('the keys of a browser are a point and a secret')
  return { headers: { ...headers, Topic: await topicOf(secrets[0], subscriber, about) }, body }
}

type Send = (subscriber: Subscriber, request: Encrypted) => Promise<PushAnswer>

/** Returns a function that sends a message to a browser, signed with the key with which the endpoint was made. */
function openSender({ keys, subject, clock, call }: PushPorts): Send {
  const now = clock()
  const signers = new Map(keys.map((pair) => [pair.publicKey, openVapid(pair, subject, now)]))
  return async ({ address, keys }, { headers, body }) => {
    const sign = signers.get(keys?.server ?? '')
    if (!sign) return { noKey: true }
    const authorization = await sign(address).catch(() => undefined)
    if (authorization === undefined) return { own: 'the keys in VAPID_KEYS are no pair' }
    return call({
      method: 'POST',
      url: address,
      headers: {
        ...headers,
        Authorization: authorization,
        'Content-Encoding': 'aes128gcm',
        'Content-Type': 'application/octet-stream',
      },
      body,
    })
  }
}
