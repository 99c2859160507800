import { localeOf, wordsIn } from '../../domain/language.ts'
import type { Words } from '../../domain/words.ts'

/** A function that formats an instant for readers. */
export type DateWriter = (instant: string) => string

const day = { year: 'numeric', month: 'long', day: 'numeric' } as const

/** Makes a function that formats the day only, in the given language and time zone. */
export const dayWriter = (language: string, timeZone: string): DateWriter =>
  writer(language, { ...day, timeZone }, wordsIn(language).day)

/** Makes a function that formats the day and the time of day, in the given language and time zone. */
export const timeWriter = (language: string, timeZone: string): DateWriter =>
  writer(language, { ...day, hour: 'numeric', minute: '2-digit', timeZone }, wordsIn(language).time)

function writer(language: string, options: Intl.DateTimeFormatOptions, worded: Words['day']): DateWriter {
  const format = new Intl.DateTimeFormat(localeOf(language), options)
  return (instant) => worded(format.format(new Date(instant)))
}
