/** The day of an instant (epoch milliseconds) where the house is: `2024-06-19`. */
export const dayIn = (timeZone: string, instant: number): string =>
  new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' }).format(instant)
