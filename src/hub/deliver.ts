// I/O: reads and writes the store, sends messages to the queue, and calls the subscribers' callbacks.
import { feedAddress } from '../domain/site.ts'
import type { Delivery, Job, Owed } from '../domain/subscription.ts'
import { renderLinks } from '../http/link.ts'
import { formats } from '../render/formats.ts'
import type { HubPorts } from './ports.ts'
import { pauseAfter } from './protocol/limits.ts'
import { waitAsked } from './protocol/retry-after.ts'
import { methodFor, signatureOf } from './protocol/signature.ts'
import { deny, verify } from './subscribe.ts'
import { readSubscribed, type TopicFeed } from './topic-feed.ts'

/**
 * The largest number of callbacks that one job calls. The number is below 50, because Workers allow at least 50
 * requests in one invocation.
 */
export const callbacksPerJob = 40

/** The largest number of outgoing requests that may wait for an answer at the same time in one Worker invocation. */
export const concurrentCalls = 6

/** The largest number of topics that this hub names in one notification to a public hub. */
const topicsPerAnnouncement = 10

/** Does one job from the queue. An error is thrown to the caller, so that the queue retries the job. */
export async function work(ports: HubPorts, job: Job): Promise<void> {
  switch (job.kind) {
    case 'push':
      return push(ports)
    case 'deliver':
      return deliver(ports, job.topic, job.subscriptions)
    case 'verify':
      return verify(ports, job.verification)
    case 'announce':
      return announce(ports, job.hub, job.topics)
  }
}

/**
 * Reads the outbox, finds the subscriptions that have not received the newest revision of their topic, and
 * queues a delivery for them. The function may run at any time.
 */
export async function push(ports: HubPorts): Promise<void> {
  const { paths, revision } = await ports.subscriptions.settle()
  const owed = await ports.subscriptions.owed()
  const sound = deliveriesTo(owed.filter(({ attempts }) => attempts === 0))
  const failing = deliveriesTo(owed.filter(({ attempts }) => attempts > 0))
  await ports.enqueue([...sound, ...announcementsOf(ports, paths), ...failing])
  // The outbox rows are deleted last. If the process is killed before the deletion, topics are announced
  // twice rather than never.
  await ports.subscriptions.forget(revision)
}

function announcementsOf({ site, publicHubs }: HubPorts, paths: readonly string[]): Job[] {
  const topics = paths.flatMap((path) => formats.map(({ format }) => feedAddress(site, { path }, format)))
  return publicHubs.flatMap((hub) =>
    chunks(topics, topicsPerAnnouncement).map((part): Job => ({ kind: 'announce', hub, topics: part })),
  )
}

/**
 * Makes delivery jobs, each for one topic. The caller makes the jobs of the callbacks whose last delivery
 * failed by a separate call, because a job lasts as long as its slowest callback.
 */
const deliveriesTo = (owed: readonly { topic: string; number: number }[]): Job[] =>
  [...Map.groupBy(owed, ({ topic }) => topic)].flatMap(([topic, those]) =>
    chunks(those, callbacksPerJob).map(
      (part): Job => ({ kind: 'deliver', topic, subscriptions: part.map(({ number }) => number) }),
    ),
  )

/**
 * The hub's part of the cron run. It ends expired subscriptions, and queues again the verifications and
 * deliveries whose message was lost or whose process was killed.
 */
export async function sweep(ports: HubPorts): Promise<void> {
  const ended = await ports.subscriptions.expire()
  if (ended > 0) ports.log('leases-ended', { subscriptions: ended })
  const waiting = await ports.subscriptions.waiting()
  await ports.enqueue(waiting.map((verification): Job => ({ kind: 'verify', verification })))
  await push(ports)
}

