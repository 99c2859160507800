/**
 * The items that occur in a list before: every occurrence but the first. A test that expects an empty result
 * then shows the repeated item.
 */
export function repeated<T>(list: readonly T[]): T[] {
  const seen = new Set<T>()
  return list.filter((one) => seen.has(one) || !seen.add(one))
}
