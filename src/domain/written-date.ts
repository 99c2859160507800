import { localeOf, wordsIn } from './language.ts'
import type { Words } from './words.ts'

/** A function that formats an instant, or a day alone (`2024-06-19`), for readers. */
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
  return (date) => (isDay(date) ? writtenDay(language, date) : worded(format.format(new Date(date))))
}

const isDay = (date: string): boolean => !date.includes('T')

/** Formats a day alone. `Date` reads it as midnight in UTC. */
function writtenDay(language: string, date: string): string {
  const format = new Intl.DateTimeFormat(localeOf(language), { ...day, timeZone: 'UTC' })
  return wordsIn(language).day(format.format(new Date(date)))
}

/** Returns a written day that stays on one line. */
export const unbroken = (day: string): string => day.replaceAll(' ', '\u00a0')