/** Delivers the current feed of a topic to those of the given subscriptions that have not received it (WebSub §7). */
async function deliver(ports: HubPorts, topic: string, numbers: readonly number[]): Promise<void> {
  const { revision, owed } = await ports.subscriptions.claim(topic, numbers)
  if (owed.length === 0) return
  const read = await readSubscribed(ports, topic)
  if (!read.ok) return endTopic(ports, topic, owed)
  if (read.value.revision < revision)
    throw new Error(`The feed ${topic} is older than the revision ${revision} that is owed`)
  const distribution = await distributionOf(read.value)
  const deliveries = await mapConcurrently(owed, concurrentCalls, (one) =>
    deliverTo(ports, one, distribution),
  )
  const behind = await ports.subscriptions.record(read.value.revision, deliveries)
  const count = (kind: Delivery['kind']) => deliveries.filter((one) => one.kind === kind).length
  ports.log('delivered', {
    topic,
    revision: read.value.revision,
    taken: count('taken'),
    failed: count('failed'),
    gone: count('gone'),
  })
  if (behind.length > 0) await ports.enqueue([{ kind: 'deliver', topic, subscriptions: behind }])
}

/**
 * The body and headers that all subscribers of a topic get. The signature is not among these headers, because
 * it is computed with the secret of each subscriber.
 */
interface Distribution {
  body: Uint8Array
  headers: Record<string, string>
}

async function distributionOf({ feed }: TopicFeed): Promise<Distribution> {
  return {
    body: new TextEncoder().encode(await feed.body()),
    headers: {
      'Content-Type': feed.type,
      Link: renderLinks(feed.links.filter(({ rel }) => rel === 'self' || rel === 'hub')),
    },
  }
}

async function deliverTo(
  ports: HubPorts,
  { number, callback, secret, attempts }: Owed,
  { body, headers }: Distribution,
): Promise<Delivery> {
  const signature = secret && {
    'X-Hub-Signature': await signatureOf(secret, body, methodFor(callback, ports.sha1Hosts)),
  }
  const answer = await ports.call({
    method: 'POST',
    url: callback,
    headers: { ...headers, ...signature },
    body,
  })
  const at = ports.clock()
  if ('status' in answer && answer.status >= 200 && answer.status < 300) return { number, at, kind: 'taken' }
  if ('status' in answer && answer.status === 410) return { number, at, kind: 'gone' }
  const failure = 'fault' in answer ? answer.fault : `answered ${answer.status}`
  const wait = 'status' in answer ? waitAsked(answer.retryAfter, at) : undefined
  const pause = Math.max(pauseAfter(attempts + 1, ports.random()), wait ?? 0)
  return { number, at, kind: 'failed', failure, pause, ...(wait !== undefined && { wait }) }
}

/** Ends the subscriptions of a topic whose feed no longer exists, and notifies each subscriber once. */
async function endTopic(ports: HubPorts, topic: string, owed: readonly Owed[]): Promise<void> {
  const ended = await ports.subscriptions.end(owed.map(({ number }) => number))
  await mapConcurrently(ended, concurrentCalls, (one) => deny(ports, one))
  ports.log('topic-ended', { topic, subscriptions: ended.length })
}

/**
 * Tells a public hub that topics have changed. WebSub leaves the form of this request open (WebSub §6), so the
 * request has the form that public hubs have in common.
 */
async function announce(ports: HubPorts, hub: string, topics: readonly string[]): Promise<void> {
  const form = new URLSearchParams([['hub.mode', 'publish'], ...topics.map((topic) => ['hub.url', topic])])
  const answer = await ports.call({
    method: 'POST',
    url: hub,
    headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
    body: new TextEncoder().encode(form.toString()),
  })
  if ('status' in answer && answer.status < 300) return
  throw new Error(
    `The hub ${new URL(hub).host} ${'fault' in answer ? answer.fault : `answered ${answer.status}`}`,
  )
}

const chunks = <T>(items: readonly T[], length: number): T[][] =>
  Array.from({ length: Math.ceil(items.length / length) }, (_, at) =>
    items.slice(at * length, (at + 1) * length),
  )

/**
 * Calls `work` for each item, with at most `concurrency` calls running at once. The results are in the order of
 * the items.
 */
export async function mapConcurrently<Item, Done>(
  items: readonly Item[],
  concurrency: number,
  work: (item: Item) => Promise<Done>,
): Promise<Done[]> {
  const done: Done[] = []
  let next = 0
  const worker = async () => {
    while (next < items.length) {
      const at = next++
      done[at] = await work(items[at] as Item)
    }
  }
  await Promise.all(Array.from({ length: Math.min(concurrency, items.length) }, worker))
  return done
}
