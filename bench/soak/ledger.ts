/** What was saved and when: it says how old what an answer shows is. */
export interface Ledger {
  /** Notes that the edition was saved, that is, that the save was answered at that time. */
  saved: (edition: number, time: number) => void
  /** The last edition that was saved. */
  last: () => number
  /** For how long, when it was asked for, an answer that shows this edition had been stale; milliseconds. */
  staleness: (edition: number, asked: number) => number
}

/** Editions are numbered from 1; times are milliseconds of one clock. */
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
