import { hash32 } from '../domain/hash.ts'
import type { Clock } from '../domain/ports.ts'
import { networkOf } from '../http/network.ts'

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
