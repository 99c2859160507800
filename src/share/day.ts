/** What tells the day of an instant (epoch milliseconds) in a time zone: `2024-06-19`. To make it takes far longer than to use it. */
export function dayIn(timeZone: string): (instant: number) => string {
  const formatter = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  return (instant) => formatter.format(instant)
}
