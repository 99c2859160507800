import { datedFields } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { localDay, parseDate, startOfDay } from './date.ts'
import { dateFields } from './field-types.ts'
import { parseArticle } from './json.ts'
import type { Warned } from './warned.ts'

/**
 * Replaces the dates of an article, which may have any form of the grammar (`parseDate`), by instants in RFC 3339, as
 * `parseArticle` needs them. `timeZone` is the zone of dates without one; it is undefined if a Kiosque of an earlier version does
 * not tell it. A day alone is noon in UTC and named in `dayOnly`, which an earlier version does not know. An embargo ends, and an
 * article expires, at the start of the day in `timeZone`. Values that are no text stay, and so does an article that is no object.
 * The warnings name times that clocks show twice or never.
 */
export function withInstants(article: unknown, timeZone: string | undefined): Result<Warned<unknown>> {
  if (typeof article !== 'object' || article === null || Array.isArray(article))
    return success({ value: article, warnings: [] })
  const given = article as Record<string, unknown>
  const instants: Record<string, string> = {}
  const days: string[] = []
  const warnings: string[] = []
  const issues: { field: string; reason: string }[] = []
  for (const field of dateFields) {
    const text = given[field]
    if (typeof text !== 'string') continue
    const date = parseDate(text, timeZone)
    if ('fault' in date) {
      issues.push({ field, reason: date.fault })
      continue
    }
    if (date.doubt !== undefined) warnings.push(`${field}: ${date.doubt}`)
    if (date.isDay) days.push(field)
    instants[field] = date.isDay ? instantOfDay(field, date.instant, timeZone) : date.instant
  }
  if (issues.length > 0) return failure({ kind: 'invalid-article', issues })
  const dated = { ...given, ...instants }
  return success({ value: timeZone === undefined ? dated : withDays(dated, days, timeZone), warnings })
}

/** Parses an article whose dates may have any form of the grammar of dates (`withInstants`). */
export function parseDated(value: unknown, timeZone: string | undefined): Result<Warned<ArticleInput>> {
  const dated = withInstants(value, timeZone)
  if (!dated.ok) return dated
  const input = parseArticle(dated.value.value)
  return input.ok ? success({ value: input.value, warnings: dated.value.warnings }) : input
}

/** The instant that a day alone means in a field; `noon` is noon in UTC of this day. */
function instantOfDay(field: string, noon: string, timeZone: string | undefined): string {
  const isEnd = field === 'embargo' || field === 'expires'
  return isEnd && timeZone !== undefined ? rfc3339(startOfDay(noon.slice(0, 10), timeZone)) : noon
}

/**
 * Names in `dayOnly` the dates that were given as a day alone, besides those that it names already and that are still noon. If
 * a change on the day of publication is not known to be later, `updated` is removed, because it says no more than `published`.
 */
function withDays(article: Record<string, unknown>, days: readonly string[], timeZone: string): object {
  const { dayOnly, ...others } = article
  if (isRepeated(others, days, timeZone)) delete others.updated
  if (dayOnly !== undefined && !Array.isArray(dayOnly)) return { ...others, dayOnly }
  const isNamed = (field: string) => dayOnly?.includes(field) && String(others[field]).endsWith('T12:00:00Z')
  const named = datedFields.filter((field) => field in others && (days.includes(field) || isNamed(field)))
  return { ...others, ...(named.length > 0 && { dayOnly: named }) }
}

/**
 * Tells whether `published` and `updated` are on the same day in the site's zone, one of them is a day alone, and `updated` is
 * not certainly later.
 */
function isRepeated(
  { published, updated }: Record<string, unknown>,
  days: readonly string[],
  timeZone: string,
): boolean {
  if (typeof published !== 'string' || typeof updated !== 'string') return false
  const isDay = { published: days.includes('published'), updated: days.includes('updated') }
  if (!isDay.updated && !(isDay.published && updated <= published)) return false
  const dayOf = (date: string, isAlone: boolean) =>
    isAlone ? date.slice(0, 10) : localDay(Date.parse(date), timeZone)
  return dayOf(published, isDay.published) === dayOf(updated, isDay.updated)
}
