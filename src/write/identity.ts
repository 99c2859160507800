// I/O: none; this file compares articles.
import type { Article } from '../domain/article.ts'
import { dayIn } from '../domain/day.ts'
import type { FromImport, KnownArticle } from '../domain/imports.ts'
import type { ArticleInput } from '../domain/input.ts'
import { foldName } from '../domain/name.ts'
import type { Site } from '../domain/site.ts'
import { slugOf } from '../domain/slug.ts'
import { articleIn, type Found } from '../domain/store.ts'
import { articleOf } from '../ingest/article.ts'
import { isMostlySame } from '../ingest/similar.ts'

/** An article of an import, and the circumstances in which it is compared with stored articles. */
interface Arrival {
  site: Site
  dayOf: DayOf
  now: number
  input: ArticleInput
  from: FromImport
}

/** Whether a stored article is the same as an article of an import. A text says why that is doubtful. */
type Verdict = 'same' | 'other' | { doubt: string }

/** By what a stored article was found: the id, the file from which it was imported, the given slug, or the title. */
export type Basis = 'id' | 'file' | 'slug' | 'title'

/**
 * Decides whether a stored article that was found by this basis is the same article (docs/decisions/035). If the dates
 * differ, only an equal text proves something, because the texts of a column resemble each other.
 */
export function judge(basis: Basis, arrival: Arrival, known: KnownArticle<Found>): Verdict {
  const { from, input } = arrival
  const stored = articleIn(known.found)
  const sameTitle = isSameTitle(input.title, stored.title)
  const day = isSameDay(arrival, stored)
  // A date that is only for a new article does not show that the stored one is another; of equal titles, it tells articles apart.
  const sameDay = from.keepsDate && basis !== 'title' && day === false ? undefined : day
  const sameText = () => hasSameText(arrival, stored)
  const isOfThisImport = known.run === from.run || from.repeats === true
  const isOfOtherFile = known.path === undefined ? isOfThisImport : known.path !== from.path
  const hasOtherId = input.id !== undefined && input.id !== stored.id
  switch (basis) {
    case 'id':
      if (!isOfThisImport || (sameTitle && sameDay === true) || (sameDay !== false && sameText()))
        return 'same'
      return { doubt: 'an article of this import has the same id, and another text' }
    case 'file':
      if (hasOtherId && !sameText()) return 'other'
      if (hasOtherId && !(sameTitle && sameDay !== false))
        return { doubt: 'it came from the same file, but has another id' }
      if (sameDay === true && sameTitle) return 'same'
      if (sameText())
        return sameDay === false && !hasEqualText(arrival, stored)
          ? { doubt: 'it came from the same file, but has another date and not quite the same text' }
          : 'same'
      if (!sameTitle || (input.slug !== undefined && input.slug !== stored.slug)) return 'other'
      return {
        doubt:
          sameDay === false
            ? 'it came from the same file, but has another date and another text'
            : 'it came from the same file, but has another text, and no date of its own',
      }
    case 'slug':
      if (sameDay === true && !isOfOtherFile) return 'same'
      if (sameDay === false ? hasEqualText(arrival, stored) : sameText()) return 'same'
      return {
        doubt: `it has the same slug, but another ${sameDay === true ? 'file' : 'date'} and another text`,
      }
    case 'title':
      if (!sameTitle) return 'other'
      if (sameDay === false) return from.keepsDate && hasEqualText(arrival, stored) ? 'same' : 'other'
      if (sameText()) return 'same'
      if (sameDay === true) {
        if (known.path !== undefined)
          return { doubt: 'it has the same title and date, but came from another file and has another text' }
        if (isOfThisImport)
          return { doubt: 'an article of this import has the same title and date, and another text' }
        const hasNoText = stored.html === '' || bodyOf(arrival) === ''
        return hasNoText ? 'same' : { doubt: 'it has the same title and date, but another text' }
      }
      return stored.slug === slugOf(input.title)
        ? { doubt: 'it has the same title, and the new one has no date' }
        : 'other'
  }
}

/** Two spellings of a title are the same title if they differ as two spellings of a name may. */
const isSameTitle = (one: string, other: string): boolean => foldName(one) === foldName(other)

/**
 * Compares two stored articles, for the order in which they are judged: first those of the same day, then those with the same
 * title, then those with the lower number in the slug.
 */
export function compareCloseness(
  arrival: Arrival,
  one: KnownArticle<Found>,
  other: KnownArticle<Found>,
): number {
  const [first, second] = [articleIn(one.found), articleIn(other.found)]
  const closeness = (stored: Article): number =>
    (isSameDay(arrival, stored) ? 2 : 0) + (isSameTitle(arrival.input.title, stored.title) ? 1 : 0)
  return (
    closeness(second) - closeness(first) ||
    first.slug.length - second.slug.length ||
    (first.slug < second.slug ? -1 : 1)
  )
}

/**
 * Returns a function that gives the calendar day of an article's publication in the site's time zone, or the day alone if only
 * that is known.
 */
export function daysIn({ timeZone }: Site): DayOf {
  const day = dayIn(timeZone)
  return ({ published, dayOnly }) =>
    dayOnly?.includes('published') ? published.slice(0, 10) : day(Date.parse(published))
}

export type DayOf = (article: Pick<Article, 'published' | 'dayOnly'>) => string

/** Whether both were published on the same day; undefined if the input has no date. */
function isSameDay({ dayOf, input }: Arrival, stored: Article): boolean | undefined {
  const { published } = input
  return published === undefined ? undefined : dayOf({ ...input, published }) === dayOf(stored)
}

/** Whether most of the text is the same. Bodies without words, such as pictures, are the same only if they are equal. */
function hasSameText(arrival: Arrival, stored: Article): boolean {
  const html = bodyOf(arrival)
  return html !== undefined && (html === stored.html || isMostlySame(html, stored.html))
}

const hasEqualText = (arrival: Arrival, stored: Article): boolean => bodyOf(arrival) === stored.html

/** The body that the input would have in the store; undefined if the input is refused. */
function bodyOf({ site, now, input }: Arrival): string | undefined {
  const made = articleOf(input, { site, now })
  return made.ok ? made.value.html : undefined
}
