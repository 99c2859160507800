// I/O: none; keeps its state in memory.
import type { Clock } from '../domain/ports.ts'

/** How many purge calls an isolate may make at once, and how many milliseconds pass until it may make one more. */
export const burstCalls = 5
export const refillMilliseconds = 60_000

/** Milliseconds by which a message may arrive late, so that many saves share a message. */
export const lateMilliseconds = 5000

/**
 * Limits the purge calls and the queue messages of one isolate, so that many saves cause few calls. The
 * platform allows all isolates together five purge calls a minute, in bursts of up to 25.
 */
export interface PurgeBudget {
  /** Whether the isolate may make one more purge call now. If the result is true, the call is counted. */
  mayCall(): boolean
  /**
   * The delay in seconds of the message that the isolate must send, so that the queue takes up the waiting purges
   * after this time, but not more than `late` milliseconds later; undefined if a message that it has sent before
   * arrives then. A message whose delay this function returns counts as sent.
   */
  messageAfter(milliseconds: number, late: number): number | undefined
}

export function createPurgeBudget(clock: Clock): PurgeBudget {
  let calls = burstCalls
  let counted = clock()
  let arrivals: number[] = []

  return {
    mayCall() {
      const now = clock()
      calls = Math.min(burstCalls, calls + (now - counted) / refillMilliseconds)
      counted = now
      if (calls < 1) return false
      calls -= 1
      return true
    },

    messageAfter(milliseconds, late) {
      const now = clock()
      const needed = now + milliseconds
      arrivals = arrivals.filter((at) => at > now)
      if (arrivals.some((at) => at >= needed && at <= needed + late)) return undefined
      // If a message arrives a little too early, further saves are likely, so the next message arrives later and
      // serves them too.
      const early = arrivals.filter((at) => at < needed && at > needed - late)
      const at = early.length > 0 ? Math.max(...early) + late : needed
      const delaySeconds = Math.ceil((at - now) / 1000)
      arrivals.push(now + delaySeconds * 1000)
      return delaySeconds
    },
  }
}
