// I/O: none; only decides.

/** The number of endpoints without an accepted message after which a fault is taken for one of the whole push service, or our own. */
const minFreshEndpoints = 3
/** The same if their last messages failed too, which says less of the service. */
const minFailingEndpoints = 10

/** A message that failed in a way that may be a fault of the whole push service (`service`), or our own (`channel`). */
export interface Failed {
  stops: 'service' | 'channel'
  failure: string
  /** Whether the last message to this endpoint failed too. */
  isFailing: boolean
  /** Whether it certainly is our own fault. */
  isCertain: boolean
  /** Milliseconds for which the push service has asked to wait; 0 if it has not. */
  wait: number
}

/** What one job has heard of a push service: whether it accepted a message, and what failed, by the number of the subscriber. */
export interface Heard {
  hasAccepted: boolean
  failed: Map<number, Failed>
}

/**
 * Decides whether a job stops sending to a push service, and why. One endpoint says nothing of the others: several must have failed, and
 * the service must have accepted nothing in the job. Returns what was heard last, with the longest time to wait.
 */
export function stopAfter({ hasAccepted, failed }: Heard): Omit<Failed, 'isFailing'> | undefined {
  for (const stops of ['channel', 'service'] as const) {
    const all = [...failed.values()].filter((one) => one.stops === stops)
    const isCertain = all.some((one) => one.isCertain)
    const fresh = all.filter(({ isFailing }) => !isFailing)
    const isLikely = !hasAccepted && (fresh.length >= minFreshEndpoints || all.length >= minFailingEndpoints)
    const last = all.at(-1)
    if (last && (isCertain || isLikely))
      return { stops, failure: last.failure, isCertain, wait: Math.max(...all.map(({ wait }) => wait)) }
  }
  return undefined
}
