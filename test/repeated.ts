/**
 * Returns each occurrence of an item except its first occurrence in the list. If a test expects an empty
 * result, the test's failure shows the repeated items.
 */
export function repeated<T>(list: readonly T[]): T[] {
  const seen = new Set<T>()
  return list.filter((one) => seen.has(one) || !seen.add(one))
}
