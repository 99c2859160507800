/**
 * Makes a function that returns the day (`2024-06-19`) of an instant (epoch milliseconds) in a time zone.
 * Making the function takes far longer than calling it, so callers should make it once and reuse it.
 */
export function dayIn(timeZone: string): (instant: number) => string {
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  return (instant) => formatter.format(instant)
}
