import type { Clock, Memory } from '../domain/ports.ts'
import type { Head } from '../domain/store.ts'

/** What the head of a selection and that of an archive have in common. */
export type HeldHead = Pick<Head, 'path' | 'revision' | 'revised' | 'due' | 'since' | 'stale'>

/** How long a head is fresh, in milliseconds. */
export const freshMilliseconds = 600

/**
 * For how long after that the others go on with it, in milliseconds, while one request asks the store again: no
 * request may await what another one does. So a save of another isolate is seen within the sum of both, a second;
 * what is given later says that it is stale.
 */
export const graceMilliseconds = 400

/** How long one request has to ask before the next one does, in milliseconds. */
export const askMilliseconds = 1000

/** How long a head may stand in for a store that cannot be asked: as long as `stale-if-error` at the edge. */
export const maxStaleMilliseconds = 86_400_000

interface Entry {
  head: HeldHead
  /** From here on it is no longer fresh; epoch milliseconds, like all instants here. */
  until: number
  /** When a request last set out to ask the store again, and when one last failed. */
  asked: number
  failed: number
  /** After how many saves it was read. */
  saves: number
}

/** The heads that this isolate read of late. None is ever given out at or after its `due`. */
export interface Heads {
  /**
   * These heads, where the store need not be asked: all are fresh, or another request is asking, or has just
   * failed; then each says how stale it is.
   */
  held<T extends HeldHead>(paths: readonly string[]): T[] | undefined
  /** These heads as last known, each with how stale it is; undefined where one is not held. */
  stale<T extends HeldHead>(paths: readonly string[]): T[] | undefined
  /** Notes that the store is asked now; what it answers is taken, unless a save came between. */
  asking(paths: readonly string[]): { took: (heads: readonly HeldHead[]) => void; failed: () => void }
  /** These heads where all are fresh, and until when. */
  fresh(paths: readonly string[]): { heads: HeldHead[]; until: number } | undefined
  /**
   * After a save through this isolate: drops the heads that it changed, and makes every other stale, since a
   * save that nobody can see yet still brings a `due` closer.
   */
  drop(paths: readonly string[]): void
}

export function holdHeads(memory: Memory, clock: Clock): Heads {
  /** Raised by each save: what was asked before one is not taken after it, nor is what was taken fresh. */
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
