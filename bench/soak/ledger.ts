/**
 * Records which edition was saved when, so that the age of an answer can be computed from the edition that it
 * shows.
 */
export interface Ledger {
  /** Records the time at which the save of an edition was answered. */
  saved: (edition: number, time: number) => void
  /** The number of the last edition that was saved. */
  last: () => number
  /** Milliseconds by which an answer that shows this edition was outdated at the time of its request. */
  staleness: (edition: number, asked: number) => number
}

/** Creates an empty ledger. Editions are numbered from 1; times are milliseconds of one clock. */
export function openLedger(): Ledger {
  const times: number[] = [Number.NEGATIVE_INFINITY]
  return {
    saved(edition, time) {
      times[edition] = time
    },
    last: () => times.length - 1,
    staleness(edition, asked) {
      const replaced = times[edition + 1]
      return replaced === undefined ? 0 : Math.max(0, asked - replaced)
    },
  }
}
