/** The largest number of cache tags that Cloudflare accepts in one purge call. */
export const maxTags = 100

/**
 * Seconds after the first purge call until the copies are marked stale a second time. After these seconds, every
 * rendering that began before the commit has reached the edge, and no isolate uses a head that it read before the
 * commit.
 */
export const againSeconds = 10

/**
 * Milliseconds between two purge calls for waiting purges, whichever isolates make them: three of the five calls
 * a minute that the platform allows, so that the calls that isolates make at once after saves can use the other
 * two. Purges that are urgent use all five.
 */
export const pauseMilliseconds = 20_000
export const urgentPauseMilliseconds = 12_000

/**
 * Two names that may be among the paths of a purge: every copy at the edge, and every copy of an archive. No selection
 * and no archive has such a path.
 */
export const everyCopy = 'everything'
export const everyArchive = 'archives'

/**
 * What a save leaves to do for the copies at the edge: the paths of the selections and archives whose copies
 * must be marked stale.
 */
export interface Purge {
  /** The revision of the save. */
  revision: number
  /** The paths; 'all' if every copy at the edge must be marked stale. */
  paths: readonly string[] | 'all'
  /** Whether the save hides content from readers, so that the purge must not wait for other saves. */
  urgent: boolean
}

/** A purge that a caller has taken up. */
export interface HeldPurge extends Purge {
  /** How often the purge was taken up. Only the caller that took it up last may store the result. */
  attempts: number
  /** Whether the edge has already accepted the first of the two calls. */
  accepted: boolean
}

/** The effects of saves that are not yet done. The batch of a save stores the effects of the save. */
export interface EffectStore {
  /**
   * Takes up the purges that wait, for a limited time. Purges that are too many for one call become one purge of
   * all copies. If the pause since the last call for waiting purges is not yet over, the method takes up none,
   * and returns in `waitMilliseconds` how long the pause still lasts.
   */
  takePurges(): Promise<{ purges: HeldPurge[]; waitMilliseconds?: number }>
  /**
   * Stores that the edge has accepted a call for these purges. Purges for which it was the second call are
   * deleted; the others wait for their second call.
   */
  accept(purges: readonly HeldPurge[]): Promise<void>
  /** Stores that the edge has refused a call for these purges, which therefore wait for another call. */
  refuse(purges: readonly HeldPurge[]): Promise<void>
  /**
   * Deletes all effects of a kind that nobody waits for: `purge` if there is no edge cache, `websub` and `websub-comments`, which
   * notify subscribers, if there is no hub, and `notify`, which tells people, if no channel is on.
   */
  drop(kind: 'purge' | 'websub' | 'websub-comments' | 'notify'): Promise<void>
}
