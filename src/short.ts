import { type Article, isPublicAt } from './domain/article.ts'
import type { Clock, Named, ShortLinks } from './domain/ports.ts'
import { failure, type Result, success } from './domain/problem.ts'

/**
 * The article that a short link names and anybody may see now: more than one only where two ids have the same
 * code. What was public once is gone; every other cannot be found.
 */
export async function readShort(
  { shorts, clock }: { shorts: ShortLinks; clock: Clock },
  code: string,
): Promise<Result<[Article, ...Article[]]>> {
  const named = await shorts.find(code)
  const now = clock()
  const [first, ...rest] = named.map(({ article }) => article).filter((article) => isPublicAt(article, now))
  if (first) return success([first, ...rest])
  const isGone = named.some((one) => wasPublic(one, now))
  return failure(isGone ? { kind: 'gone', what: 'The article' } : { kind: 'not-found', what: 'the article' })
}

const wasPublic = ({ article, wasShown }: Named, now: number): boolean =>
  wasShown && (article.status === 'withdrawn' || Date.parse(article.expires ?? '') <= now)
