import { storeFault } from '../domain/fault.ts'
import type { Within } from '../domain/ports.ts'
import type { Counts, ShortLinks } from '../domain/short-link.ts'
import type { Store } from '../domain/store.ts'

/** How long a reading may take, in milliseconds. */
export const readTimeoutMilliseconds = 5000

/** What changes the store has no deadline: nobody would know what came of it. */
const changing: readonly string[] = ['save', 'rename', 'remove', 'release', 'add', 'fill'] satisfies (
  | keyof Store
  | keyof Counts
  | keyof ShortLinks
)[]

/**
 * A store whose every fault is known as one of the store, so that it is answered 503, and whose readings end
 * in time.
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
