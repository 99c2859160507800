// No input or output.
import type { Clock } from '../domain/ports.ts'

/** How many calls an isolate makes by itself at once, and how long until it may make one more, in milliseconds. */
export const burstCalls = 5
export const refillMilliseconds = 60_000

/** How long a message under way also covers later saves, in milliseconds: well before it is acted upon. */
export const coverMilliseconds = 5000

/** More than this many messages in that time, and one that marks everything stale stands for the rest. */
const maxMessages = 30

/** The platform takes so many tags in one call. */
export const maxTags = 100

/** What is to be marked stale at the edge. */
export type Invalidation = { tags: string[] } | { everything: true }

/**
 * What an isolate remembers of the invalidations that it asked for, so that many saves make few calls: the
 * platform takes five calls a minute, 25 at once, from all isolates together.
 */
export interface PurgeBudget {
  /** Whether one more call may be made at once; counts it. */
  mayCall(): boolean
  /** The message that these tags need, now: what no message under way covers. Counts it as sent. */
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
