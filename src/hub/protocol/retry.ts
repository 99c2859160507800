const minute = 60_000
const longest = 12 * 60 * minute

/**
 * How long to wait after so many failures in a row, in milliseconds: twice as long each time, up to half a day.
 * `random` (0 to 1) takes up to a quarter away, so that what failed together does not come back together.
 */
export function pauseAfter(failures: number, random: number): number {
  const whole = Math.min(longest, minute * 2 ** Math.min(failures - 1, 20))
  return Math.round(whole * (1 - random / 4))
}
