/** WebSub §8.2: ten days is a good default. */
const standard = 10 * 86_400
const longest = 30 * 86_400
const shortest = 300

/** How long a subscription lasts: as asked, within bounds, since none may be perpetual (WebSub §5.3.1). */
export function grantLease(askedSeconds: number | undefined): number {
  if (!askedSeconds) return standard
  return Math.min(longest, Math.max(shortest, askedSeconds))
}
