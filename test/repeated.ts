/** What a list holds more than once, each time but the first: a test that wants nothing of it names the culprit. */
export function repeated<T>(list: readonly T[]): T[] {
  const seen = new Set<T>()
  return list.filter((one) => seen.has(one) || !seen.add(one))
}
