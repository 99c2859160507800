import { setTimeout as pause } from 'node:timers/promises'
import { type Ledger, memoryMilliseconds, roundingMilliseconds } from './ledger.ts'

/** The times at which something is saved, and at which nothing is. */
export interface Saves {
  /**
   * Waits until editors may save, and returns the number of their turn. They rest for more than half of the time, so
   * that readers also see content that stays.
   */
  turn: () => Promise<number>
  /** Notes that a request that writes begins; the caller calls the result when the request has ended. */
  begin: () => () => void
  /**
   * Whether something may have been saved while an answer was made, or in the second before: then the answer may be
   * made of the content before the save and of the content after it.
   */
  during: (answer: { begun: number; ended: number }) => boolean
}

/** Milliseconds for which editors save, and then rest. */
const workMilliseconds = 1900
const restMilliseconds = 2400

interface Span {
  begun: number
  ended: number
}

export function openSaves(now: () => number, ledger: Ledger): Saves {
  let spans: Span[] = []
  return {
    async turn() {
      const cycle = workMilliseconds + restMilliseconds
      const at = Date.now() % cycle
      if (at > workMilliseconds) await pause(cycle - at)
      return Math.floor(Date.now() / cycle)
    },
    begin() {
      const span: Span = { begun: now(), ended: Infinity }
      spans = [...spans.slice(-200), span]
      return () => {
        span.ended = now()
      }
    },
    // An isolate does not use its memory at or after the `due` of a selection, so only the end of an embargo during
    // the answer counts.
    during: ({ begun, ended }) =>
      spans.some(
        (span) => span.begun <= ended && span.ended >= begun - memoryMilliseconds - roundingMilliseconds,
      ) || ledger.changes(begun - roundingMilliseconds, ended + roundingMilliseconds),
  }
}
