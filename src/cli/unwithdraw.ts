import { type Article, stateAt } from '../domain/article.ts'
import type { Reply, Target } from './target.ts'

/**
 * Publishes withdrawn articles again, at the addresses that they had. `now` is in epoch milliseconds. An article that is
 * scheduled or has expired gets a warning, because readers do not see it.
 */
export async function unwithdrawAll(
  slugs: readonly string[],
  target: Pick<Target, 'find' | 'save'>,
  now: number,
): Promise<Reply[]> {
  const replies: Reply[] = []
  for (const slug of slugs) {
    const article = await target.find(slug)
    replies.push(article ? await unwithdraw(article, target, now) : missing(slug))
  }
  return replies
}

async function unwithdraw(article: Article, target: Pick<Target, 'save'>, now: number): Promise<Reply> {
  const { slug, status } = article
  if (status !== 'withdrawn')
    return { ok: false, reason: `Cannot restore article "${slug}": it is not withdrawn` }
  // Without `updated`, the article is dated as changed now: readers see it again as of now.
  const { updated: _, keys: __, ...input } = { ...article, status: 'published' as const }
  const [reply] = await target.save([input])
  if (!reply?.ok) return reply ?? missing(slug)
  const state = stateAt({ ...article, status: 'published' }, now)
  const warnings = state === 'published' ? [] : [`readers do not see it: it is ${state}`]
  return { ...reply, kind: 'restored', ...(warnings.length > 0 && { warnings }) }
}

const missing = (slug: string): Reply => ({
  ok: false,
  reason: `Cannot restore article "${slug}": there is no such article; one that was never public is deleted when it is withdrawn`,
})
