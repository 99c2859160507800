/** Returns the next whole second after an instant, both in epoch milliseconds. */
export const nextSecond = (instant: number): number => (Math.floor(instant / 1000) + 1) * 1000

/** Writes an instant (epoch milliseconds) as RFC 3339 in UTC with whole seconds. */
export const rfc3339 = (instant: number): string => `${new Date(instant).toISOString().slice(0, 19)}Z`

/** Tells whether a value is an instant in epoch milliseconds that `Date` can hold. */
export const isInstant = (value: unknown): value is number =>
  Number.isInteger(value) && Math.abs(value as number) <= 8_640_000_000_000_000
