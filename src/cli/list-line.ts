import { type Article, appearsAt, isDateDerived, stateAt } from '../domain/article.ts'
import { rfc3339 } from '../domain/instant.ts'

/**
 * Writes an article as one line of `npx kiosque list`: date, state, slug and title. A note follows if the article
 * appears later than `now` (epoch milliseconds), or is a draft whose date is derived from its embargo.
 */
export function listLineOf(article: Article, now: number): string {
  const { slug, published, title } = article
  const state = stateAt(article, now)
  const notes = noteOf(article, state === 'scheduled', state === 'draft')
  return `${published}  ${state.padEnd(9)}  ${slug}  ${title}${notes && `  (${notes})`}`
}

function noteOf(article: Article, isScheduled: boolean, isDraft: boolean): string {
  const derived = (isScheduled || isDraft) && isDateDerived(article) ? ['date derived from the embargo'] : []
  const out = isScheduled ? [`comes out ${rfc3339(appearsAt(article) ?? 0)}`] : []
  return [...derived, ...out].join('; ')
}
