import type { Clock, Log, Within } from '../domain/ports.ts'

/**
 * Milliseconds after a failed write during which reads try no further write, so that reads stay fast while the
 * store cannot be written. Cron tries every minute nevertheless.
 */
export const writePauseMilliseconds = 5000

/**
 * Milliseconds after which a read no longer waits for its write. If the write still happens later, cron takes up its
 * effects. The time is well below the second that a head may take to be read (`headTimeoutMilliseconds`), because
 * after that second an old head would be used, which may not know the due change.
 */
export const writeTimeoutMilliseconds = 500

/** What became of a write: done, failed, or not tried because it has just failed. */
type Attempt = 'done' | 'failed' | 'skipped'

/**
 * Returns a function that carries out a write on behalf of a read. If the write fails or does not end in time,
 * the failure is logged and the read goes on, because a store that cannot be written can often still be read:
 * after a daily quota is used up, or during an incident. `what` names the write in the log; each has its own pause.
 */
export function attemptIn(clock: Clock, log: Log, within: Within) {
  const failed = new Map<string, number>()
  return async (what: string, write: () => Promise<unknown>): Promise<Attempt> => {
    if (Math.abs(clock() - (failed.get(what) ?? Number.NEGATIVE_INFINITY)) < writePauseMilliseconds)
      return 'skipped'
    try {
      await within(writeTimeoutMilliseconds, write())
      failed.delete(what)
      return 'done'
    } catch (fault) {
      failed.set(what, clock())
      log('store-not-writable', { write: what, fault })
      return 'failed'
    }
  }
}
