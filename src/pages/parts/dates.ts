import { localeOf } from '../words/page.ts'

/** Writes an instant as a reader says it. */
export type DateWriter = (instant: string) => string

const day = { year: 'numeric', month: 'long', day: 'numeric' } as const

/** Writes the day only, in that language and time zone. */
export const dayWriter = (language: string, timeZone: string): DateWriter =>
  writer(language, { ...day, timeZone })

/** Writes the day and the time of day, in that language and time zone. */
export const timeWriter = (language: string, timeZone: string): DateWriter =>
  writer(language, { ...day, hour: 'numeric', minute: '2-digit', timeZone })

function writer(language: string, options: Intl.DateTimeFormatOptions): DateWriter {
  const format = new Intl.DateTimeFormat(localeOf(language), options)
  // Intl writes « 1 juin », where French says « 1er juin ».
  const first = /^fr\b/i.test(language) ? '1er ' : '1 '
  return (instant) => format.format(new Date(instant)).replace(/^1 /, first)
}
