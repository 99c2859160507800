// I/O: reads and writes the store, sends messages to the queue, and calls the subscribers' callbacks.
import { type Moved, presentAddress } from '../domain/moved.ts'
import { failure, type Problem, type Result, retrySeconds, success } from '../domain/problem.ts'
import type { Census, Intent, Verification } from '../domain/subscription.ts'
import { hashOf } from '../http/token.ts'
import { callEach, concurrentCalls } from './calls.ts'
import type { HubPorts, JobPorts } from './ports.ts'
import { caps, exceeded } from './protocol/limits.ts'
import { parseRequest } from './protocol/request.ts'
import { challengeOf, isConfirmed, questionTo } from './protocol/verification.ts'
import { readTopic } from './topic-feed.ts'

/**
 * Seconds that a client must wait if a limit on the number of subscriptions is reached, because other
 * subscriptions must expire before it can subscribe.
 */
const capWaitSeconds = 3600

/**
 * Accepts a subscription request; a later job verifies it (WebSub §5.1.2). Whether the request is accepted
 * depends on the request, the topic and the hub's limits. If the request is refused, nothing is stored and no
 * callback is called. `client` is the client's network.
 */
export async function requestSubscription(
  ports: HubPorts,
  form: URLSearchParams,
  client: string,
): Promise<Result<Intent>> {
  if (!(await ports.mayAsk(client))) return tooMany('too many requests', retrySeconds)
  const parsed = await named(ports, parseRequest(form, ports))
  if (!parsed.ok) return parsed
  const intent = parsed.value
  const revision = await revisionOf(ports, intent)
  if (!revision.ok) return revision
  // The store gets a hash, so that no list of requests shows addresses.
  const hash = (await hashOf(client)).slice(0, 16)
  const { host, callback, topic } = intent
  const census = await ports.subscriptions.census({ host, callback, topic: topic.topic, client: hash })
  const problem = await crowding(ports, intent, census, client)
  if (problem) return failure(problem)
  const requester = { client: hash, known: census.renewed }
  const { number, isNew } = await ports.subscriptions.request(intent, revision.value, requester)
  if (isNew) await ports.enqueue([{ kind: 'verify', verification: number }])
  return parsed
}

/**
 * Accepts a topic only under its `rel=self` address. Former versions also accepted other spellings of the address. A
 * subscription that was made with such a spelling can be renewed and ended by the same callback with the same spelling,
 * until its lease ends.
 */
async function named(ports: HubPorts, parsed: Result<Intent>): Promise<Result<Intent>> {
  if (!parsed.ok || parsed.value.self === undefined) return parsed
  const { self, asked, callback, topic } = parsed.value
  const known = await ports.subscriptions.topicAsked(callback, asked)
  if (known !== undefined) return success({ ...parsed.value, topic: { ...topic, topic: known } })
  const reason = `must be the rel=self address of a feed, exactly as the feed writes it; did you mean ${self}`
  return failure({ kind: 'invalid-subscription', field: 'hub.topic', reason })
}

/**
 * The current revision of the topic, or 0 for an unsubscription. An unsubscription reads no feed, so that it
 * succeeds even if the topic has disappeared.
 */
async function revisionOf(ports: HubPorts, { mode, topic }: Intent): Promise<Result<number>> {
  if (mode === 'unsubscribe') return success(0)
  const read = await readTopic(ports, topic.topic, topic.paths)
  if (read.ok) return success(read.value.revision)
  const { problem } = read
  const reason =
    problem.kind === 'moved'
      ? `must be the feed’s present address, ${presentTopic(ports, topic.topic, problem)}`
      : 'must be the address of an existing feed'
  return failure({ kind: 'invalid-subscription', field: 'hub.topic', reason })
}

function presentTopic({ site }: HubPorts, topic: string, moved: Moved): string {
  const { pathname, search } = new URL(topic, site.url)
  return presentAddress(site, { path: pathname, search }, moved)
}

/**
 * The problem of a subscription request that would exceed a limit of its client, of its callback, of the callback's
 * host or of the hub; undefined if the request exceeds none. Requests about existing subscriptions have limits of their
 * own, so that requests for new subscriptions cannot use up what renewals need.
 */
