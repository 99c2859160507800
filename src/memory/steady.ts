import type { CommentStore } from '../domain/comment-store.ts'
import { storeFault } from '../domain/fault.ts'
import type { Within } from '../domain/ports.ts'
import type { Counts, ShortLinks } from '../domain/short-link.ts'
import type { Store } from '../domain/store.ts'

/** Milliseconds after which a read from the store fails. */
export const readTimeoutMilliseconds = 5000

/**
 * The store's methods that only write. They have no deadline, because after a timeout the caller would not know
 * whether the write happened. Methods that read may write too, but have a deadline and a shorter one for the write
 * (`writeTimeoutMilliseconds`).
 */
const changing: readonly string[] = [
  'save',
  'rename',
  'prepareRename',
  'remove',
  'release',
  'takeCharge',
  'addOrigins',
  'openImport',
  'completeImport',
  'add',
  'keep',
  'fill',
  'decide',
  'erase',
  'eraseAgain',
  'restoreCommenters',
  'edit',
  'ban',
  'close',
  'report',
] satisfies (keyof Store | keyof Counts | keyof ShortLinks | keyof CommentStore)[]

/**
 * Runs work without a deadline. It is for stores whose methods mostly write, because a write can still happen
 * after its deadline has passed.
 */
export const withoutTimeout: Within = (_, work) => work

/**
 * Wraps a store. Every error that the store throws becomes a store fault, which is answered with 503, and each
 * read that takes too long fails.
 */
export function steadyStore<Port extends object>(store: Port, within: Within): Port {
  const steady = (method: string, call: (...values: never[]) => Promise<unknown>) => {
    return async (...values: never[]): Promise<unknown> => {
      try {
        return await (changing.includes(method)
          ? call(...values)
          : within(readTimeoutMilliseconds, call(...values)))
      } catch (cause) {
        throw storeFault(method, cause)
      }
    }
  }
  const methods = Object.entries(store).map(([method, call]) => [method, steady(method, call)])
  return Object.fromEntries(methods) as Port
}
