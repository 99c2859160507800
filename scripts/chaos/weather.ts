/** The probabilities with which the calls of a Worker to its database fail. */
export interface Weather {
  /** A call that only reads fails before it runs. */
  refuseReads: number
  /** A call that writes fails before it runs. */
  refuseWrites: number
  /** A call that writes runs, and its answer is lost. */
  loseWrites: number
  /** A call waits for up to a fifth of a second before it runs. */
  delay: number
  /** The processes are killed directly after a call has written. */
  kill: number
}

/** No call fails. */
export const calm: Weather = { refuseReads: 0, refuseWrites: 0, loseWrites: 0, delay: 0, kill: 0 }

/** The kinds of weather of the run: usually a few calls fail, sometimes all calls or all writes. */
export const weathers = {
  calm: { ...calm, delay: 0.1, kill: 0.003 },
  unsteady: { refuseReads: 0.02, refuseWrites: 0.1, loseWrites: 0.15, delay: 0.2, kill: 0.015 },
  'read only': { ...calm, refuseWrites: 1, delay: 0.1 },
  down: { ...calm, refuseReads: 1, refuseWrites: 1 },
} as const satisfies Record<string, Weather>

/** What the run tells a Worker: how its database fails, and how far its clock is ahead of the machine's clock. */
export interface Orders {
  weather: Weather
  aheadMilliseconds: number
  seed: number
}

/** The headers that tell the run what happened in the Worker. */
export const chaosHeaders = {
  /** The kinds of calls that have failed or were slow shortly before the answer: `reads`, `writes`. */
  trouble: 'Chaos-Trouble',
  /** The number of calls that have failed in the isolate since its last answer. */
  failed: 'Chaos-Failed',
} as const
