// I/O: reads and writes the store.
import type { Issue } from '../../domain/issue.ts'
import type { MovedPush, PushKeys, Subscriber } from '../../domain/notify.ts'
import { failure, type Problem, type Result, retrySeconds, success } from '../../domain/problem.ts'
import { parseEndpoint } from '../../domain/push.ts'
import { base64url } from '../base64.ts'
import { parseChoices, tooManyIssue, wouldBeTooMany } from '../choices.ts'
import type { PushPorts, Shown } from '../ports.ts'
import { resume } from '../resume.ts'
import { addressHash } from '../token.ts'
import { areKeys } from './encryption.ts'

/** The largest number of browsers that may subscribe for the first time in an hour, so that nobody can fill the store. */
const maxHourlyBrowsers = 20_000
const hourMilliseconds = 3_600_000

const task = 'subscribe'

/**
 * Stores that a browser is to be told. The form has the endpoint, its keys `p256dh` and `auth`, the public key `server` with
 * which it was made, and the choices as in the form of mail. With the field `former`, it has no choices: the endpoint replaces
 * a former one of the same browser. Who knows an endpoint may change its subscription, because only the browser, its push
 * service and the site know it.
 */
export async function subscribePush(
  ports: PushPorts,
  form: URLSearchParams,
  shown: Shown,
): Promise<Result<Subscriber>> {
  const { subscribers, store, clock, bytes, secrets } = ports
  const endpoint = await endpointIn(ports, form)
  if ('issues' in endpoint) return failure({ kind: 'invalid-request', task, issues: endpoint.issues })
  const { address, keys } = endpoint
  const moved = { address, addressHash: await addressHash(secrets[0], address), keys }
  const former = form.get('former')
  if (former !== null) return move(ports, former, moved)
  const now = clock()
  const { choices, issues } = await parseChoices({ store, now }, form)
  if (issues.length > 0) return failure({ kind: 'invalid-request', task, issues })
  const known = await subscribers.known('webpush', address)
  if (known && wouldBeTooMany(known.choices, choices))
    return failure({ kind: 'invalid-request', task, issues: [tooManyIssue] })
  if (known?.state === 'paused') await resume(ports, known)
  if ((await subscribers.pushesSince(now - hourMilliseconds)) >= maxHourlyBrowsers) return failure(tooMany)
  const { language, words } = shown
  const proof = { at: now, words, choices }
  const id = base64url(bytes(16))
  return success(await subscribers.addPush({ id, ...moved, language, created: now, proof, choices }))
}

/** Gives the subscription with a former endpoint the new one; with the same one, it only answers whether there is a subscription. */
async function move(
  ports: Pick<PushPorts, 'subscribers' | 'clock' | 'digestTime'>,
  former: string,
  moved: MovedPush,
): Promise<Result<Subscriber>> {
  const { subscribers } = ports
  const [from, into] = await Promise.all(
    [former, moved.address].map((one) => subscribers.known('webpush', one)),
  )
  const isSame = into !== undefined && into.number === from?.number && areSame(into.keys, moved.keys)
  if (from && into && from.number !== into.number) {
    if (wouldBeTooMany(into.choices, from.choices))
      return failure({ kind: 'invalid-request', task, issues: [tooManyIssue] })
    for (const one of [from, into]) if (one.state === 'paused') await resume(ports, one)
  }
  const subscriber = isSame ? into : await subscribers.movePush(former, moved)
  return subscriber
    ? success(subscriber)
    : failure({ kind: 'not-found', what: 'subscription with this former endpoint' })
}

const areSame = (one: PushKeys | undefined, other: PushKeys): boolean =>
  one?.p256dh === other.p256dh && one.auth === other.auth && one.server === other.server

const tooMany: Problem = {
  kind: 'too-many-requests',
  reason: 'too many browsers have subscribed in this hour',
  seconds: retrySeconds,
}

type Endpoint = { address: string; keys: PushKeys } | { issues: Issue[] }

async function endpointIn({ keys: ours, isLocal }: PushPorts, form: URLSearchParams): Promise<Endpoint> {
  const field = (name: string) => form.get(name) ?? ''
  const address = parseEndpoint(field('endpoint'), isLocal)
  if (address === undefined)
    return {
      issues: [{ field: 'endpoint', reason: 'must be the https address of a browser at its push service' }],
    }
  const keys = { p256dh: unpadded(field('p256dh')), auth: unpadded(field('auth')), server: field('server') }
  if (!(await areKeys(keys)))
    return {
      issues: [{ field: 'p256dh', reason: 'must be, with auth, the keys of the endpoint in base64url' }],
    }
  if (!ours.some(({ publicKey }) => publicKey === keys.server))
    return { issues: [{ field: 'server', reason: 'must be the public key of this site' }] }
  return { address, keys }
}

const unpadded = (text: string): string => text.replace(/=+$/, '')
