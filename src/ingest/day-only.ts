import { type Article, type DatedField, datedFields } from '../domain/article.ts'
import type { ArticleInput } from '../domain/input.ts'
import type { Issue } from '../domain/issue.ts'

/**
 * Returns the dates of an article of which only the day is known: those that the input names, and those that stay as they are
 * in the stored article. A date that differs from both is exact, because it is the present or the end of an embargo.
 */
export function dayOnlyOf(article: Article, input: ArticleInput, known: Article | undefined): DatedField[] {
  return datedFields.filter((field) => {
    if (article[field] === input[field]) return input.dayOnly?.includes(field)
    return article[field] === known?.[field] && known.dayOnly?.includes(field)
  })
}

/** Returns the article with these dates in `dayOnly`, or without the field if there are none; the order of the fields stays. */
export function withDayOnly(article: Article, dayOnly: DatedField[]): Article {
  if (dayOnly.length > 0) return { ...article, dayOnly }
  const { dayOnly: _, ...others } = article
  return others
}

/** The reasons why the dates that the input names in `dayOnly` cannot be days. */
export function dayIssuesOf(input: ArticleInput): Issue[] {
  const wrong = (input.dayOnly ?? []).filter((field) => !input[field]?.endsWith('T12:00:00Z'))
  return wrong.map((field) => ({ field, reason: 'must be 12:00:00Z of its day, because dayOnly names it' }))
}
