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
