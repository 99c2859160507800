/** A source of pseudo-random choices. Two sources with the same seed make the same choices. */
export interface Random {
  /** A number from 0 to below 1. */
  next: () => number
  /** Is true with the given probability. */
  chance: (probability: number) => boolean
  /** A whole number from `low` to `high`, both included. */
  between: (low: number, high: number) => number
  pick: <T>(list: readonly T[]) => T
}

/** Makes a source of pseudo-random choices (the generator mulberry32). */
export function randomOf(seed: number): Random {
  let state = seed | 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296
  }
  const between = (low: number, high: number) => low + Math.floor(next() * (high - low + 1))
  return {
    next,
    chance: (probability) => next() < probability,
    between,
    pick: <T>(list: readonly T[]) => list[between(0, list.length - 1)] as T,
  }
}
