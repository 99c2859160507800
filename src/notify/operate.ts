// I/O: reads and writes the store.
import { isEmailAddress } from '../domain/email-address.ts'
import { rfc3339 } from '../domain/instant.ts'
import type { ErasedPerson, NotifyState, NotifyStore } from '../domain/notify-store.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { parseEndpoint } from '../domain/push.ts'
import { addressHash } from './token.ts'

/** The state of what people are told of, as operators see it. It contains no address. All instants are as in RFC 3339. */
export interface SubscriptionsReport extends Omit<NotifyState, 'holds'> {
  holds: (Omit<NotifyState['holds'][number], 'until' | 'since'> & { until: string; since: string })[]
}

/** Reports what people are told of, by channel and selection, and which mails fail. */
export async function reportSubscriptions(
  subscribers: Pick<NotifyStore, 'state'>,
): Promise<SubscriptionsReport> {
  const { holds, ...state } = await subscribers.state()
  return {
    ...state,
    holds: holds.map((hold) => ({ ...hold, until: rfc3339(hold.until), since: rfc3339(hold.since) })),
  }
}

interface ErasePorts {
  subscribers: Pick<NotifyStore, 'erase'>
  secrets: readonly string[]
}

/**
 * Erases everything by which the person with an e-mail address, in whatever letter case, or the browser with an endpoint could
 * be recognized. Returns what there was. `secrets` are those of the links.
 */
export async function eraseAddress(
  { subscribers, secrets }: ErasePorts,
  address: unknown,
): Promise<Result<ErasedPerson>> {
  const text = typeof address === 'string' ? address.trim() : ''
  // An endpoint on this machine is only in local stores.
  if (!isEmailAddress(text) && parseEndpoint(text, true) === undefined) {
    const reason = 'must be an e-mail address, such as kim@example.com, or the endpoint of a browser'
    const issues = [{ field: 'address', reason }]
    return failure({ kind: 'invalid-request', task: 'erase', issues })
  }
  return success(await erasePerson({ subscribers, secrets }, text))
}

/** Erases the person with an address that is known, and returns what there was. */
export async function erasePerson(
  { subscribers, secrets }: ErasePorts,
  address: string,
): Promise<ErasedPerson> {
  const hashes = await Promise.all(secrets.map((secret) => addressHash(secret, address)))
  return subscribers.erase(address, hashes)
}
