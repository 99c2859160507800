import type { Clock } from '../domain/ports.ts'

/**
 * Requests a minute, by one client for one address, that are allowed without asking the rate limiter. Feed
 * readers send one to three.
 */
export const freeRequests = 20

/**
 * The largest number of client and address pairs that are counted at once; above that, every count starts again
 * at 0.
 */
const maxCounters = 20_000

/** Whether a client may request an address once more. */
export type MayAsk = (client: string, what: string) => Promise<boolean>

/**
 * Creates a rate limit that counts requests in this isolate. The limiter that all isolates of a Cloudflare
 * location share is asked only when a client exceeds the isolate's own count, so feed readers never cost that
 * call.
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

/** The network that an IP address belongs to. All addresses of an IPv6 /64 count as one client (RFC 6177 §2). */
export function networkOf(address: string): string {
  if (!address.includes(':')) return address
  const [head = '', tail = ''] = address.split('::')
  const [before, after] = [head, tail].map((half) => half.split(':').filter(Boolean)) as [string[], string[]]
  const between = address.includes('::') ? Math.max(0, 8 - before.length - after.length) : 0
  return [...before, ...Array<string>(between).fill('0'), ...after].slice(0, 4).join(':')
}
