import { type Census, type Mode, slowMilliseconds } from '../../domain/subscription.ts'

/**
 * The limits of the hub on numbers of subscriptions and pending requests. They prevent anyone from filling the
 * hub's store, and from using the hub to flood another host with requests.
 */
export const caps = {
  subscriptions: 50_000,
  pending: 1000,
  ofHost: 10_000,
  pendingOfHost: 100,
  pendingOfClient: 50,
  ofCallback: 200,
} as const satisfies Omit<Census, 'renewed' | 'waiting'>

/**
 * The name of the limit that one more request would exceed; undefined if it would exceed none. For renewals and
 * unsubscriptions only the limits on pending requests count. These limits do not count for a request that takes the
 * place of one that waits.
 */
export function exceeded(census: Census, mode: Mode): keyof typeof caps | undefined {
  const pending = census.waiting ? [] : (['pendingOfClient', 'pending', 'pendingOfHost'] as const)
  const lasting =
    mode === 'subscribe' && !census.renewed ? (['subscriptions', 'ofHost', 'ofCallback'] as const) : []
  return [...pending, ...lasting].find((name) => census[name] >= caps[name])
}

/**
 * Whether a callback answered its last delivery successfully and in time. `took` is undefined if there was none. Only
 * deliveries to prompt callbacks share a queue, because anybody can subscribe a new callback that never answers.
 */
export const isPrompt = ({ attempts, took }: { attempts: number; took?: number }): boolean =>
  attempts === 0 && took !== undefined && took <= slowMilliseconds

/** The default duration of a subscription is ten days, as WebSub §8.2 suggests. */
export const defaultLeaseSeconds = 10 * 86_400
export const maxLeaseSeconds = 30 * 86_400
export const minLeaseSeconds = 300

/**
 * Returns the duration that the hub grants to a subscription: the requested duration, but at least
 * `minLeaseSeconds` and at most `maxLeaseSeconds`. There is a maximum because no subscription may be
 * perpetual (WebSub §5.3.1).
 */
export function grantLease(askedSeconds: number | undefined): number {
  if (!askedSeconds) return defaultLeaseSeconds
  return Math.min(maxLeaseSeconds, Math.max(minLeaseSeconds, askedSeconds))
}

export const minRetryMilliseconds = 60_000
export const maxRetryMilliseconds = 12 * 60 * minRetryMilliseconds

/**
 * Milliseconds to wait after `failures` failed deliveries in a row. The pause is doubled after each failure, up
 * to twelve hours. `random` (0 to 1) shortens it by up to a quarter, so that deliveries that failed at the same
 * time are not retried at the same time.
 */
export function pauseAfter(failures: number, random: number): number {
  const whole = Math.min(maxRetryMilliseconds, minRetryMilliseconds * 2 ** (failures - 1))
  return Math.round(whole * (1 - random / 4))
}
