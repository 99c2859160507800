/** One formatter for each time zone, of which a site has one: to make it takes far longer than to use it. */
const formatters = new Map<string, Intl.DateTimeFormat>()

function formatterOf(timeZone: string): Intl.DateTimeFormat {
  const known = formatters.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  formatters.set(timeZone, made)
  return made
}

/** The day of an instant (epoch milliseconds) where the site is: `2024-06-19`. */
export const dayIn = (timeZone: string, instant: number): string => formatterOf(timeZone).format(instant)
