import type { Clock } from '../domain/ports.ts'

/** How many requests of one client for one thing nobody asks about, in a minute: readers send one to three. */
export const freeRequests = 20

/** How many clients and things are counted at once; above that the counting begins anew, in their favour. */
const maxCounters = 20_000

/** Whether a client may ask for something once more. */
export type MayAsk = (client: string, what: string) => Promise<boolean>

/**
 * Counts requests in this isolate, and asks the limit, which all isolates of a place share, about those only
 * that come faster than any reader's: no reader ever costs a question.
 */
export function createRateLimit(clock: Clock, limit: (key: string) => Promise<boolean>): MayAsk {
  let minute = 0
  let counts = new Map<string, number>()

  return async (client, what) => {
    const now = Math.floor(clock() / 60_000)
    if (now !== minute || counts.size > maxCounters) counts = new Map()
    minute = now
    const key = `${networkOf(client)} ${what}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    return count <= freeRequests || limit(key)
  }
}

/** Whom an address belongs to: an IPv6 client has all of its /64 (RFC 6177 §2), so that is one. */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map((half) => half.split(':').filter(Boolean)) as [string[], string[]]
  const between = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0
  return [...before, ...Array<string>(between).fill('0'), ...after].slice(0, 4).join(':')
}
