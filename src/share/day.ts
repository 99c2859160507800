/**
 * Makes a function that gives the day of an instant (epoch milliseconds) in a time zone, such as `2024-06-19`. It is
 * kept by whoever counts, because a formatter takes far longer to make than to use.
 */
export function dayIn(timeZone: string): (instant: number) => string {
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  return (instant) => formatter.format(instant)
}
