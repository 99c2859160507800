import { localeOf, wordsIn } from '../../domain/language.ts'

/** Writes an instant as a reader says it. */
export type DateWriter = (instant: string) => string

const numericDay = { year: 'numeric', month: 'long', day: 'numeric' } as const

/** Writes the day only, in that language and time zone. */
export const dayWriter = (language: string, timeZone: string): DateWriter =>
  writer(language, { ...numericDay, timeZone })

/** Writes the day and the time of day, in that language and time zone. */
export const timeWriter = (language: string, timeZone: string): DateWriter =>
  writer(language, { ...numericDay, hour: 'numeric', minute: '2-digit', timeZone })

function writer(language: string, options: Intl.DateTimeFormatOptions): DateWriter {
  const format = new Intl.DateTimeFormat(localeOf(language), options)
  const { day } = wordsIn(language)
  return (instant) => day(format.format(new Date(instant)))
}