async function crowding(
  ports: HubPorts,
  { host, mode }: Intent,
  census: Census,
  client: string,
): Promise<Problem | undefined> {
  const cap = exceeded(census, mode)
  if (cap === 'pending' || cap === 'pendingOfHost' || cap === 'pendingOfClient') {
    return tooMany(`${caps[cap]} requests wait for their verification`, retrySeconds).problem
  }
  if (cap) return tooMany(`the limit of ${caps[cap]} subscriptions is reached`, capWaitSeconds).problem
  // A request that takes the place of one that waits causes no further call.
  if (census.waiting) return undefined
  const counted = census.renewed ? `known ${host}` : host
  if ((await ports.mayMakeCall(`${client} ${counted}`)) && (await ports.mayCall(counted))) return undefined
  return tooMany('too many requests for this callback’s host', retrySeconds).problem
}

const tooMany = (reason: string, seconds: number) => failure({ kind: 'too-many-requests', reason, seconds })

/**
 * Verifies some of the requests that wait. The job does not wait for callbacks that take long to answer, so that no
 * request waits for the callbacks of others.
 */
export async function verify(ports: JobPorts): Promise<void> {
  const claimed = await ports.subscriptions.claimVerifications(concurrentCalls)
  await callEach(ports, claimed, (verification) => ask(ports, verification))
}

/**
 * Asks a callback to confirm that it requested to subscribe or unsubscribe (WebSub §5.3), with a challenge
 * that is used once. If the callback does not confirm the request, nothing changes: an existing subscription
 * continues, and a new one does not begin. If a newer request came meanwhile, a further job asks about it.
 */
async function ask(ports: HubPorts, verification: Verification): Promise<void> {
  if (await isReplaced(ports, verification))
    await ports.enqueue([{ kind: 'verify', verification: verification.number }])
}

/** Asks a callback about a request, and carries out the request or deletes it. Returns true if a newer request came. */
async function isReplaced(ports: HubPorts, verification: Verification): Promise<boolean> {
  const { mode, topic, paths, asked, callback, host, leaseSeconds } = verification
  const read = mode === 'subscribe' ? await readTopic(ports, topic, paths) : success(undefined)
  if (!read.ok) {
    const again = await ports.subscriptions.dismiss(verification)
    await deny(ports, { asked, callback })
    return again
  }
  const challenge = challengeOf(ports.bytes(32))
  const url = questionTo(callback, {
    'hub.mode': mode,
    'hub.topic': asked,
    'hub.challenge': challenge,
    ...(mode === 'subscribe' && { 'hub.lease_seconds': String(leaseSeconds) }),
  })
  const asking = ports.clock()
  const answer = await ports.call({ method: 'GET', url })
  if ('fault' in answer || !isConfirmed(answer, challenge)) {
    const reason = refusalIn(answer)
    // A request to unsubscribe may name any topic, so only the topic of a request to subscribe is known to be a feed.
    ports.log('verification-failed', {
      ...{ host, mode, reason },
      topic: mode === 'subscribe' ? topic : undefined,
    })
    return ports.subscriptions.dismiss(verification, { topic, host, mode, reason })
  }
  return confirm(ports, verification, asking)
}

/** Why an answer does not confirm a request, in words. */
function refusalIn(answer: Awaited<ReturnType<HubPorts['call']>>): string {
  if ('fault' in answer) return answer.fault
  const isSuccess = answer.status >= 200 && answer.status < 300
  return `answered ${answer.status}${isSuccess ? ', but not with the challenge as the whole body' : ''}`
}

async function confirm(ports: HubPorts, verification: Verification, asking: number): Promise<boolean> {
  const { mode, topic, host } = verification
  const { owed, secretChanged, again } = await ports.subscriptions.confirm(verification, asking)
  if (mode === 'subscribe') ports.log('subscribed', { topic, host })
  else ports.log('unsubscribed', { host })
  if (secretChanged) ports.log('secret-changed', { topic, host })
  if (owed) await ports.enqueue([{ kind: 'push' }])
  return again
}

/** Notifies a subscriber that its subscription has ended or was refused, with the reason (WebSub §5.2). */
export async function deny(
  ports: Pick<HubPorts, 'call'>,
  { asked, callback }: { asked: string; callback: string },
  reason = 'This feed is no longer published.',
): Promise<void> {
  const url = questionTo(callback, { 'hub.mode': 'denied', 'hub.topic': asked, 'hub.reason': reason })
  await ports.call({ method: 'GET', url })
}
