import type { ArticleInput } from '../domain/input.ts'
import { rfc3339 } from '../domain/instant.ts'
import { withoutBlanks } from '../ingest/article.ts'
import type { Beside } from '../ingest/capture.ts'
import { parseDate } from '../ingest/date.ts'
import type { ImportItem } from './import.ts'
import type { Options } from './options.ts'

const statuses = ['draft', 'published', 'withdrawn'] as const

/**
 * Returns the fields that the options of `import` give to every article; they replace those of the files. `now` (epoch
 * milliseconds) is the date of `--published now`. Throws if a date or the status is wrong, before any file is read.
 */
export function fieldsGiven(options: Options, now: number): Beside & Pick<ArticleInput, 'authors'> {
  const { published, embargo, section, url, language, slug, tag, author } = options
  const status = statuses.find((one) => one === options.status)
  if (options.status !== status)
    throw new Error(`Cannot import with --status "${options.status}": must be ${statuses.join(' or ')}`)
  if (published !== 'now') checkDate('published', published)
  checkDate('embargo', embargo)
  return withoutBlanks({
    published: published === 'now' ? rfc3339(now) : published,
    ...{ embargo, section, url, language, slug, tags: tag, authors: author, status },
  })
}

/**
 * Marks the articles that have the date of `--published now`: a stored article keeps its own date, so that an import that is
 * repeated or goes on changes nothing that it has saved. `given`: the fields of `fieldsGiven`.
 */
export function keepingDates(
  found: readonly ImportItem[],
  { published: option }: Options,
  given: Beside,
): readonly ImportItem[] {
  if (option !== 'now') return found
  // The date of a planned WordPress post stays its own.
  const isNow = (one: ImportItem) =>
    'article' in one && one.article.ok && one.article.value.published === given.published
  return found.map((one) => (isNow(one) ? { ...one, keepsDate: true } : one))
}

function checkDate(name: string, given: string | undefined): void {
  const date = given === undefined ? undefined : parseDate(given, 'UTC')
  if (date && 'fault' in date) throw new Error(`Cannot import with --${name} "${given}": ${date.fault}`)
}
