import type { Census, Mode } from '../../domain/subscription.ts'

/** Limits of the hub, so that nobody can fill its store or make it flood another host with requests. */
export const caps = {
  subscriptions: 50_000,
  pending: 1000,
  ofHost: 10_000,
  pendingOfHost: 100,
  ofCallback: 200,
} as const satisfies Omit<Census, 'renewed'>

/**
 * The limit that a further request would exceed. Renewals and unsubscriptions count only against the limits on
 * pending requests.
 */
export function exceeded(census: Census, mode: Mode): keyof typeof caps | undefined {
  const held: readonly (keyof typeof caps)[] =
    mode === 'subscribe' && !census.renewed
      ? ['pending', 'pendingOfHost', 'subscriptions', 'ofHost', 'ofCallback']
      : ['pending', 'pendingOfHost']
  return held.find((name) => census[name] >= caps[name])
}

/** The default lease is ten days, as WebSub §8.2 suggests. */
export const defaultLeaseSeconds = 10 * 86_400
export const maxLeaseSeconds = 30 * 86_400
export const minLeaseSeconds = 300

/**
 * The duration of a subscription: as requested, within bounds, because no subscription may be perpetual (WebSub
 * §5.3.1).
 */
export function grantLease(askedSeconds: number | undefined): number {
  if (!askedSeconds) return defaultLeaseSeconds
  return Math.min(maxLeaseSeconds, Math.max(minLeaseSeconds, askedSeconds))
}

export const minRetryMilliseconds = 60_000
export const maxRetryMilliseconds = 12 * 60 * minRetryMilliseconds

/**
 * Milliseconds to wait after that many failures in a row: doubled each time, up to twelve hours. `random` (0 to
 * 1) shortens the pause by up to a quarter, so that deliveries that failed together are not retried together.
 */
export function pauseAfter(failures: number, random: number): number {
  const whole = Math.min(maxRetryMilliseconds, minRetryMilliseconds * 2 ** (failures - 1))
  return Math.round(whole * (1 - random / 4))
}
