import type { Clock, Log, Within } from '../domain/ports.ts'

/**
 * Milliseconds after a failed write during which reads try no further write, so that reads stay fast while the
 * store cannot be written. Cron tries every minute nevertheless.
 */
export const pauseMilliseconds = 5000

/** Milliseconds after which a read no longer waits for its write. The write may still happen later, which is harmless. */
export const writeTimeoutMilliseconds = 2000

/**
 * Returns a function that carries out a write on behalf of a read. If the write fails or does not end in time,
 * the failure is logged and the read goes on, because a store that cannot be written can often still be read:
 * after a daily quota is used up, or during an incident. `what` names the write in the log.
 */
export function attemptIn(clock: Clock, log: Log, within: Within) {
  let failed = Number.NEGATIVE_INFINITY
  return async (what: string, write: () => Promise<unknown>): Promise<void> => {
    if (Math.abs(clock() - failed) < pauseMilliseconds) return
    try {
      await within(writeTimeoutMilliseconds, write())
    } catch (fault) {
      failed = clock()
      log('store-not-writable', { write: what, message: String(fault) })
    }
  }
}
