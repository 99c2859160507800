/** The median of several figures, with the smallest and the largest. */
export interface Spread {
  median: number
  least: number
  most: number
}

/** The median, the smallest and the largest of the figures; NaN if there are none. */
export function spreadOf(figures: readonly number[]): Spread {
  const sorted = [...figures].sort((one, other) => one - other)
  return {
    median: quantile(sorted, 0.5),
    least: sorted[0] ?? Number.NaN,
    most: sorted.at(-1) ?? Number.NaN,
  }
}

/** The quantile of the figures: the value below which the given fraction of the figures lies. */
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
