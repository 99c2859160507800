// I/O: none; keeps its state in memory.
import type { Clock } from '../domain/ports.ts'

/** How many purge calls an isolate may make at once, and how many milliseconds pass until it may make one more. */
export const burstCalls = 5
export const refillMilliseconds = 60_000

/**
 * Milliseconds for which a queued invalidation message also covers later saves of the same selections, which
 * therefore queue no message of their own. This time is shorter than the delay before the message is handled,
 * so that the message is handled after those saves.
 */
export const coverMilliseconds = 5000

/**
 * The largest number of invalidation messages that are queued within `coverMilliseconds`. After that many, one
 * message that marks everything stale is queued instead of further ones.
 */
const maxMessages = 30

/** The largest number of cache tags that Cloudflare accepts in one purge call. */
export const maxTags = 100

/** What is to be marked stale at the edge: the copies with these cache tags, or all copies. */
export type Invalidation = { tags: string[] } | { everything: true }

/**
 * Limits the purge calls and the queue messages of one isolate, so that many saves cause few calls. The
 * platform allows all isolates together five purge calls a minute, in bursts of up to 25.
 */
export interface PurgeBudget {
  /** Whether the isolate may make one more purge call now. If the result is true, the call is counted. */
  mayCall(): boolean
  /**
   * The message to queue for these tags; undefined if recent messages cover all of them. The message leaves
   * out each tag that a recent message covers. A message that this function returns counts as sent.
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
