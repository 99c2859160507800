import { hash32 } from '../domain/hash.ts'
import type { Clock } from '../domain/ports.ts'

/**
 * How many requests a minute one client may send to one address before the shared rate limiter is asked. Feed
 * readers send one to three.
 */
export const freeRequests = 20

/**
 * The number of counters, each of one byte; a power of 2. A client and an address have the counter that their hash
 * names, so memory does not grow with the number or the length of addresses.
 */
export const rateCounters = 262_144

/** Whether a client may request an address once more in this minute. */
export type MayAsk = (client: string, what: string) => Promise<boolean>

/**
 * Creates a rate limit that counts requests in this isolate. All isolates of a Cloudflare location share
 * another limiter, which is asked only when a client exceeds the count of this isolate. Therefore no request of
 * a usual feed reader waits for the shared limiter. If two clients have the same counter, the shared limiter is asked
 * earlier, and still counts each client apart. `seed` is a random whole number, so that no client can aim at the
 * counter of another.
 */
export function createRateLimit(
  clock: Clock,
  limit: (key: string) => Promise<boolean>,
  seed: number,
): MayAsk {
  const counts = new Uint8Array(rateCounters)
  let minute = 0

  return async (client, what) => {
    const now = Math.floor(clock() / 60_000)
    if (now !== minute) counts.fill(0)
    minute = now
    const key = `${networkOf(client)} ${what}`
    const counter = hash32(key, seed) & (rateCounters - 1)
    const count = (counts[counter] ?? 0) + 1
    if (count > freeRequests) return limit(key)
    counts[counter] = count
    return true
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
