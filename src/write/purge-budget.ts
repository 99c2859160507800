// No input or output: state in memory only.
import type { Clock } from '../domain/ports.ts'

/** Purge calls that an isolate may make in a burst, and milliseconds until it may make one more. */
export const burstCalls = 5
export const refillMilliseconds = 60_000

/** Milliseconds for which a queued message also covers later saves: shorter than the delay before it is handled. */
export const coverMilliseconds = 5000

/**
 * The largest number of invalidation messages within `coverMilliseconds`; above it, one message that marks everything
 * stale is sent.
 */
const maxMessages = 30

/** The largest number of cache tags that Cloudflare accepts in one purge call. */
export const maxTags = 100

/** The cache tags to mark stale at the edge, or everything. */
export type Invalidation = { tags: string[] } | { everything: true }

/**
 * Limits the purge calls and messages of an isolate, so that many saves cause few calls. The platform takes
 * five calls a minute, in bursts of 25, from all isolates together.
 */
export interface PurgeBudget {
  /** Whether one more purge call may be made now; if so, it is counted. */
  mayCall(): boolean
  /**
   * The message to queue for these tags. It leaves out tags that a recent message covers; undefined if all are
   * covered. The message is counted as sent.
   */
  messageFor(tags: readonly string[]): Invalidation | undefined
}

export function createPurgeBudget(clock: Clock): PurgeBudget {
  let calls = burstCalls
  let counted = clock()
  let sent = new Map<string, number>()
  let everything = Number.NEGATIVE_INFINITY
  let recent: number[] = []

  return {
    mayCall() {
      const now = clock()
      calls = Math.min(burstCalls, calls + (now - counted) / refillMilliseconds)
      counted = now
      if (calls < 1) return false
      calls -= 1
      return true
    },

    messageFor(tags) {
      const now = clock()
      if (now < everything + coverMilliseconds) return undefined
      const bare = tags.filter(
        (tag) => now >= (sent.get(tag) ?? Number.NEGATIVE_INFINITY) + coverMilliseconds,
      )
      if (bare.length === 0) return undefined
      recent = [...recent.filter((at) => now < at + coverMilliseconds), now]
      if (bare.length > maxTags || recent.length > maxMessages) {
        everything = now
        return { everything: true }
      }
      if (sent.size > 10 * maxMessages * maxTags) sent = new Map()
      for (const tag of bare) sent.set(tag, now)
      return { tags: bare }
    },
  }
}
