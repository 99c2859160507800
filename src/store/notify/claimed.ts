/** Milliseconds for which a job has claimed notifications: longer than it needs for all of them. */
export const claimMilliseconds = 600_000

/** SQL for whether a job has claimed a notification at an instant. */
export const isClaimed = (now: string): string =>
  `claimed BETWEEN ${now} + 1 AND ${now} + ${claimMilliseconds}`
