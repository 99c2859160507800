import type { Clock, Log } from '../domain/ports.ts'
import type { Counts, Visit } from '../domain/short-link.ts'

/** How long visits are gathered before they are written down, in milliseconds. */
export const gatherMilliseconds = 1000

/** Who was to write them down and has not done so for this long, in milliseconds, is gone: another sets out. */
export const writeTimeoutMilliseconds = 5000

/** So many different visits are gathered at most; the one that fills the list has it written down at once. */
const maxGatheredVisits = 500

/** Takes a visit in. What it gives is the work of writing down, for whoever shall do it. */
export type Gather = (visit: Visit) => Promise<void> | undefined

interface GatherPorts {
  counts: Pick<Counts, 'add'>
  wait: (milliseconds: number) => Promise<unknown>
  clock: Clock
  log: Log
}

/**
 * Gathers the visits of an isolate: those of a second are written down together, by the request that was the
 * first of them, after it has answered; no other waits for it. What an isolate's end takes along is that second.
 * A store that fails loses what it was given, since nobody knows whether it took it: no visit counts twice.
 */
export function gatherVisits({ counts, wait, clock, log }: GatherPorts): Gather {
  const gathered = new Map<string, { visit: Visit; count: number }>()
  let setOut = 0

  const write = async (): Promise<void> => {
    if (gathered.size === 0) return
    const taken = [...gathered.values()]
    gathered.clear()
    try {
      await counts.add(taken.map(({ visit, count }) => ({ ...visit, count })))
    } catch (fault) {
      log('count-lost', { count: taken.reduce((sum, one) => sum + one.count, 0), message: String(fault) })
    }
  }

  return (visit) => {
    const isAwaited = gathered.size > 0 && clock() < setOut + writeTimeoutMilliseconds
    const key = `${visit.day} ${visit.code} ${visit.network}`
    const known = gathered.get(key)
    gathered.set(key, { visit, count: (known?.count ?? 0) + 1 })
    if (gathered.size >= maxGatheredVisits) return write()
    if (isAwaited) return undefined
    setOut = clock()
    return wait(gatherMilliseconds).then(write)
  }
}
