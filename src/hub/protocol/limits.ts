import type { Census, Mode } from '../../domain/subscription.ts'

/** What the hub takes on at most: so that nobody can fill the store, or have the hub flood somebody else. */
export const caps = {
  subscriptions: 50_000,
  pending: 1000,
  ofHost: 10_000,
  pendingOfHost: 100,
  ofCallback: 200,
} as const satisfies Omit<Census, 'renewed'>

/** The cap that a further request would exceed; renewing and leaving are only held against what is pending. */
export function exceeded(census: Census, mode: Mode): keyof typeof caps | undefined {
  const held: readonly (keyof typeof caps)[] =
    mode === 'subscribe' && !census.renewed
      ? ['pending', 'pendingOfHost', 'subscriptions', 'ofHost', 'ofCallback']
      : ['pending', 'pendingOfHost']
  return held.find((name) => census[name] >= caps[name])
}

/** WebSub §8.2: ten days is a good default. */
export const defaultLeaseSeconds = 10 * 86_400
export const maxLeaseSeconds = 30 * 86_400
export const minLeaseSeconds = 300

/** How long a subscription lasts: as asked, within bounds, since none may be perpetual (WebSub §5.3.1). */
export function grantLease(askedSeconds: number | undefined): number {
  if (!askedSeconds) return defaultLeaseSeconds
  return Math.min(maxLeaseSeconds, Math.max(minLeaseSeconds, askedSeconds))
}

export const minRetryMilliseconds = 60_000
export const maxRetryMilliseconds = 12 * 60 * minRetryMilliseconds

/**
 * How long to wait after so many failures in a row, in milliseconds: twice as long each time, up to half a day.
 * `random` (0 to 1) takes up to a quarter away, so that what failed together does not come back together.
 */
export function pauseAfter(failures: number, random: number): number {
  const whole = Math.min(maxRetryMilliseconds, minRetryMilliseconds * 2 ** (failures - 1))
  return Math.round(whole * (1 - random / 4))
}
