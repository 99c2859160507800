import type { Clock, Log } from '../domain/ports.ts'
import type { Counts, Visit } from '../domain/short-link.ts'

/** Milliseconds for which visits are collected in memory before they are written to the store. */
export const gatherMilliseconds = 1000

/**
 * How long the collected visits wait for the request that was to write them, in milliseconds. The next
 * request after this time writes the visits instead.
 */
export const writeTimeoutMilliseconds = 5000

/**
 * The largest number of counters that are collected in memory; there is one counter for each day, short link
 * and network. The visit that needs the last counter causes a write at once.
 */
export const maxGatheredVisits = 500

/** How many writes may wait for the store at the same time. While so many wait, further visits are lost. */
export const maxVisitWrites = 4

/**
 * Counts a visit. Returns a promise if the current request has to write the collected visits; the promise
 * resolves after the write. Otherwise returns undefined.
 */
export type Gather = (visit: Visit) => Promise<void> | undefined

interface GatherPorts {
  counts: Pick<Counts, 'add'>
  wait: (milliseconds: number) => Promise<unknown>
  clock: Clock
  log: Log
}

/**
 * Collects the visits of short links that one isolate sees. The first visit after a write starts a period of
 * one second. The request of this first visit is answered at once; after the period, the same request writes
 * all visits of the period. The other requests of the period end without waiting for the write, except that a
 * request writes at once if it makes the number of different visits reach `maxGatheredVisits`. If the isolate
 * ends, the visits of the current period are lost. If a write fails, the visits of this write are lost too: a visit
 * might count twice if it were written again, because the store may have saved the write before it reported
 * the failure. Visits are also lost while `maxVisitWrites` writes wait, so that a slow store fills no memory.
 */
export function gatherVisits({ counts, wait, clock, log }: GatherPorts): Gather {
  // A visit is kept only as its key, because a part of a requested address may keep the whole address in memory.
  const gathered = new Map<string, number>()
  let setOut = 0
  let writing = 0

  const write = async (): Promise<void> => {
    if (gathered.size === 0) return
    const taken = [...gathered].map(([key, count]) => ({ ...visitIn(key), count }))
    gathered.clear()
    try {
      if (writing >= maxVisitWrites) throw new Error('too many writes wait for the store')
      writing++
      await counts.add(taken).finally(() => writing--)
    } catch (fault) {
      log('count-lost', { count: taken.reduce((sum, one) => sum + one.count, 0), fault })
    }
  }

  return ({ day, code, network }) => {
    const isAwaited = gathered.size > 0 && clock() < setOut + writeTimeoutMilliseconds
    const key = `${day} ${code} ${network}`
    gathered.set(key, (gathered.get(key) ?? 0) + 1)
    if (gathered.size >= maxGatheredVisits) return write()
    if (isAwaited) return undefined
    setOut = clock()
    return wait(gatherMilliseconds).then(write)
  }
}

function visitIn(key: string): Visit {
  const [day = '', code = '', network = ''] = key.split(' ')
  return { day, code, network }
}
