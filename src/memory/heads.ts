import type { Clock, Memory } from '../domain/ports.ts'
import type { Head } from '../domain/store.ts'

/** The properties that heads of selections and heads of archives share. */
export type HeldHead = Pick<
  Head,
  'path' | 'revision' | 'revised' | 'due' | 'siteDue' | 'since' | 'readAt' | 'stale' | 'overdue'
>

/** Milliseconds for which a head is fresh after it was read. */
export const freshMilliseconds = 600

/**
 * The length in milliseconds of the grace period, which begins when a head stops being fresh. In the grace
 * period, one request reads the head again and all other requests use the old head, because no request may
 * await the work of another request. The fresh period (`freshMilliseconds`) and the grace period together
 * last one second, so this isolate sees a save by another isolate after at most one second. A head that is
 * returned after the grace period says how stale it is.
 */
export const graceMilliseconds = 400

/** Milliseconds that one request has for reading a head again. After that time another request may try. */
export const askMilliseconds = 1000

/**
 * Milliseconds for which an old head is used while the store fails. The directive `stale-if-error` allows the
 * edge to use its old copies for the same length of time.
 */
export const maxStaleMilliseconds = 86_400_000

interface Entry {
  head: HeldHead
  /** The instant at which the head stops being fresh. All instants in this file are epoch milliseconds. */
  until: number
  /**
   * The instant at which a request last began to read the head again, and the instant at which such a read last
   * failed.
   */
  asked: number
  failed: number
  /** The number of saves through this isolate (`saves`) at the time when the head was read. */
  saves: number
}

/** The heads that this isolate read recently. No head is returned at or after its `due`. */
export interface Heads {
  /**
   * The heads of these paths; undefined if the caller must read the store. The heads are returned if all are
   * fresh, if another request is reading them again, or if such a read has just failed. A head that has been
   * stale for longer than `graceMilliseconds` says how stale it is.
   */
  held<T extends HeldHead>(paths: readonly string[]): T[] | undefined
  /**
   * The heads of these paths as they were last read, each with how stale it is and without `since`; undefined if a
   * head is not in memory.
   */
  stale<T extends HeldHead>(paths: readonly string[]): T[] | undefined
  /**
   * A caller calls `asking` directly before it reads the heads of these paths from the store. After the read,
   * the caller calls `took` with the heads; if the read failed, it calls `failed`. The function `took` keeps
   * the heads in memory, unless a save went through this isolate during the read. If a head is overdue, `took` removes
   * all heads of these paths from memory instead: their revisions do not name what is public now. The function `took`
   * returns the heads, each with `readAt`.
   */
  asking(paths: readonly string[]): {
    took: <T extends HeldHead>(heads: readonly T[]) => T[]
    failed: () => void
  }
  /**
   * The heads of these paths and the instant at which their freshness ends; undefined if any of these heads is
   * not fresh.
   */
  fresh(paths: readonly string[]): { heads: HeldHead[]; until: number } | undefined
  /**
   * Call this after a save through this isolate. It removes the heads that the save changed. It also makes
   * every other head stale, because even a save of an article that is not yet public can bring a `due` closer.
   */
  drop(paths: readonly string[]): void
  /**
   * Removes the heads of these paths only. A caller calls it after a change that concerns no article, and so no other head, or if
   * content proved to be newer than the heads.
   */
  forget(paths: readonly string[]): void
}

/** The instants of a head that were still to come when it was read. From the first of them on, it must be read again. */
const instantsAfter = (readAt: number, { revised, since = 0, siteDue = 0 }: HeldHead): number[] =>
  [revised, since, siteDue].filter((instant) => instant > readAt)

export function holdHeads(memory: Memory, clock: Clock): Heads {
  /**
   * Counts the saves through this isolate. A head is not kept if a save happened while it was being read. A
   * kept head is no longer fresh if a save happened after it was read.
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

  // A version that does not reach the store cannot know whether it still is in charge, so its head has no `since`.
  const stale = <T extends HeldHead>(entries: readonly Entry[] | undefined) =>
    entries?.map(({ head: { since: _, ...head }, until }) => ({
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
        took<T extends HeldHead>(read: readonly T[]) {
          const heads = read.map((head) => ({ ...head, readAt: now }))
          const isOverdue = heads.some(({ overdue }) => overdue !== undefined)
          if (isOverdue) for (const path of paths) memory.delete(`head ${path}`)
          if (begun !== saves || isOverdue) return heads
          for (const head of heads) {
            const fresh = now + freshMilliseconds
            const until = Math.min(fresh, head.due ?? fresh, ...instantsAfter(now, head))
            const entry: Entry = { head, until, asked: 0, failed: 0, saves }
            memory.set(`head ${head.path}`, entry, 2 * JSON.stringify(head).length)
          }
          return heads
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

    forget(paths) {
      for (const path of paths) memory.delete(`head ${path}`)
    },
  }
}
