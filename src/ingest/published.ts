import { type Article, isDateDerived } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import { localDay, startOfDay } from './date.ts'

/**
 * Returns the publication date of an article: the date in the input, otherwise a derived date. A new article's
 * derived date is the end of its embargo, or the present if it has no embargo. A stored article keeps its date,
 * except that a derived date follows the embargo, and becomes the present when an embargo is lifted before its end.
 *
 * A date of which only the day is known never hides an article on that day: if its noon is in the future, the date is the start
 * of the day in `timeZone` or, if the day has begun, the present. Such a date does not replace a stored one on the same day.
 *
 * `now` is in epoch milliseconds; `known` is the stored article that the input replaces.
 */
export function publishedOf(
  input: ArticleInput,
  known: Article | undefined,
  now: number,
  timeZone: string,
): string {
  const present = rfc3339(now)
  if (input.published !== undefined)
    return input.dayOnly?.includes('published')
      ? onDay(input.published, known, now, timeZone)
      : input.published
  if (!known) return input.embargo ?? present
  if (known.embargo !== undefined && isDateDerived(known)) return movedEmbargo(input, known.embargo, present)
  if (known.embargo === undefined || known.embargo <= present) return newEmbargo(input, known, present)
  return known.published
}

/** The date of an article of which only the day is known; `noon` is noon in UTC of this day. */
function onDay(noon: string, known: Article | undefined, now: number, timeZone: string): string {
  const day = noon.slice(0, 10)
  if (known && localDay(Date.parse(known.published), timeZone) === day) return known.published
  return Date.parse(noon) <= now ? noon : rfc3339(Math.max(startOfDay(day, timeZone), now))
}

/**
 * The date of a stored article that is under no embargo, or under one that has ended, and gets another. If the embargo ends
 * in the future, its end publishes the article, even if the article was public before. A stored date in the future was given
 * by an editor, and stays.
 */
const newEmbargo = ({ embargo = '' }: ArticleInput, { published }: Article, present: string): string =>
  embargo > present && published <= present ? embargo : published

/** The derived date of an article whose embargo may have been moved or removed; `former` is the end of the former embargo. */
function movedEmbargo({ embargo }: ArticleInput, former: string, present: string): string {
  const isLifted = former > present && (embargo === undefined || embargo <= present)
  return isLifted ? present : (embargo ?? former)
}
