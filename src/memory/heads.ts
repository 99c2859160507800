import type { Clock, Memory } from '../domain/ports.ts'
import type { Head } from '../domain/store.ts'

/** The properties that heads of selections and heads of archives share. */
export type HeldHead = Pick<Head, 'path' | 'revision' | 'revised' | 'due' | 'since' | 'stale'>

/** Milliseconds for which a head is fresh after it was read. */
export const freshMilliseconds = 600

/**
 * Grace period in milliseconds: after a head's freshness ends, other requests go on with the old head while one
 * request re-reads it, because no request may await the work of another. So a save by another isolate is seen
 * within the sum of both periods, one second; a head given out after that says how stale it is.
 */
export const graceMilliseconds = 400

/** Milliseconds that a request has to re-read a head before another request may try. */
export const askMilliseconds = 1000

/** Milliseconds for which an old head is used if the store fails: as long as `stale-if-error` allows at the edge. */
export const maxStaleMilliseconds = 86_400_000

interface Entry {
  head: HeldHead
  /** When the head stops being fresh, in epoch milliseconds, like every instant in this file. */
  until: number
  /** When a request last began to re-read the head, and when such a read last failed. */
  asked: number
  failed: number
  /** The value of the counter `saves` when the head was read. */
  saves: number
}

/** The heads that this isolate read recently. No head is given out at or after its `due`. */
export interface Heads {
  /**
   * The heads of these paths, if the store need not be asked: if all are fresh, or if another request is
   * re-reading them or has just failed to. After the grace period, each head says how stale it is.
   */
  held<T extends HeldHead>(paths: readonly string[]): T[] | undefined
  /** The heads of these paths as last read, each with how stale it is; undefined if one of them is not held. */
  stale<T extends HeldHead>(paths: readonly string[]): T[] | undefined
  /**
   * Notes that a request now reads the heads of these paths from the store. `took` holds the heads that the
   * store gave, unless a save through this isolate came between.
   */
  asking(paths: readonly string[]): { took: (heads: readonly HeldHead[]) => void; failed: () => void }
  /** The heads of these paths and the instant at which their freshness ends; undefined unless all are fresh. */
  fresh(paths: readonly string[]): { heads: HeldHead[]; until: number } | undefined
  /**
   * Call this after a save through this isolate: it drops the heads that the save changed, and makes every
   * other head stale, because even a save of an article that is not yet public can bring a `due` closer.
   */
  drop(paths: readonly string[]): void
}

export function holdHeads(memory: Memory, clock: Clock): Heads {
  /**
   * Counts the saves through this isolate. A head that was asked for before a save is not held after it, and a
   * held head that was read before a save is no longer fresh.
   */
  let saves = 0

  const entriesOf = (paths: readonly string[]): Entry[] | undefined => {
    const now = clock()
    const entries = paths.flatMap((path) => memory.get<Entry>(`head ${path}`) ?? [])
    const usable = entries.every(
      ({ head, until }) => now < (head.due ?? now + 1) && now < until + maxStaleMilliseconds,
    )
    return usable && entries.length > 0 && entries.length === paths.length ? entries : undefined
  }

  const every = (paths: readonly string[], is: (entry: Entry, now: number) => boolean) => {
    const now = clock()
    const entries = entriesOf(paths)
    return entries?.every((entry) => is(entry, now)) ? entries : undefined
  }

  const headsOf = <T extends HeldHead>(entries: readonly Entry[] | undefined) =>
    entries?.map(({ head }) => head as T)

  const stale = <T extends HeldHead>(entries: readonly Entry[] | undefined) =>
    entries?.map(({ head, until }) => ({
      ...(head as T),
      stale: Math.max(0, Math.ceil((clock() - until) / 1000)),
    }))

  const isCurrent = (entry: Entry): boolean => entry.saves === saves
  const isFresh = (entry: Entry, now: number): boolean => isCurrent(entry) && now < entry.until
  const isAsked = (entry: Entry, now: number): boolean =>
    isCurrent(entry) && now < entry.asked + askMilliseconds
  const hasFailed = (entry: Entry, now: number): boolean => now < entry.failed + askMilliseconds

  return {
    held: <T extends HeldHead>(paths: readonly string[]) =>
      headsOf<T>(
        every(paths, (entry, now) => isFresh(entry, now - graceMilliseconds) && isAsked(entry, now)),
      ) ??
      headsOf<T>(every(paths, isFresh)) ??
      stale<T>(every(paths, (entry, now) => isAsked(entry, now) || hasFailed(entry, now))),

    stale: <T extends HeldHead>(paths: readonly string[]) => stale<T>(entriesOf(paths)),

    asking(paths) {
      const now = clock()
      const begun = saves
      for (const entry of entriesOf(paths) ?? []) entry.asked = now
      return {
        took(heads) {
          if (begun !== saves) return
          for (const head of heads) {
            const until = Math.min(now + freshMilliseconds, head.due ?? now + freshMilliseconds)
            const entry: Entry = { head, until, asked: 0, failed: 0, saves }
            memory.set(`head ${head.path}`, entry, 2 * JSON.stringify(head).length)
          }
        },
        failed() {
          for (const entry of entriesOf(paths) ?? []) entry.failed = clock()
        },
      }
    },

    fresh(paths) {
      const entries = every(paths, isFresh)
      return (
        entries && {
          heads: entries.map(({ head }) => head),
          until: Math.min(...entries.map(({ until }) => until)),
        }
      )
    },

    drop(paths) {
      saves++
      for (const path of paths) memory.delete(`head ${path}`)
    },
  }
}
