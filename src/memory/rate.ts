import type { Clock } from '../domain/ports.ts'

/**
 * How many requests a minute one client may send to one address before the shared rate limiter is asked. Feed
 * readers send one to three.
 */
export const freeRequests = 20

/**
 * The largest number of pairs of a client and an address that are counted at once. If there are more, every
 * count starts again at 0.
 */
const maxCounters = 20_000

/** Whether a client may request an address once more in this minute. */
export type MayAsk = (client: string, what: string) => Promise<boolean>

/**
 * Creates a rate limit that counts requests in this isolate. All isolates of a Cloudflare location share
 * another limiter, which is asked only when a client exceeds the count of this isolate. Therefore no request of
 * a usual feed reader waits for the shared limiter.
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

/**
 * The network of a client's IP address: the first 64 bits of an IPv6 address, or a whole IPv4 address. All
 * addresses of one IPv6 /64 network count as one client (RFC 6177 §2).
 */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map((half) => half.split(':').filter(Boolean)) as [string[], string[]]
  const between = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0
  return [...before, ...Array<string>(between).fill('0'), ...after].slice(0, 4).join(':')
}
