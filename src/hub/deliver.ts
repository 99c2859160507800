// I/O: reads and writes the store, sends messages to the queue, and calls the subscribers' callbacks.
import { feedAddress } from '../domain/site.ts'
import type { Delivery, Job, Owed } from '../domain/subscription.ts'
import { renderLinks } from '../http/link.ts'
import { formats } from '../render/formats.ts'
import { callEach } from './calls.ts'
import type { HubPorts, JobPorts } from './ports.ts'
import { isPrompt, pauseAfter } from './protocol/limits.ts'
import { waitAsked } from './protocol/retry-after.ts'
import { methodFor, signatureOf } from './protocol/signature.ts'
import { deny, verify } from './subscribe.ts'
import { readSubscribed, type TopicFeed } from './topic-feed.ts'

/**
 * The largest number of callbacks that one job calls. The number is below 50, because Workers allow at least 50
 * requests in one invocation.
 */
export const callbacksPerJob = 40

/** The largest number of topics that this hub names in one notification to a public hub. */
const topicsPerAnnouncement = 10

/** Does one job from the queue. An error is thrown to the caller, so that the queue retries the job. */
export async function work(ports: JobPorts, job: Job): Promise<void> {
  switch (job.kind) {
    case 'push':
      return push(ports)
    case 'deliver':
      return deliver(ports, job)
    case 'verify':
      return verify(ports)
    case 'announce':
      return announce(ports, job.hub, job.topics)
  }
}

/**
 * Reads the outbox, finds the subscriptions that have not received the newest revision of their topic, and
 * queues a delivery for them. The function may run at any time.
 */
export async function push(ports: HubPorts): Promise<void> {
  const { paths, upTo } = await ports.subscriptions.settle()
  const owed = await ports.subscriptions.owed()
  const {
    prompt = [],
    untried = [],
    troubled = [],
  } = Object.groupBy(owed, (one) =>
    isPrompt(one) ? 'prompt' : one.took === undefined ? 'untried' : 'troubled',
  )
  await ports.enqueue([
    ...deliveriesTo(prompt),
    ...announcementsOf(ports, paths),
    ...deliveriesTo(untried, { slow: true }),
    ...deliveriesTo(troubled, { slow: true }),
  ])
  // The outbox rows are deleted last. If the process is killed before the deletion, topics are announced
  // twice rather than never.
  await ports.subscriptions.forget(upTo)
}

function announcementsOf({ site, publicHubs }: HubPorts, paths: readonly string[]): Job[] {
  const topics = paths.flatMap((path) => formats.map(({ format }) => feedAddress(site, { path }, format)))
  return publicHubs.flatMap((hub) =>
    chunks(topics, topicsPerAnnouncement).map((part): Job => ({ kind: 'announce', hub, topics: part })),
  )
}

/**
 * Makes delivery jobs, each for one topic. The caller makes the jobs of callbacks that are not known to be prompt by
 * separate calls, because these jobs have a queue of their own. Topics take turns, so that the subscribers of one do not
 * wait for all those of another.
 */
const deliveriesTo = (
  owed: readonly { topic: string; number: number }[],
  kind: { slow?: true } = {},
): Job[] =>
  [...Map.groupBy(owed, ({ topic }) => topic)]
    .flatMap(([topic, those]) => chunks(those, callbacksPerJob).map((part, turn) => ({ topic, part, turn })))
    .sort((a, b) => a.turn - b.turn)
    .map(
      ({ topic, part }): Job => ({
        kind: 'deliver',
        topic,
        subscriptions: part.map(({ number }) => number),
        ...kind,
      }),
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

type DeliverJob = Extract<Job, { kind: 'deliver' }>

/**
 * Delivers the current feed of a topic to those of the given subscriptions that have not received it (WebSub §7). The
 * job does not wait for callbacks that take long to answer. If such callbacks occupy all connections of the job,
 * another job delivers to the remaining subscriptions.
 */
async function deliver(ports: JobPorts, job: DeliverJob): Promise<void> {
  const { topic } = job
  const { revision, owed } = await ports.subscriptions.claim(topic, job.subscriptions)
  if (owed.length === 0) return
  const read = await readSubscribed(ports, topic)
  if (!read.ok) return handBack(ports, job, await endTopic(ports, topic, owed))
  const now = read.value.revision
  if (now < revision) throw new Error(`The feed ${topic} is older than the revision ${revision} that is owed`)
  const distribution = await distributionOf(read.value)
  // The deliveries that end during the job are stored together, and each of the others when it ends.
  const deliveries: Delivery[] = []
  let isRunning = true
  const left = await callEach(ports, owed, async (one) => {
    const delivery = await deliverTo(ports, one, distribution)
    if (isRunning) deliveries.push(delivery)
    else await record(ports, job, now, [delivery])
  })
  isRunning = false
  if (deliveries.length > 0) await record(ports, job, now, deliveries)
  await handBack(ports, job, left)
}

async function record(
  ports: HubPorts,
  { topic, slow }: DeliverJob,
  revision: number,
  deliveries: readonly Delivery[],
): Promise<void> {
  const behind = await ports.subscriptions.record(revision, deliveries)
  const count = (kind: Delivery['kind']) => deliveries.filter((one) => one.kind === kind).length
  const counts = { taken: count('taken'), failed: count('failed'), gone: count('gone') }
  ports.log('delivered', { topic, revision, ...counts })
  if (behind.length > 0)
    await ports.enqueue([{ kind: 'deliver', topic, subscriptions: behind, ...(slow && { slow }) }])
}

/** Gives back the claim on subscriptions that a job has not called, and queues a job for them. */
async function handBack(ports: HubPorts, job: DeliverJob, left: readonly Owed[]): Promise<void> {
  if (left.length === 0) return
  const subscriptions = left.map(({ number }) => number)
  await ports.subscriptions.release(subscriptions)
  ports.log('callbacks-slow', { topic: job.topic, delayed: subscriptions.length })
  await ports.enqueue([{ ...job, subscriptions }])
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
  const start = ports.clock()
  const answer = await ports.call({
    method: 'POST',
    url: callback,
    headers: { ...headers, ...signature },
    body,
  })
  const at = ports.clock()
  const took = at - start
  if ('status' in answer && answer.status >= 200 && answer.status < 300)
    return { number, at, kind: 'taken', took }
  if ('status' in answer && answer.status === 410) return { number, at, kind: 'gone' }
  const failure = 'fault' in answer ? answer.fault : `answered ${answer.status}`
  const wait = 'status' in answer ? waitAsked(answer.retryAfter, at) : undefined
  const pause = Math.max(pauseAfter(attempts + 1, ports.random()), wait ?? 0)
  return { number, at, kind: 'failed', took, failure, pause, ...(wait !== undefined && { wait }) }
}

/**
 * Ends the subscriptions of a topic whose feed no longer exists, and notifies each subscriber once. Returns the
 * subscriptions that have not ended yet, because callbacks that do not answer occupy all connections of the job.
 */
async function endTopic(ports: JobPorts, topic: string, owed: readonly Owed[]): Promise<Owed[]> {
  const left = await callEach(ports, owed, async ({ number }) => {
    const [ended] = await ports.subscriptions.end([number])
    if (ended) await deny(ports, ended)
  })
  ports.log('topic-ended', { topic, subscriptions: owed.length - left.length })
  return left
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
