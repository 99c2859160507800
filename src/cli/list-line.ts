import { type Article, appearsAt, isDateDerived, knownDate, stateAt } from '../domain/article.ts'
import { rfc3339 } from '../domain/instant.ts'

/**
 * Writes an article as one line of `npx kiosque list`: date, state, slug and title. A note follows if the article
 * appears later than `now` (epoch milliseconds), or is a draft with an embargo: it says whether the date is derived from
 * the embargo, or is earlier, so that feeds will not show the article as their newest.
 */
export function listLineOf(article: Article, now: number): string {
  const { slug, title } = article
  const state = stateAt(article, now)
  const notes = noteOf(article, state === 'scheduled', state === 'draft')
  return `${knownDate(article, 'published').padEnd(20)}  ${state.padEnd(9)}  ${slug}  ${title}${notes && `  (${notes})`}`
}

function noteOf(article: Article, isScheduled: boolean, isDraft: boolean): string {
  if (!isScheduled && !isDraft) return ''
  const { published, embargo } = article
  const isEarlier = embargo !== undefined && Date.parse(published) < Date.parse(embargo)
  const derived = isDateDerived(article) ? ['date derived from the embargo'] : []
  const earlier = isEarlier ? ['date earlier than the embargo, so feeds will not show it as new'] : []
  const out = isScheduled ? [`comes out ${rfc3339(appearsAt(article) ?? 0)}`] : []
  return [...derived, ...earlier, ...out].join('; ')
}
