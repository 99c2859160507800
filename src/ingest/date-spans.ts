import { monthNumbers, weekdayNumbers } from './date-words.ts'

const alternatives = (words: Iterable<string>): string =>
  [...words].toSorted((one, other) => other.length - one.length).join('|')

/** The name of a month in a line as `bare` writes it, as a part of a regular expression. */
export const monthPattern = `(?:${alternatives(monthNumbers.keys())})(?!\\p{L})\\.?`
/** The name of a day of the week in such a line. */
export const weekdayPattern = `(?:${alternatives(weekdayNumbers.keys())})`

const until = 'to|through|au|a|al|bis|hasta|until|till'
/** What stands between the days of a span: `11 et 12 avril 2024`, `du 11 au 12 avril 2024`, `11 avril - 3 mai 2024`. */
const between = `(?:et|and|und|y|e|${until})`
const article = '(?:(?:the|le|el|il|dem|zum|al)\\s)?'
const day = '\\d{1,2}(?:er|st|nd|rd|th|\\.?[ºª°]|\\.)?'
const notBefore = '(?:^|[^\\p{L}\\d:.])'
const lead = `(?:du|le|les|am|vom|den|from|del|el|los|dal|de|on|${weekdayPattern})`

/**
 * The first day of a span, at the end of the text before a date. Two numbers with a dash are a span only at the beginning of the line
 * or behind a word such as `du`, because a time or a number may end there: `18 h 30 - 11 avril 2024`.
 */
const spanBefore = new RegExp(
  [
    `${notBefore}(?:${monthPattern}\\s${day}|${day}\\s(?:de\\s)?${monthPattern}),?\\s{0,2}(?:${between}\\s|[–—-])\\s?${article}$`,
    `${notBefore}\\d{1,2}(?:/(?:0?[1-9]|1[0-2])|\\.(?:0?[1-9]|1[0-2])\\.)\\s?(?:[–—-]|${between}\\s)\\s?${article}$`,
    `${notBefore}${day}\\s${between}\\s${article}$`,
    `(?:^|(?:^|\\s)${lead}\\s)${day}\\s?[–—-]\\s?$`,
  ].join('|'),
  'u',
)
const untilBefore = new RegExp(`^\\s(?:${until})\\s${article}$`, 'u')

/** Returns the length of the first day of a span at the end of the text before a date, as `bare` writes it; 0 if there is none. */
export const lengthOfSpan = (before: string): number => spanBefore.exec(before)?.[0].trimStart().length ?? 0

/** Tells whether the text between two dates says that they are the ends of a span: `du 11/04/2024 au 12/04/2024`. */
export const joinsSpan = (text: string): boolean => untilBefore.test(text)
