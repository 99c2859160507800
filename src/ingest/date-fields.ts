import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import { failure, type Result, success } from '../domain/problem.ts'
import { parseDate, startOfDay } from './date.ts'
import { dateFields } from './field-types.ts'
import { parseArticle } from './json.ts'
import type { Warned } from './warned.ts'

/**
 * Replaces the dates of an article, which may have any form of the grammar (`parseDate`), by instants in RFC 3339, as
 * `parseArticle` needs them. `timeZone` is the zone of dates without one. A day alone stands for noon in UTC; an embargo ends,
 * and an article expires, at the start of the day in `timeZone`. Values that are no text stay, and so does an article that is
 * no object. The warnings name times that clocks show twice or never.
 */
export function withInstants(article: unknown, timeZone: string | undefined): Result<Warned<unknown>> {
  if (typeof article !== 'object' || article === null || Array.isArray(article))
    return success({ value: article, warnings: [] })
  const given = article as Record<string, unknown>
  const instants: Record<string, string> = {}
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
    instants[field] = date.isDay ? dayOf(field, date.instant, timeZone) : date.instant
  }
  return issues.length > 0
    ? failure({ kind: 'invalid-article', issues })
    : success({ value: { ...given, ...instants }, warnings })
}

/** Parses an article whose dates may have any form of the grammar of dates (`withInstants`). */
export function parseDated(value: unknown, timeZone: string | undefined): Result<Warned<ArticleInput>> {
  const dated = withInstants(value, timeZone)
  if (!dated.ok) return dated
  const input = parseArticle(dated.value.value)
  return input.ok ? success({ value: input.value, warnings: dated.value.warnings }) : input
}

function dayOf(field: string, noon: string, timeZone: string | undefined): string {
  const isEnd = field === 'embargo' || field === 'expires'
  return isEnd && timeZone !== undefined ? rfc3339(startOfDay(noon.slice(0, 10), timeZone)) : noon
}
