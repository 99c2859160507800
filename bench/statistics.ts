/** The middle of several figures, and how far they spread. */
export interface Spread {
  median: number
  least: number
  most: number
}

/** The figures' median with the least and the most of them; NaN where there is none. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((one, other) => one - other)
  return {
    median: quantile(sorted, 0.5),
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  }
}

/** The figure below which that share of the figures lies. */
export const quantileOf = (figures: readonly number[], share: number): number =>
  quantile(
    [...figures].sort((one, other) => one - other),
    share,
  )

function quantile(sorted: readonly number[], share: number): number {
  const place = (sorted.length - 1) * share
  const [below = Number.NaN, above = below] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]]
  return below + (above - below) * (place - Math.floor(place))
}
