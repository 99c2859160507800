/**
 * Records when each edition (version of an article) was saved. From the edition that an answer shows, a poller
 * can then compute how outdated the answer is.
 */
export interface Ledger {
  /** Records the time at which the save of an edition was answered. */
  saved: (edition: number, time: number) => void
  /** The number of the edition that was saved last. */
  last: () => number
  /**
   * Returns how many milliseconds before the request the shown edition was replaced by a newer one; 0 if it was
   * still the newest.
   */
  staleness: (edition: number, asked: number) => number
}

/**
 * Creates an empty ledger of editions (versions of the article that the soak test saves again and again).
 * Editions are numbered from 1; all times are milliseconds of the same clock.
 */
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
