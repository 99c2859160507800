import type { Clock, Head, Memory } from '../domain/ports.ts'

/** How long a head is fresh: another isolate's save is seen after that, in milliseconds. */
const freshness = 1000

/**
 * How long one request has to ask the store again, in milliseconds; meanwhile the others go on with the
 * head that is held. They cannot wait for the first: no request may await what another one does.
 */
const turn = 1000

/** How long a head may stand in for a store that cannot be asked: as long as `stale-if-error` at the edge. */
const mostStale = 86_400_000

interface Entry {
  head: Head
  /** From here on it is no longer fresh; epoch milliseconds, like all instants here. */
  until: number
  /** When a request last set out to ask the store again. */
  asked: number
  /** After how many saves it was read. */
  saves: number
}

/** The heads that this isolate read of late. None is ever given out at or after its `due`. */
export interface Heads {
  /** These heads where all are fresh, or while another request is asking; undefined: ask the store. */
  fresh(paths: readonly string[]): Head[] | undefined
  /** These heads as last known, each with how stale it is; undefined where one is not held. */
  stale(paths: readonly string[]): Head[] | undefined
  /** Notes that the store is asked now. Takes what it answers, unless a save came between. */
  asking(paths: readonly string[]): (heads: readonly Head[]) => void
  /** Whether all of these are held, and until when they are fresh. */
  freshUntil(paths: readonly string[]): { until: number; heads: Head[] } | undefined
  /**
   * After a save through this isolate: drops the heads that it changed, and makes every other stale, since a
   * save that nobody can see yet still brings a `due` closer.
   */
  drop(paths: readonly string[]): void
}

export function holdHeads(memory: Memory, clock: Clock): Heads {
  /** Raised by each save: what was asked before it is not taken after it. */
  let saves = 0
  /** Nothing that was read before this many saves is fresh. */
  let doubted = 0

  const entriesOf = (paths: readonly string[]): Entry[] | undefined => {
    const now = clock()
    const entries = paths.flatMap((path) => memory.get<Entry>(`head ${path}`) ?? [])
    const whole = entries.length === paths.length && entries.length > 0
    return whole && entries.every(({ head }) => now < (head.due ?? now + 1)) ? entries : undefined
  }

  return {
    fresh(paths) {
      const entries = entriesOf(paths)
      const now = clock()
      const usable = (entry: Entry) =>
        entry.saves >= doubted &&
        (now < entry.until || (now < entry.asked + turn && now < entry.until + turn))
      return entries?.every(usable) ? entries.map(({ head }) => head) : undefined
    },

    stale(paths) {
      const now = clock()
      const entries = entriesOf(paths)?.filter(({ until }) => now < until + mostStale)
      if (entries?.length !== paths.length) return undefined
      return entries.map(({ head, until }) => ({
        ...head,
        stale: Math.max(0, Math.ceil((now - until) / 1000)),
      }))
    },

    asking(paths) {
      const now = clock()
      const begun = saves
      for (const entry of entriesOf(paths) ?? []) entry.asked = now
      return (heads) => {
        if (begun !== saves) return
        for (const head of heads) {
          const until = Math.min(now + freshness, head.due ?? now + freshness)
          const entry: Entry = { head, until, asked: 0, saves }
          memory.set(`head ${head.path}`, entry, 2 * (head.path.length + head.title.length) + 200)
        }
      }
    },

    freshUntil(paths) {
      const entries = entriesOf(paths)
      if (!entries?.every((entry) => entry.saves >= doubted)) return undefined
      return {
        until: Math.min(...entries.map(({ until }) => until)),
        heads: entries.map(({ head }) => head),
      }
    },

    drop(paths) {
      doubted = ++saves
      for (const path of paths) memory.delete(`head ${path}`)
    },
  }
}
